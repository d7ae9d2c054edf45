// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const scaling = plantedFor('scaling')
const alarm = plantedFor('alarms')
const importOf = (name: string) => ({'Fn::ImportValue': {'Fn::Sub': `\${EnvironmentName}-${name}`}})

export const scalingMutations: readonly Mutation[] = [
  ...some(
    resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget').flatMap(place => [
      scaling(place, 'names its service in text', properties => {
        properties.ResourceId = {
          'Fn::Sub': 'service/${EnvironmentName}-ecs-cluster/${EnvironmentName}-registry',
        }
      }),
      scaling(place, 'names the other cluster', ({ResourceId: {'Fn::Sub': parts}}) => {
        parts[1].Cluster = importOf('KeycloakEcsClusterName')
      }),
      scaling(place, 'allows fewer tasks than it demands', properties => {
        properties.MinCapacity = 5
        properties.MaxCapacity = 4
      }),
      scaling(place, 'is made without scaling as well', () => undefined),
    ]),
    14,
  ),
  ...some(
    resourcesOf('AWS::ApplicationAutoScaling::ScalingPolicy').flatMap(place => [
      scaling(place, 'aims at 700 percent', ({TargetTrackingScalingPolicyConfiguration: tracking}) => {
        tracking.TargetValue = 700
      }),
      scaling(place, 'waits five minutes before more tasks come', properties => {
        delete properties.TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown
      }),
      scaling(place, 'stops tasks after a minute', properties => {
        properties.TargetTrackingScalingPolicyConfiguration.ScaleInCooldown = 60
      }),
      scaling(place, 'scales nothing', properties => {
        properties.ScalingTargetId = 'service/mcp-gateway-ecs-cluster/mcp-gateway-registry'
      }),
    ]),
    14,
  ),
  scaling(
    placeAt('services', 'FlightBookingAgentScalableTarget'),
    'scales the memory of a server',
    properties => {
      properties.ScalableDimension = 'ecs:service:DesiredMemory'
    },
  ),
  {
    ...scaling(placeAt('services', 'FlightBookingAgentCpuScalingPolicy'), 'follows memory', properties => {
      properties.TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType =
        'ECSServiceAverageMemoryUtilization'
    }),
    at: 'services.FlightBookingAgentService',
  },
  {
    ...scaling(
      placeAt('services', 'FlightBookingAgentScalableTarget'),
      'is that of the registry',
      ({ResourceId: id}) => {
        id['Fn::Sub'][0] = 'service/${Cluster}/${RegistryService.Name}'
      },
    ),
    at: 'services.FlightBookingAgentService',
  },
  scaling(placeAt('services', 'RegistryScalableTarget'), 'does not hold the first tasks', properties => {
    properties.MaxCapacity = 1
    properties.MinCapacity = 1
  }),
  ...resourcesOf('AWS::ECS::Service').flatMap(place => [
    scaling(place, 'starts with no task', properties => {
      properties.DesiredCount = 0
    }),
    scaling(place, 'has its number of tasks brought back by every update', properties => {
      properties.DesiredCount = {Ref: 'MinCapacity'}
    }),
  ]),
  ...resourcesOf('AWS::ECS::Service')
    .filter(({resource}) => resource.properties.DesiredCount !== undefined)
    .map(place =>
      scaling(place, 'says no number of tasks where nothing scales it', properties => {
        delete properties.DesiredCount
      }),
    ),
  ...['Keycloak', 'CurrentTime', 'Mcpgw', 'RealServerFakeTools'].map(service => ({
    name: `services.${service}Service is scaled, which splits its sessions`,
    property: 'scaling',
    at: `services.${service}Service`,
    plant({services}: Document) {
      const {RegistryScalableTarget: target} = services.Resources
      const [cluster, scaled] =
        service === 'Keycloak'
          ? (['KeycloakEcsClusterName', 'KeycloakService'] as const)
          : (['MainEcsClusterName', `${service}Service`] as const)
      services.Resources[`${service}ScalableTarget`] = {
        ...target,
        Properties: {
          ...target.Properties,
          ResourceId: {'Fn::Sub': [`service/\${Cluster}/\${${scaled}.Name}`, {Cluster: importOf(cluster)}]},
        },
      }
    },
  })),
].map(mutation =>
  mutation.name.endsWith('without scaling as well')
    ? {...mutation, plant: alwaysMade(mutation.at)}
    : mutation,
)

