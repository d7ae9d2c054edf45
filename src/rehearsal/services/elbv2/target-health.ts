import type {Region, Resource} from '../../account/account.js'
import type {EventData} from '../../account/event-data.js'
import type {World} from '../../account/world.js'
import {activeFault} from '../../faults/schedule.js'
import {targetReasons} from '../../faults/target-reasons.js'
import {fits} from '../../faults/values.js'
import {loadBalancersOf, serviceType, wakeScheduler} from '../../resources/ecs-services.js'
import {answerOf} from '../../resources/private-hosts.js'
import {about} from '../../resources/timing.js'
import {
  drainSecondsOf,
  healthCheckOf,
  loadBalancersOfTargetGroup,
  type Target,
  targetGroupType,
  targetsOf,
} from './target-groups.js'

/** Typical seconds until a new target gets its first health check. */
const registrationSeconds = 10

/** A target's health as DescribeTargetHealth tells it. */
export interface TargetHealth {
  state: string
  reason?: string
  description?: string
}

const notInUse: TargetHealth = {
  state: 'unused',
  reason: 'Target.NotInUse',
  description: 'Target group is not configured to receive traffic from the load balancer',
}

/** The health of a registered target. Source: Elastic Load Balancing user guide, "Target health reason codes". */
export function healthOf(world: World, region: Region, targetGroup: Resource, target: Target): TargetHealth {
  if (target.state !== 'draining' && !isAttached(world, region, targetGroup)) return notInUse
  const fault = faultOf(world, region, targetGroup)
  // A new target is looked at first; every other one is at once as the fault says.
  if (fault && (fault.state !== 'unhealthy' || target.state !== 'initial')) return fault
  return {state: target.state, reason: target.reason, description: target.description}
}

/** What a fault makes of the targets of a group. */
function faultOf(world: World, region: Region, targetGroup: Resource): Required<TargetHealth> | undefined {
  const name = String(targetGroup.attributes.TargetGroupName)
  const fault = activeFault(world, 'unhealthy', region.name, ({where}) => fits(where, name))
  if (!fault) return undefined
  const {reason = 'Target.FailedHealthChecks', status} = fault.options
  const [state, description] = targetReasons[reason]
  const words = status === undefined ? description : description.replace('502', String(status))
  return {state, reason, description: words}
}

export function isAttached(world: World, region: Region, targetGroup: Resource): boolean {
  return loadBalancersOfTargetGroup(world, region, targetGroup.physicalId).length > 0
}

/** Registers a target, or gives a draining one its place back. */
export function registerTarget(
  world: World,
  region: Region,
  targetGroup: Resource,
  address: {id: string; port: number; zone?: string},
): void {
  const targets = targetsOf(targetGroup)
  let target = targets.find(({id, port}) => id === address.id && port === address.port)
  if (target && target.state !== 'draining') return
  if (!target) {
    target = {...address, state: 'initial', registeredAt: world.now, failures: 0}
    targets.push(target)
  }
  begin(world, region, targetGroup, target)
}

/** Lets a target finish what it has, then forgets it. */
export function deregisterTarget(
  world: World,
  region: Region,
  targetGroup: Resource,
  address: {id: string; port?: number},
): void {
  for (const target of targetsOf(targetGroup)) {
    if (target.id !== address.id || (address.port !== undefined && address.port !== target.port)) continue
    if (target.state === 'draining') continue
    target.state = 'draining'
    target.reason = 'Target.DeregistrationInProgress'
    target.description = 'Target deregistration is in progress'
    check(world, region, targetGroup, target, drainSecondsOf(targetGroup))
  }
}

/**
 * Looks at every target again, because something changed: the checks of the target group, its listeners, or
 * what a container answers. While nothing changes no check is scheduled.
 */
export function reconsiderTargets(world: World, region: Region, targetGroup: Resource): void {
  const {interval, healthyThreshold, unhealthyThreshold, timeout} = healthCheckOf(targetGroup)
  const attached = isAttached(world, region, targetGroup)
  for (const target of targetsOf(targetGroup)) {
    if (target.state === 'draining') continue
    if (!attached) {
      // Health checks stop: when a listener comes back, everything starts anew.
      target.state = 'initial'
      target.check = undefined
    } else if (target.state === 'initial') {
      if (target.check === undefined) begin(world, region, targetGroup, target)
    } else {
      const failure = failureOf(world, region, targetGroup, target)
      const wrong = failure ? target.state === 'healthy' : target.state === 'unhealthy'
      if (wrong) {
        const seconds = interval * (failure ? unhealthyThreshold : healthyThreshold) + (failure ? timeout : 0)
        check(world, region, targetGroup, target, seconds)
      } else if (failure && target.reason !== failure.reason) Object.assign(target, failure)
      else if (failure) target.description = failure.description
    }
  }
}

