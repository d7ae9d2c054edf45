import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, type Findings, judgeEach, located, type Property, placeOf} from '../property.js'
import {inward, parties} from '../tables/flows.js'
import {mappingsOf} from '../tasks.js'

type Properties = DeployedResource['properties']

/** Seconds that the quickest of these takes from start to answer, at least. */
const shortestGrace = 60

/**
 * ECS refuses a service whose target group has no listener or names no port of a container, and stops its tasks again
 * and again when their checks begin too early.
 */
export const loadBalancing: Property = {
  id: 'load-balancing',
  title:
    'load balancers listen where someone is admitted, and lead to a port of a container that has time to start',
  violations: ({deployed}) => [
    ...judgeEach(deployed.resources('AWS::ECS::Service'), {atLeast: 8, what: 'services'}, service =>
      balancingProblems(deployed, service),
    ),
    ...listenerProblems(deployed),
  ],
}

function balancingProblems(deployed: Deployed, service: DeployedResource): Findings {
  const {properties} = service
  const mappings = mappingsOf(deployed, service)
  const balancers: Properties[] = properties.LoadBalancers ?? []
  const grace = properties.HealthCheckGracePeriodSeconds
  return [
    // Without load balancer ECS refuses it; with one, the checks begin before the application listens.
    balancers.length === 0 && grace !== undefined && 'it has a grace period and no load balancer',
    balancers.length > 0 && !(grace >= shortestGrace) && `its grace period is ${grace ?? 'missing'}`,
    ...balancers.flatMap(({ContainerName: container, ContainerPort: port, TargetGroupArn}) => {
      const group = deployed.resource(referenceIn(TargetGroupArn))
      const isMapped = mappings.some(mapping => mapping.container === container && mapping.port === port)
      return [
        !isMapped && `container ${container} has no port ${port}`,
        group === undefined && `${TargetGroupArn} is no target group`,
        group && differs(`the port of ${placeOf(group)}`, group.properties.Port, port),
        group &&
          !forwarding(deployed).includes(placeOf(group)) &&
          `no listener forwards to ${placeOf(group)}`,
      ]
    }),
  ]
}

function forwarding(deployed: Deployed): string[] {
  return deployed.resources('AWS::ElasticLoadBalancingV2::Listener').flatMap(({properties}) =>
    (properties.DefaultActions ?? []).flatMap(({Type, TargetGroupArn}: Properties) => {
      const group = Type === 'forward' ? deployed.resource(referenceIn(TargetGroupArn)) : undefined
      return group === undefined ? [] : [placeOf(group)]
    }),
  )
}

/** A listener without a rule that admits someone is as useless as a rule without a listener. */
function listenerProblems(deployed: Deployed): string[] {
  return (['mainAlb', 'keycloakAlb'] as const).flatMap(party => {
    const [place] = parties[party]
    const listening = deployed
      .resources('AWS::ElasticLoadBalancingV2::Listener')
      .filter(({properties}) => {
        const balancer = deployed.resource(referenceIn(properties.LoadBalancerArn))
        return balancer !== undefined && placeOf(balancer) === place
      })
      .map(({properties}) => Number(properties.Port))
    const admitted = inward(deployed).flatMap(flow => (flow.party === party ? [Number(flow.port)] : []))
    const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)
    return located(place, [differs('its listeners', sorted(listening), sorted([...new Set(admitted)]))])
  })
}
