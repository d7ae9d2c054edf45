import {type Reference, referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, type Findings, judgeEach, type Property, placeOf} from '../property.js'
import {alarmFigures} from '../tables/alarms.js'
import {environmentOf} from '../tasks.js'

type Properties = DeployedResource['properties']

/** CloudWatch takes any dimension, and an alarm of a metric that nobody publishes never tells anything. */
export const alarms: Property = {
  id: 'alarms',
  title:
    'every alarm watches a service or load balancer that exists, by references, and has the figures of Terraform v1.0.7',
  violations({deployed}) {
    const {EnableMonitoring: monitoring, AlarmEmail: email} = deployed.stack('services').parameters
    const isOn = monitoring !== 'false'
    const topics = deployed.resources('AWS::SNS::Topic')
    const told = isOn && email !== '' ? topics.map(({logicalId, stack}) => ({stack, logicalId})) : []
    return [
      ...judgeEach(
        deployed.resources('AWS::CloudWatch::Alarm'),
        {atLeast: isOn ? 7 : 0, what: 'alarms'},
        alarm => {
          const {AlarmActions: actions, OKActions: recovery, ...properties} = alarm.properties
          return [
            !isOn && 'nobody asked for alarms',
            ...figureProblems(
              properties,
              String(properties.AlarmName).slice(environmentOf(deployed).length + 1),
            ),
            differs('AlarmActions', referred(actions), told),
            differs('OKActions', referred(recovery), told),
            ...expressionProblems(properties),
            ...metricsOf(properties).flatMap(metric => metricProblems(deployed, metric)),
          ]
        },
      ),
      ...judgeEach(topics, {atLeast: isOn && email !== '' ? 1 : 0, what: 'topics'}, topic => {
        const listens = deployed
          .resources('AWS::SNS::Subscription')
          .some(
            ({properties}) =>
              deployed.resource(referenceIn(properties.TopicArn)) === topic && properties.Endpoint === email,
          )
        return [!listens && 'nobody listens to it']
      }),
    ]
  },
}

function referred(actions: unknown): (Reference | undefined)[] {
  return [actions ?? []].flat().map(referenceIn)
}

function figureProblems(properties: Properties, name: string): Findings {
  const figures = alarmFigures[name]
  if (figures === undefined) return [`nobody expects an alarm ${properties.AlarmName}`]
  // Each metric of an expression has statistic and period to itself.
  const measured: Properties[] = (properties.Metrics ?? []).flatMap(({MetricStat: one}: Properties) =>
    one === undefined ? [] : [{MetricName: one.Metric?.MetricName, Statistic: one.Stat, Period: one.Period}],
  )
  return [
    ...(measured.length === 0 ? [properties] : measured).flatMap(({MetricName, Statistic, Period}) => [
      differs('its metric', MetricName, figures.metric),
      differs('Statistic', Statistic, figures.statistic),
      differs('Period', Number(Period), figures.period),
    ]),
    differs('EvaluationPeriods', Number(properties.EvaluationPeriods), figures.evaluationPeriods),
    differs('DatapointsToAlarm', properties.DatapointsToAlarm, undefined),
    differs('Threshold', Number(properties.Threshold), figures.threshold),
    differs('ComparisonOperator', properties.ComparisonOperator, 'GreaterThanThreshold'),
    differs('TreatMissingData', properties.TreatMissingData, figures.missingData),
  ]
}

/** The metric of an alarm, or those that its expression reckons with. */
function metricsOf(properties: Properties): Properties[] {
  const metrics: Properties[] = properties.Metrics ?? []
  return properties.MetricName === undefined
    ? metrics.flatMap(({MetricStat}) => MetricStat?.Metric ?? [])
    : [properties]
}

function expressionProblems({Metrics: metrics = []}: Properties): Findings {
  const expressions = metrics.flatMap(({Expression}: Properties) => Expression ?? [])
  const ids: string[] = metrics.flatMap(({Id, MetricStat}: Properties) =>
    MetricStat === undefined ? [] : [Id],
  )
  const words: string[] = expressions.flatMap((expression: string) => expression.match(/\b[a-z]\w*/g) ?? [])
  return [
    metrics.length > 0 &&
      differs('what its expression reckons with', [...new Set(words)].sort(), [...ids].sort()),
    metrics.length > 0 &&
      differs(
        'the results it has',
        metrics.filter(({ReturnData}: Properties) => ReturnData !== false).length,
        1,
      ),
  ]
}

function metricProblems(
  deployed: Deployed,
  {Namespace: namespace, MetricName: name, Dimensions}: Properties,
): Findings {
  const dimensions = new Map<string, Reference | undefined>(
    (Dimensions ?? []).map(({Name, Value}: Properties) => [Name, referenceIn(Value)]),
  )
  const names = [...dimensions.keys()].sort()
  const is = (dimension: string, type: string, attribute?: string) => {
    const reference = dimensions.get(dimension)
    const isRight = deployed.resource(reference)?.type === type && reference?.attribute === attribute
    return !isRight && `its ${dimension} for ${name} is no ${attribute ?? 'name'} of an ${type}`
  }
  switch (namespace) {
    case 'AWS/ECS': {
      const service = deployed.resource(dimensions.get('ServiceName'))
      return [
        differs('its dimensions', names, ['ClusterName', 'ServiceName']),
        is('ClusterName', 'AWS::ECS::Cluster'),
        is('ServiceName', 'AWS::ECS::Service', 'Name'),
        deployed.resource(referenceIn(service?.properties.Cluster)) !==
          deployed.resource(dimensions.get('ClusterName')) && 'its service runs in another cluster',
      ]
    }
    case 'AWS/ApplicationELB': {
      // Elastic Load Balancing publishes these for each target group; for the load balancer alone there are none.
      const isByGroup = ['HealthyHostCount', 'UnHealthyHostCount'].includes(name)
      const group = deployed.resource(dimensions.get('TargetGroup'))
      const balancer = deployed.resource(dimensions.get('LoadBalancer'))
      return [
        differs('its dimensions', names, isByGroup ? ['LoadBalancer', 'TargetGroup'] : ['LoadBalancer']),
        is('LoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerFullName'),
        isByGroup && is('TargetGroup', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'TargetGroupFullName'),
        group && !isBehind(deployed, group, balancer) && `${placeOf(group)} is behind another load balancer`,
      ]
    }
    default:
      return [`nobody expects a metric of ${namespace}`]
  }
}

function isBehind(
  deployed: Deployed,
  group: DeployedResource,
  balancer: DeployedResource | undefined,
): boolean {
  return deployed
    .resources('AWS::ElasticLoadBalancingV2::Listener')
    .some(
      ({properties}) =>
        deployed.resource(referenceIn(properties.LoadBalancerArn)) === balancer &&
        (properties.DefaultActions ?? []).some(
          ({TargetGroupArn}: Properties) => deployed.resource(referenceIn(TargetGroupArn)) === group,
        ),
    )
}