/** Looks again at all target groups of a region. */
export function reconsiderAllTargets(world: World, region: Region): void {
  for (const targetGroup of world.resourcesOf(region, targetGroupType)) {
    reconsiderTargets(world, region, targetGroup)
  }
}

export function endTargetCheck(world: World, region: Region, data: EventData['elb.check']): void {
  const targetGroup = world.resource(region, targetGroupType, data.targetGroup)
  const target = targetGroup && targetsOf(targetGroup).find(({check}) => check === data.check)
  if (targetGroup && target) checked(world, region, targetGroup, target)
}

function begin(world: World, region: Region, targetGroup: Resource, target: Target): void {
  target.state = 'initial'
  target.failures = 0
  target.registeredAt = world.now
  target.reason = 'Elb.RegistrationInProgress'
  target.description = 'Target registration is in progress'
  check(
    world,
    region,
    targetGroup,
    target,
    about(world, registrationSeconds, String(targetGroup.attributes.TargetGroupName), target.port),
  )
}

function check(world: World, region: Region, targetGroup: Resource, target: Target, seconds: number): void {
  target.check = world.newHex(12)
  world.schedule('elb.check', seconds, region.name, {
    targetGroup: targetGroup.physicalId,
    check: target.check,
  })
}

/** The time of a check, or of as many checks in a row as a change of state needs, is over. */
function checked(world: World, region: Region, targetGroup: Resource, target: Target): void {
  target.check = undefined
  if (target.state === 'draining') {
    targetGroup.data.targets = targetsOf(targetGroup).filter(other => other !== target)
    return wakeOwners(world, region, targetGroup)
  }
  if (!isAttached(world, region, targetGroup)) return
  const {interval, healthyThreshold, unhealthyThreshold} = healthCheckOf(targetGroup)
  const failure = failureOf(world, region, targetGroup, target)
  if (!failure) {
    target.state = 'healthy'
    delete target.reason
    delete target.description
    return wakeOwners(world, region, targetGroup)
  }
  if (target.state === 'initial') {
    target.failures += 1
    if (target.failures < unhealthyThreshold) {
      target.reason = 'Elb.InitialHealthChecking'
      target.description = 'Initial health checks in progress'
      return check(world, region, targetGroup, target, interval)
    }
  }
  target.state = 'unhealthy'
  Object.assign(target, failure)
  // Whoever starts late is seen again; nothing else brings the checks back.
  if (startsLate(world, region, target))
    check(world, region, targetGroup, target, interval * healthyThreshold)
  wakeOwners(world, region, targetGroup)
}

/** A task that began less than five minutes ago may only need longer than the checks allow. */
function startsLate(world: World, region: Region, target: Target): boolean {
  return Object.values(region.tasks).some(
    task =>
      task.privateIp === target.id &&
      task.lastStatus === 'RUNNING' &&
      world.now < (task.startedAt ?? 0) + 300_000,
  )
}

/** Why a health check fails now; undefined when it passes. */
function failureOf(
  world: World,
  region: Region,
  targetGroup: Resource,
  target: Target,
): {reason: string; description: string} | undefined {
  const fault = faultOf(world, region, targetGroup)
  if (fault?.state === 'unhealthy') return {reason: fault.reason, description: fault.description}
  const {path, port, matcher} = healthCheckOf(targetGroup)
  const checkedPort = port === 'traffic-port' ? target.port : Number(port)
  const headers = {host: `${target.id}:${checkedPort}`, 'user-agent': 'ELB-HealthChecker/2.0'}
  const answer = answerOf(world, region, target.id, checkedPort, {method: 'GET', path, headers})
  if (!answer) return {reason: 'Target.Timeout', description: 'Request timed out'}
  if (matches(matcher, answer.status)) return undefined
  return {
    reason: 'Target.ResponseCodeMismatch',
    description: `Health checks failed with these codes: [${answer.status}]`,
  }
}

/** Whether a status is one of a matcher's codes: `200`, `200,302`, `200-399`. */
function matches(matcher: string, status: number): boolean {
  return matcher.split(',').some(part => {
    const [from = '', to = from] = part.split('-')
    return status >= Number(from) && status <= Number(to)
  })
}

function wakeOwners(world: World, region: Region, targetGroup: Resource): void {
  for (const service of world.resourcesOf(region, serviceType)) {
    const uses = loadBalancersOf(service.properties).some(
      ({targetGroupArn}) => targetGroupArn === targetGroup.physicalId,
    )
    if (uses) wakeScheduler(world, region, service)
  }
}
