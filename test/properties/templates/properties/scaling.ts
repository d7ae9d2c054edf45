import {referenceIn, referencesIn, standIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, judgeEach, type Property, placeOf} from '../property.js'
import {definitionOf, serviceOf} from '../tasks.js'

/**
 * What may run more than once, and by what it follows its load. Whatever is not here has one task: MCP servers keep their
 * sessions in memory, and two tasks of Keycloak do not find each other in a VPC.
 */
const scaled: Readonly<Record<string, readonly string[]>> = {
  'auth-server': ['ECSServiceAverageCPUUtilization', 'ECSServiceAverageMemoryUtilization'],
  registry: ['ECSServiceAverageCPUUtilization', 'ECSServiceAverageMemoryUtilization'],
  'flight-booking-agent': ['ECSServiceAverageCPUUtilization'],
  'travel-assistant-agent': ['ECSServiceAverageCPUUtilization'],
}

/**
 * Seconds, as the policies of Terraform v1.0.7 have them (`scale_in_cooldown`, `scale_out_cooldown`). By itself Application
 * Auto Scaling waits 300 before it adds more tasks, too.
 */
const cooldown = {in: 300, out: 60}

/**
 * Application Auto Scaling takes any text for a service, and scales nothing when there is none of that name. A count that
 * the template gives as well comes back with every update, whatever the load is.
 */
export const scaling: Property = {
  id: 'scaling',
  title:
    'what may run more than once has one scalable target, of its own cluster and name, or a number of tasks; the rest one task',
  violations({deployed}) {
    const {EnableAutoScaling, MinCapacity} = deployed.stack('services').parameters
    const isOn = EnableAutoScaling === 'true'
    const services = deployed.resources('AWS::ECS::Service')
    const targets = deployed.resources('AWS::ApplicationAutoScaling::ScalableTarget')
    const policies = deployed.resources('AWS::ApplicationAutoScaling::ScalingPolicy')
    return [
      ...judgeEach(targets, {atLeast: isOn ? 4 : 0, what: 'scalable targets'}, ({properties}) => {
        const {MinCapacity: min, MaxCapacity: max} = properties
        return [
          scaledBy(deployed, properties).problem,
          !isOn && 'nobody asked for scaling',
          !(Number(min) <= Number(max)) && `its least capacity ${min} is above its most, ${max}`,
          differs('its least capacity', String(min), MinCapacity),
        ]
      }),
      ...judgeEach(services, {atLeast: 8, what: 'services'}, service => {
        const own = targets.filter(target => scaledBy(deployed, target.properties).service === service)
        const metrics = policies
          .filter(({properties}) =>
            own.some(target => deployed.resource(referenceIn(properties.ScalingTargetId)) === target),
          )
          .map(({properties}) => metricOf(properties))
        const name = nameOf(deployed, service)
        const mayScale = Object.hasOwn(scaled, name)
        const count = service.properties.DesiredCount
        return [
          differs('the number of its scalable targets', own.length, isOn && mayScale ? 1 : 0),
          differs('what it scales by', metrics.sort(), isOn ? (scaled[name] ?? []) : []),
          isOn && mayScale
            ? count !== undefined && `its count is fixed at ${count}, which every update would bring back`
            : differs('its number of tasks', String(count), mayScale ? MinCapacity : '1'),
        ]
      }),
      ...judgeEach(policies, {atLeast: isOn ? 6 : 0, what: 'scaling policies'}, ({properties}) => {
        const {
          TargetValue: value,
          ScaleInCooldown,
          ScaleOutCooldown,
        } = properties.TargetTrackingScalingPolicyConfiguration ?? {}
        return [
          deployed.resource(referenceIn(properties.ScalingTargetId)) === undefined && 'it scales no target',
          differs('PolicyType', properties.PolicyType, 'TargetTrackingScaling'),
          !(Number(value) >= 1 && Number(value) <= 100) && `its target is ${value} percent`,
          differs('ScaleInCooldown', Number(ScaleInCooldown), cooldown.in),
          differs('ScaleOutCooldown', Number(ScaleOutCooldown), cooldown.out),
        ]
      }),
    ]
  },
}

/** The service that a resource id names, through references only: a text would outlive a change of the name. */
function scaledBy(
  deployed: Deployed,
  {ResourceId: id, ScalableDimension: dimension}: DeployedResource['properties'],
) {
  const [cluster, name] = referencesIn(id)
  const service = deployed.resource(name)
  const isWhole = cluster && name && id === `service/${standIn(cluster)}/${standIn(name)}`
  const runsIn = deployed.resource(referenceIn(service?.properties.Cluster))
  const problem =
    !isWhole ||
    cluster?.attribute !== undefined ||
    name?.attribute !== 'Name' ||
    service?.type !== 'AWS::ECS::Service'
      ? `${id} is not made of the names of a cluster and a service`
      : runsIn === undefined || deployed.resource(cluster) !== runsIn
        ? `${placeOf(service)} does not run in ${cluster.stack}.${cluster.logicalId}`
        : differs('ScalableDimension', dimension, 'ecs:service:DesiredCount')
  return {service, problem}
}

function metricOf({
  TargetTrackingScalingPolicyConfiguration: tracking,
}: DeployedResource['properties']): string {
  return String(tracking?.PredefinedMetricSpecification?.PredefinedMetricType)
}

function nameOf(deployed: Deployed, service: DeployedResource): string {
  const definition = definitionOf(deployed, service)
  return definition === undefined ? '' : serviceOf(deployed, definition)
}
