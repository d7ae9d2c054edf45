import type {Listener, TargetGroup, TargetHealth} from '../../aws/load-balancers.js'
import {type EnvironmentTargetGroup, targetGroups} from '../../environment/target-groups.js'
import type {TargetGroupHealth} from '../../results.js'
import type {CheckTarget} from './health.js'

/** Listeners of each load balancer by name; undefined for one that does not exist. */
type Listeners = ReadonlyMap<string, readonly Listener[] | undefined>

/** The four target groups, in the order of `environment/target-groups`. */
export async function checkTargetGroups(target: CheckTarget): Promise<TargetGroupHealth[]> {
  const {aws, environment} = target
  const balancers = [...new Set(targetGroups.map(group => group.loadBalancer(environment)))]
  const [found, listeners] = await Promise.all([
    aws.loadBalancers.targetGroups(targetGroups.map(({name}) => name(environment))),
    Promise.all(balancers.map(async name => [name, await aws.loadBalancers.listeners(name)] as const)),
  ])
  return Promise.all(
    targetGroups.map(async wanted => {
      const group = found.find(({name}) => name === wanted.name(environment))
      const health = group === undefined ? [] : await aws.loadBalancers.targetHealth(group.arn)
      return groupHealth(target, wanted, group, health, new Map(listeners))
    }),
  )
}

function groupHealth(
  target: CheckTarget,
  wanted: EnvironmentTargetGroup,
  group: TargetGroup | undefined,
  all: readonly TargetHealth[],
  listeners: Listeners,
): TargetGroupHealth {
  const healthy = all.filter(({state}) => state === 'healthy')
  // A draining target is on its way out after a roll-out: it counts only when nothing else is there.
  const counted = healthy.length > 0 ? all.filter(({state}) => state !== 'draining') : all
  const reason =
    group === undefined
      ? `The target group does not exist. Run: ${target.commandLine('deploy')} --replace`
      : (listenerProblem(target, wanted, group, listeners) ?? targetsProblem(target, wanted, counted))
  return {
    name: wanted.name(target.environment),
    healthy: healthy.length,
    total: counted.length,
    ok: reason === undefined,
    reason: reason ?? null,
    targets: all.map(({id, port, state, reason, description}) => ({
      id,
      port,
      state,
      reason: [reason, description].filter(Boolean).join(': ') || null,
    })),
  }
}

function listenerProblem(
  {environment, hasDomain, aws, commandLine}: CheckTarget,
  wanted: EnvironmentTargetGroup,
  group: TargetGroup,
  listeners: Listeners,
): string | undefined {
  const balancer = wanted.loadBalancer(environment)
  const port = wanted.listenerPort({domain: hasDomain})
  const own = listeners.get(balancer)
  if (own === undefined)
    return `Load balancer ${balancer} does not exist. Run: ${commandLine('deploy')} --replace`
  const listener = own.find(candidate => candidate.port === port)
  if (listener === undefined) {
    const arn = `$(aws elbv2 describe-load-balancers --names ${balancer} --region ${aws.region} --query LoadBalancers[0].LoadBalancerArn --output text)`
    const protocol = hasDomain ? 'HTTPS --certificates CertificateArn=<certificate>' : 'HTTP'
    return `The listener on port ${port} of load balancer ${balancer} is missing, so nothing reaches the group. Run: aws elbv2 create-listener --load-balancer-arn "${arn}" --protocol ${protocol} --port ${port} --default-actions Type=forward,TargetGroupArn=${group.arn} --region ${aws.region}`
  }
  if (listener.targetGroupArns.includes(group.arn) || group.loadBalancers.length > 0) return undefined
  return `The listener on port ${port} of load balancer ${balancer} does not send to the group. Run: aws elbv2 modify-listener --listener-arn ${listener.arn} --default-actions Type=forward,TargetGroupArn=${group.arn} --region ${aws.region}`
}

function targetsProblem(
  {environment, aws}: CheckTarget,
  wanted: EnvironmentTargetGroup,
  targets: readonly TargetHealth[],
): string | undefined {
  const logs = `aws logs tail /ecs/${environment}-${wanted.service} --since 15m --region ${aws.region}`
  if (targets.length === 0) {
    return `It has no targets: no task of ${environment}-${wanted.service} is registered. Look at that service, and: ${logs}`
  }
  const bad = targets.filter(({state}) => state !== 'healthy')
  const [first] = bad
  if (first === undefined) return undefined
  const why = [first.reason, first.description].filter(Boolean).join(': ')
  const which = `${first.id}:${first.port} is ${first.state}${why === '' ? '' : ` (${why})`}`
  return `${bad.length} of ${targets.length} targets are not healthy: ${which}. Look: ${logs}`
}
