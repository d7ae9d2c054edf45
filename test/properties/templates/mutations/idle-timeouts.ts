import type {Document} from '../template-set.js'
import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('idle-timeouts')

const origin = ({
  DistributionConfig: {
    Origins: [first],
  },
}: Document): Document => first.CustomOriginConfig

export const idleTimeoutMutations: readonly Mutation[] = [
  ...['AuthServerTaskDefinition', 'RegistryTaskDefinition'].flatMap(name => [
    planted(placeAt('services', name), 'closes connections before the load balancer does', properties => {
      const {Environment: variables} = properties.ContainerDefinitions.at(-1)
      variables.find(({Name}: Document) => Name === 'UVICORN_TIMEOUT_KEEP_ALIVE').Value = '65'
    }),
    {
      ...planted(placeAt('services', name), 'closes connections when uvicorn likes', properties => {
        const container = properties.ContainerDefinitions.at(-1)
        container.Environment = container.Environment.filter(
          ({Name}: Document) => Name !== 'UVICORN_TIMEOUT_KEEP_ALIVE',
        )
      }),
      at: 'servers behind it',
    },
  ]),
  ...['MainDistribution', 'KeycloakDistribution'].flatMap(name => [
    planted(placeAt('compute', name), 'keeps connections that its load balancer has closed', properties => {
      origin(properties).OriginKeepaliveTimeout = 120
    }),
  ]),
  planted(placeAt('compute', 'KeycloakDistribution'), 'waits longer than its load balancer', properties => {
    origin(properties).OriginReadTimeout = 120
  }),
  planted(placeAt('compute', 'MainDistribution'), 'cuts a tool off that thinks for a minute', properties => {
    origin(properties).OriginReadTimeout = 60
  }),
  {
    ...planted(placeAt('compute', 'MainAlb'), 'cuts a tool off that thinks for a minute', properties => {
      properties.LoadBalancerAttributes = properties.LoadBalancerAttributes.filter(
        ({Key: key}: Document) => !key.startsWith('idle_timeout'),
      )
    }),
    at: 'compute.MainDistribution',
  },
  ...(
    [
      ['closes connections early', 'keepalive_timeout 130s', 'keepalive_timeout 75s'],
      ['gives an answer up early', 'proxy_read_timeout 120s', 'proxy_read_timeout 60s'],
    ] as const
  ).map(([what, is, becomes]) => ({
    ...planted(
      placeAt('compute', 'ContainerBuildProject'),
      `makes an nginx that ${what}`,
      ({Source: source}) => {
        source.BuildSpec = JSON.parse(JSON.stringify(source.BuildSpec).replaceAll(is, becomes))
      },
    ),
    at: 'nginx in the image build',
  })),
]