/** Its policies are conditional, so that only the target itself shows. */
function alwaysMade(at: string): Mutation['plant'] {
  return ({services}: Document) => {
    delete services.Resources[at.split('.')[1] ?? ''].Condition
  }
}

const watched = resourcesOf('AWS::CloudWatch::Alarm')
const unhealthy = placeAt('services', 'AlbUnhealthyTargetsAlarm')
const registryCpu = placeAt('services', 'RegistryCpuHighAlarm')
const errors = placeAt('services', 'Alb5xxErrorsAlarm')

export const alarmMutations: readonly Mutation[] = [
  ...some(
    watched.flatMap(place => [
      alarm(place, 'takes missing data for something else', properties => {
        properties.TreatMissingData = properties.TreatMissingData === 'missing' ? 'notBreaching' : 'missing'
      }),
      alarm(place, 'alarms without data', properties => {
        properties.TreatMissingData = 'breaching'
      }),
      alarm(place, 'alarms one later', properties => {
        properties.Threshold += 1
      }),
      alarm(place, 'alarms at once', properties => {
        properties.EvaluationPeriods = 1
      }),
      alarm(place, 'alarms after one of two periods', properties => {
        properties.DatapointsToAlarm = 1
      }),
      alarm(place, 'alarms when all is well', properties => {
        properties.ComparisonOperator = 'LessThanThreshold'
      }),
      alarm(place, 'tells nobody', properties => {
        delete properties.AlarmActions
      }),
      alarm(place, 'tells no end', properties => {
        delete properties.OKActions
      }),
      {
        name: `${place.at} is made though nobody asked`,
        property: 'alarms',
        at: place.at,
        plant({services}: Document) {
          const resource = services.Resources[place.logicalId]
          delete resource.Condition
        },
      },
    ]),
    24,
  ),
  ...some(
    watched
      .filter(({resource}) => resource.properties.Dimensions !== undefined)
      .flatMap(place => [
        alarm(place, 'names what it watches in text', ({Dimensions: dimensions}) => {
          dimensions[dimensions.length - 1].Value = {'Fn::Sub': '${EnvironmentName}-registry'}
        }),
        alarm(place, 'misspells a dimension', ({Dimensions: [dimension]}) => {
          dimension.Name = 'Cluster'
        }),
        alarm(place, 'watches a metric of another service', properties => {
          properties.Namespace = 'AWS/EC2'
        }),
      ]),
    9,
  ),
  alarm(registryCpu, 'watches the other cluster', ({Dimensions: [cluster]}) => {
    cluster.Value = importOf('KeycloakEcsClusterName')
  }),
  alarm(registryCpu, 'watches a service by its ARN', ({Dimensions: [, service]}) => {
    service.Value = {Ref: 'RegistryService'}
  }),
  alarm(errors, 'watches a load balancer by its ARN', ({Dimensions: [balancer]}) => {
    balancer.Value = importOf('MainAlbArn')
  }),
  alarm(unhealthy, 'leaves a metric out of its sum', ({Metrics: [sum]}) => {
    sum.Expression = 'FILL(registry, 0) + FILL(auth, 0)'
  }),
  alarm(unhealthy, 'adds a metric that it does not have', ({Metrics: [sum]}) => {
    sum.Expression += ' + FILL(keycloak, 0)'
  }),
  alarm(unhealthy, 'looks at one of its metrics every five minutes', ({Metrics: [, registry]}) => {
    registry.MetricStat.Period = 300
  }),
  alarm(errors, 'averages errors', properties => {
    properties.Statistic = 'Average'
  }),
  alarm(unhealthy, 'has two results', ({Metrics: [, registry]}) => {
    registry.ReturnData = true
  }),
  alarm(unhealthy, 'watches the whole load balancer', ({Metrics: [, registry]}) => {
    registry.MetricStat.Metric.Dimensions.shift()
  }),
  {
    name: 'nobody listens to the alarms',
    property: 'alarms',
    at: 'services.AlarmTopic',
    plant({services}) {
      delete services.Resources.AlarmSubscription
    },
  },
]
