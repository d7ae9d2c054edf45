import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'load-balancing'
const planted = plantedFor(property)

const services = resourcesOf('AWS::ECS::Service')
const balanced = services.filter(({resource}) => resource.properties.LoadBalancers !== undefined)

export const loadBalancingMutations: readonly Mutation[] = [
  ...some(
    balanced.flatMap(place => [
      planted(place, 'balances to another port', ({LoadBalancers: [balancer]}) => {
        balancer.ContainerPort = 8081
      }),
      planted(place, 'balances to another container', ({LoadBalancers: [balancer]}) => {
        balancer.ContainerName = 'seed'
      }),
      planted(place, 'has no grace period', properties => {
        delete properties.HealthCheckGracePeriodSeconds
      }),
    ]),
    6,
  ),
  ...services
    .filter(place => !balanced.includes(place))
    .map(place =>
      planted(place, 'has a grace period without load balancer', properties => {
        properties.HealthCheckGracePeriodSeconds = 60
      }),
    ),
  ...(['MainHttpListener', 'AuthListener', 'GradioListener', 'KeycloakHttpListener'] as const).map(
    listener => ({
      ...planted(placeAt('compute', listener), 'listens on another port', properties => {
        properties.Port = 8081
      }),
      at: listener.startsWith('Keycloak') ? 'compute.KeycloakAlb' : 'compute.MainAlb',
    }),
  ),
  {
    name: 'no listener forwards to the auth server',
    property,
    at: 'services.AuthServerService',
    plant({compute}) {
      compute.Resources.AuthListener.Properties.DefaultActions = [
        {Type: 'fixed-response', FixedResponseConfig: {StatusCode: '404'}},
      ]
    },
  },
  {
    name: 'a target group has another port than its container',
    property,
    at: 'services.KeycloakService',
    plant({compute}) {
      compute.Resources.KeycloakTargetGroup.Properties.Port = 80
    },
  },
]
