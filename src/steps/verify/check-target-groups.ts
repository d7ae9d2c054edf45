import {awsCommand, shell} from '../../aws/command-line.js'
import type {Sightings} from '../../aws/live/live.js'
import type {TargetGroup, TargetHealth} from '../../aws/load-balancers.js'
import {type EnvironmentTargetGroup, targetGroups} from '../../environment/target-groups.js'
import type {TargetGroupHealth} from '../../results.js'
import type {CheckTarget} from './check-target.js'
import {type Listeners, listenerFault, readListeners} from './listeners.js'
import {type Finding, type Problem, verdictOf} from './problem.js'
import {restore} from './remedies.js'

/** The four target groups, in the order of `environment/target-groups`; what was seen beside them goes to `sightings`. */
export async function checkTargetGroups(
  target: CheckTarget,
  sightings: Sightings,
): Promise<Finding<TargetGroupHealth>[]> {
  const {aws, environment} = target
  const found = await aws.loadBalancers.targetGroups(targetGroups.map(({name}) => name(environment)))
  const [listeners, ...healths] = await Promise.all([
    readListeners(target, found),
    ...found.map(async ({name, arn}) => [name, await aws.loadBalancers.targetHealth(arn)] as const),
  ])
  note(sightings, found, listeners)
  const healthOf = new Map(healths)
  return targetGroups.map(wanted => {
    const name = wanted.name(environment)
    const group = found.find(candidate => candidate.name === name)
    return groupHealth(target, wanted, group, healthOf.get(name) ?? [], listeners)
  })
}

function note(sightings: Sightings, groups: readonly TargetGroup[], listeners: Listeners): void {
  for (const {arn} of groups) sightings.add('AWS::ElasticLoadBalancingV2::TargetGroup', arn)
  for (const listener of [...listeners.values()].flatMap(ofBalancer => ofBalancer ?? [])) {
    const {arn, port, targetGroupArns, certificate} = listener
    sightings.add('AWS::ElasticLoadBalancingV2::Listener', arn, {
      ...{is: 'listener', port, targetGroups: targetGroupArns, certificate},
    })
    const balancer = arn.slice(0, arn.lastIndexOf('/')).replace(':listener/', ':loadbalancer/')
    sightings.add('AWS::ElasticLoadBalancingV2::LoadBalancer', balancer)
  }
}

function groupHealth(
  target: CheckTarget,
  wanted: EnvironmentTargetGroup,
  group: TargetGroup | undefined,
  all: readonly TargetHealth[],
  listeners: Listeners,
): Finding<TargetGroupHealth> {
  const healthy = all.filter(({state}) => state === 'healthy')
  // A draining target is on its way out after a roll-out: it counts only when nothing else is there.
  const counted = healthy.length > 0 ? all.filter(({state}) => state !== 'draining') : all
  const problem =
    group === undefined
      ? missing(target, 'The target group')
      : (listenerProblem(target, wanted, group, listeners) ?? targetsProblem(target, wanted, counted))
  const check = {
    name: wanted.name(target.environment),
    healthy: healthy.length,
    total: counted.length,
    ...verdictOf(problem),
    targets: all.map(({id, port, state, reason, description}) => ({
      id,
      port,
      state,
      reason: [reason, description].filter(Boolean).join(': ') || null,
    })),
  }
  return {check, problem}
}

function missing(target: CheckTarget, thing: string): Problem {
  const what = `${thing} does not exist, although its stack is complete: someone deleted it.`
  return {what, todo: restore(target), permanent: true}
}

function listenerProblem(
  target: CheckTarget,
  wanted: EnvironmentTargetGroup,
  group: TargetGroup,
  listeners: Listeners,
): Problem | undefined {
  const balancer = wanted.loadBalancer(target.environment)
  const own = listeners.get(balancer)
  if (own === undefined) return missing(target, `Load balancer ${balancer}`)
  const fault = listenerFault(target, wanted, group, own)
  return fault === undefined ? undefined : {what: fault, todo: restore(target), permanent: true}
}

function targetsProblem(
  {environment, aws}: CheckTarget,
  wanted: EnvironmentTargetGroup,
  targets: readonly TargetHealth[],
): Problem | undefined {
  const logs = awsCommand(aws, shell`logs tail /ecs/${environment}-${wanted.service} --since 15m`)
  if (targets.length === 0) {
    const what = `It has no targets: no task of ${environment}-${wanted.service} is registered.`
    return {what, todo: `Look at that service, and: ${logs}`, permanent: false}
  }
  const bad = targets.filter(({state}) => state !== 'healthy')
  const [first] = bad
  if (first === undefined) return undefined
  const why = [first.reason, first.description].filter(Boolean).join(': ')
  const which = `${first.id}:${first.port} is ${first.state}${why === '' ? '' : ` (${why})`}`
  const what = `${bad.length} of ${targets.length} targets are not healthy: ${which}.`
  return {what, todo: `Look: ${logs}`, permanent: false}
}
