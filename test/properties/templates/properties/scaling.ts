import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, judgeEach, type Property, placeOf} from '../property.js'
import {referenceIn, referencesIn, standIn} from '../references.js'
import {definitionOf, serviceOf} from '../tasks.js'

/** Memory follows load in these three only; Terraform v1.0.7 has 11 policies for 8 services. */
const byMemory = ['auth-server', 'registry', 'keycloak']
const cpu = 'ECSServiceAverageCPUUtilization'
const memory = 'ECSServiceAverageMemoryUtilization'

/** Application Auto Scaling takes any text for a service, and scales nothing when there is none of that name. */
export const scaling: Property = {
  id: 'scaling',
  title: 'every service has one scalable target, of its own cluster and name, that holds its number of tasks',
  violations({deployed}) {
    const isOn = deployed.stack('services').parameters.EnableAutoScaling === 'true'
    const services = deployed.resources('AWS::ECS::Service')
    const targets = deployed.resources('AWS::ApplicationAutoScaling::ScalableTarget')
    const policies = deployed.resources('AWS::ApplicationAutoScaling::ScalingPolicy')
    return [
      ...judgeEach(targets, {atLeast: isOn ? 8 : 0, what: 'scalable targets'}, ({properties}) => {
        const {service, problem} = scaledBy(deployed, properties)
        const {MinCapacity: min, MaxCapacity: max} = properties
        const count = service?.properties.DesiredCount
        return [
          problem,
          !isOn && 'nobody asked for scaling',
          !(Number(min) <= Number(max)) && `its least capacity ${min} is above its most, ${max}`,
          count !== undefined &&
            !(Number(min) <= Number(count) && Number(count) <= Number(max)) &&
            `it does not hold the ${count} tasks that the service starts with`,
        ]
      }),
      ...judgeEach(services, {atLeast: 8, what: 'services'}, service => {
        const own = targets.filter(target => scaledBy(deployed, target.properties).service === service)
        const metrics = policies
          .filter(({properties}) =>
            own.some(target => deployed.resource(referenceIn(properties.ScalingTargetId)) === target),
          )
          .map(({properties}) => metricOf(properties))
        const expected = byMemory.includes(nameOf(deployed, service)) ? [cpu, memory] : [cpu]
        return [
          differs('the number of its scalable targets', own.length, isOn ? 1 : 0),
          differs('what it scales by', metrics.sort(), isOn ? expected : []),
        ]
      }),
      ...judgeEach(policies, {atLeast: isOn ? 11 : 0, what: 'scaling policies'}, ({properties}) => {
        const {TargetValue: value} = properties.TargetTrackingScalingPolicyConfiguration ?? {}
        return [
          deployed.resource(referenceIn(properties.ScalingTargetId)) === undefined && 'it scales no target',
          differs('PolicyType', properties.PolicyType, 'TargetTrackingScaling'),
          !(Number(value) >= 1 && Number(value) <= 100) && `its target is ${value} percent`,
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
