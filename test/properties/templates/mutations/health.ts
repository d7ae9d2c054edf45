import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const inContainer = plantedFor('container-health')
const inTargetGroup = plantedFor('target-health')
const registry = placeAt('services', 'RegistryTaskDefinition')

/** The last container is the one that lasts. */
const lasting = ({ContainerDefinitions: containers}: Document) => containers.at(-1)

export const containerHealthMutations: readonly Mutation[] = [
  ...resourcesOf('AWS::ECS::TaskDefinition').flatMap(place => [
    ...['Command', 'Interval', 'Timeout', 'Retries', 'StartPeriod'].map(field =>
      inContainer(place, `has a health check without ${field}`, properties => {
        delete lasting(properties).HealthCheck[field]
      }),
    ),
    inContainer(place, 'has no health check', properties => {
      delete lasting(properties).HealthCheck
    }),
    inContainer(place, 'is healthy whatever happens', properties => {
      lasting(properties).HealthCheck.Command = ['CMD-SHELL', 'exit 0']
    }),
    inContainer(place, 'counts failures from the beginning', properties => {
      lasting(properties).HealthCheck.StartPeriod = 0
    }),
  ]),
  inContainer(registry, 'is checked without automatic scaling only', properties => {
    const container = lasting(properties)
    container.HealthCheck = {'Fn::If': ['ScalesAutomatically', {Ref: 'AWS::NoValue'}, container.HealthCheck]}
  }),
  inContainer(registry, 'is asked on the port of the auth server', properties => {
    lasting(properties).HealthCheck.Command = ['CMD-SHELL', 'curl -f http://localhost:8888/health || exit 1']
  }),
  inContainer(registry, 'is asked by a command without a kind', properties => {
    lasting(properties).HealthCheck.Command = ['curl', '-f', 'http://localhost:7860/health']
  }),
  inContainer(registry, 'has a first container that nothing waits for', properties => {
    delete lasting(properties).DependsOn
  }),
  inContainer(registry, 'has a first container that lasts', ({ContainerDefinitions: [first]}) => {
    first.Essential = true
  }),
]

export const targetHealthMutations: readonly Mutation[] = [
  ...resourcesOf('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(place => [
    ...[
      'HealthCheckPath',
      'HealthCheckProtocol',
      'HealthCheckPort',
      'HealthyThresholdCount',
      'UnhealthyThresholdCount',
      'HealthCheckIntervalSeconds',
      'HealthCheckTimeoutSeconds',
      'Matcher',
    ].map(field =>
      inTargetGroup(place, `has no ${field}`, properties => {
        delete properties[field]
      }),
    ),
    inTargetGroup(place, 'is asked over TCP', properties => {
      properties.HealthCheckProtocol = 'TCP'
    }),
    inTargetGroup(place, 'is unhealthy after two failures', properties => {
      properties.UnhealthyThresholdCount = 2
    }),
    inTargetGroup(place, 'is asked every half minute', properties => {
      properties.HealthCheckIntervalSeconds = 30
    }),
    inTargetGroup(place, 'takes every answer', properties => {
      properties.Matcher.HttpCode = '200-499'
    }),
  ]),
  inTargetGroup(placeAt('compute', 'RegistryTargetGroup'), 'asks another path with a domain', properties => {
    properties.HealthCheckPath = {'Fn::If': ['HasDomain', '/healthz', '/health']}
  }),
  inTargetGroup(placeAt('compute', 'KeycloakTargetGroup'), 'is not checked', properties => {
    properties.HealthCheckEnabled = false
  }),
]
