import type {Region, Resource, Task} from '../account/account.js'
import type {World} from '../account/world.js'
import {standing} from '../faults/schedule.js'
import {fits} from '../faults/values.js'
import {
  type Deployment,
  deploymentRules,
  findService,
  liveTasks,
  loadBalancersOf,
  nameOf,
  type ServiceState,
  stateOf,
  tell,
  wakeScheduler,
} from './ecs-service.js'
import {placeableTasks} from './fargate-room.js'
import {isHealthy, isRolledOut, isUnhealthy, unhealthyGroup, unhealthyWords} from './service-health.js'
import {deregisterStopped, registerWhenRunning, stopTasks, taskWords} from './service-targets.js'
import {startTask} from './tasks.js'
import {about} from './timing.js'

/** Typical seconds between the last task being healthy and ECS calling the service steady. */
const steadySeconds = {plain: 18, loadBalanced: 28}

/**
 * How long CloudFormation waits for a roll-out, in milliseconds of the account's time.
 * Source: AWS re:Post, "CloudFormation stack stuck on AWS::ECS::Service": three hours.
 */
export const rolloutLimitMs = 3 * 3_600_000

/** Seconds until the scheduler first looks at a new deployment. */
const firstLookSeconds = 5

/**
 * Failures after which the circuit breaker gives up: half the desired count, at least 3, at most 200.
 * Source: ECS developer guide, "How the Amazon ECS deployment circuit breaker detects failures".
 */
function failureLimit(desiredCount: number): number {
  return Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)))
}

/** A new service's state: one deployment, on its way. */
export function newServiceState(world: World, taskDefinition: string, desiredCount: number): ServiceState {
  return {
    status: 'ACTIVE',
    desiredCount,
    deployments: [newDeployment(world, taskDefinition)],
    events: [],
  }
}

/** Begins the life of a service that has just been made. */
export function beginService(world: World, region: Region, serviceArn: string): void {
  world.schedule('ecs.schedule', about(world, firstLookSeconds, serviceArn), region.name, {
    service: serviceArn,
  })
}

/** Replaces the tasks of a service by new ones, of the same or another task definition. */
export function deploy(world: World, region: Region, service: Resource, taskDefinition: string): void {
  const state = stateOf(service)
  state.failure = undefined
  for (const deployment of state.deployments) deployment.status = 'ACTIVE'
  state.deployments.unshift(newDeployment(world, taskDefinition))
  wakeScheduler(world, region, service, about(world, firstLookSeconds, service.physicalId))
}

/** Changes how many tasks a service wants. The roll-out begins again in place, as ECS shows it. */
export function scale(world: World, region: Region, service: Resource, desiredCount: number): void {
  const state = stateOf(service)
  if (state.desiredCount === desiredCount) return
  state.desiredCount = desiredCount
  const [primary] = state.deployments
  if (primary) primary.updatedAt = world.now
  wakeScheduler(world, region, service, 2)
}

/** Deletes a service: its tasks drain, then it is INACTIVE. */
export function drain(world: World, region: Region, service: Resource): void {
  const state = stateOf(service)
  if (state.status !== 'ACTIVE') return
  state.status = 'DRAINING'
  state.desiredCount = 0
  wakeScheduler(world, region, service, 2)
}

/** Steady, as CloudFormation waits for it: one deployment, completed, everything that should run running and healthy. */
export function isSteady(region: Region, service: Resource): boolean {
  const {deployments, desiredCount} = stateOf(service)
  const tasks = liveTasks(region, service).filter(({desiredStatus}) => desiredStatus === 'RUNNING')
  return (
    deployments.length === 1 &&
    deployments[0]?.rolloutState === 'COMPLETED' &&
    announced(service) &&
    tasks.length === desiredCount &&
    tasks.every(({lastStatus}) => lastStatus === 'RUNNING')
  )
}

/** Registers the service scheduler. */
export function registerDeployments(world: World): void {
  world.on('ecs.schedule', (_world, region, data) => {
    const service = findService(region, String(data.service))
    if (service) look(world, region, service)
  })
  world.on('ecs.steady', (_world, region, data) => {
    const service = findService(region, String(data.service))
    const deployment = service && stateOf(service).deployments.find(({id}) => id === data.deployment)
    if (!service || !deployment) return
    deployment.settling = false
    if (canSettle(world, region, service)) complete(world, region, service, deployment)
  })
}

function newDeployment(world: World, taskDefinition: string): Deployment {
  const digits = String(Math.floor(world.chance('deployment', world.newHex(16)) * 9e15) + 1e15)
  const id = `ecs-svc/${digits}${String(world.account.sequence % 1000).padStart(3, '0')}`
  return {
    id,
    status: 'PRIMARY',
    taskDefinition,
    createdAt: world.now,
    updatedAt: world.now,
    failedTasks: 0,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
  }
}

/** The scheduler's look at a service: starts, registers and stops what is due. Harmless to repeat. */
function look(world: World, region: Region, service: Resource): void {
  const state = stateOf(service)
  const live = liveTasks(region, service)
  const wanted = live.filter(({desiredStatus}) => desiredStatus === 'RUNNING')
  deregisterStopped(world, region, service)
  if (state.status !== 'ACTIVE') {
    stopTasks(world, region, service, wanted, 'draining')
    if (live.length === 0) state.status = 'INACTIVE'
    return
  }
  const [primary] = state.deployments
  if (!primary || breakCircuit(world, region, service, primary)) return
  const current = wanted.filter(({startedBy}) => startedBy === primary.id)
  const old = wanted.filter(({startedBy}) => startedBy !== primary.id)
  for (const task of current) registerWhenRunning(world, region, service, task)
  startMissing(world, region, service, primary, {current, old})
  stopSurplus(world, region, service, primary, {current, old})
  const rolledOut = canSettle(world, region, service)
  if (rolledOut && !primary.settling && (primary.rolloutState === 'IN_PROGRESS' || !announced(service))) {
    primary.settling = true
    const loadBalanced = loadBalancersOf(service.properties).length > 0 && state.desiredCount > 0
    const seconds = loadBalanced ? steadySeconds.loadBalanced : steadySeconds.plain
    world.schedule('ecs.steady', about(world, seconds, service.physicalId, 'steady'), region.name, {
      service: service.physicalId,
      deployment: primary.id,
    })
  }
}

function canSettle(world: World, region: Region, service: Resource): boolean {
  const unsteady = standing(world, 'unsteady', region.name, ({where}) => fits(where, nameOf(service)))
  return !unsteady && isRolledOut(world, region, service)
}

interface Generations {
  current: readonly Task[]
  old: readonly Task[]
}

function startMissing(
  world: World,
  region: Region,
  service: Resource,
  primary: Deployment,
  {current, old}: Generations,
): void {
  const {desiredCount} = stateOf(service)
  const unhealthy = current.filter(task => isUnhealthy(world, region, service, task))
  // A replacement comes up beside an unhealthy task before that one goes.
  const missing = desiredCount - (current.length - Math.min(unhealthy.length, 1))
  const limit = Math.max(
    1,
    Math.floor((desiredCount * deploymentRules(service.properties).maximumPercent) / 100),
  )
  const room = desiredCount === 0 ? 0 : limit - current.length - old.length
  const count = Math.min(missing, room)
  if (count <= 0) return
  const wait = ((primary.notBefore ?? 0) - world.now) / 1000
  if (wait > 0) return wakeScheduler(world, region, service, wait)
  const placeable = Math.min(count, placeableTasks(world, region, primary.taskDefinition))
  if (placeable > 0) {
    const tasks = Array.from({length: placeable}, () => startTask(world, region, service, primary))
    tell(world, service, `has started ${placeable} tasks: ${tasks.map(taskWords).join(' ')}.`)
  }
  if (placeable < count) cannotPlace(world, region, service, primary)
}

/** A task for which the account has no virtual CPUs left counts as one that failed to start. */
function cannotPlace(world: World, region: Region, service: Resource, primary: Deployment): void {
  primary.failedTasks += 1
  const wait = backoffSeconds(primary)
  primary.notBefore = world.now + wait * 1000
  tell(
    world,
    service,
    'was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
  )
  wakeScheduler(world, region, service, wait)
}

/** How long ECS waits after a failure, longer each time. */
function backoffSeconds({failedTasks}: Deployment): number {
  return Math.min(300, 10 * 2 ** Math.min(failedTasks - 1, 5))
}

function stopSurplus(
  world: World,
  region: Region,
  service: Resource,
  primary: Deployment,
  {current, old}: Generations,
): void {
  const {desiredCount} = stateOf(service)
  const healthy = current.filter(task => isHealthy(world, region, service, task))
  const least = Math.ceil((desiredCount * deploymentRules(service.properties).minimumHealthyPercent) / 100)
  const spare = Math.max(0, healthy.length + old.length - least)
  if (old.length > 0) stopTasks(world, region, service, old.slice(0, spare), primary.id)
  const surplus = current.length - desiredCount
  if (surplus <= 0) return
  // Whoever is unhealthy goes first, but only once somebody can take its place.
  const doomed = current.filter(task => isUnhealthy(world, region, service, task))
  const replaceable = healthy.length >= Math.min(1, desiredCount) ? doomed : doomed.slice(1)
  const order = [...replaceable, ...current.filter(task => !doomed.includes(task)).reverse()]
  const chosen = order.slice(
    0,
    doomed.length > 0 && desiredCount > 0 ? Math.min(surplus, replaceable.length) : surplus,
  )
  for (const task of chosen) {
    const group = doomed.includes(task) && unhealthyGroup(world, region, service, task)
    if (group) {
      primary.failedTasks += primary.rolloutState === 'IN_PROGRESS' ? 1 : 0
      tell(world, service, unhealthyWords(world, region, service, task, group))
    }
    stopTasks(world, region, service, [task], primary.id, group || undefined)
  }
  if (replaceable.length > 0 && doomed.length > 0 && healthy.length === 0) {
    primary.notBefore = world.now + 60_000
  }
}

/** Whether the last thing that the service said is that it is steady. */
function announced(service: Resource): boolean {
  return stateOf(service).events[0]?.message.endsWith('has reached a steady state.') ?? false
}

function complete(world: World, _region: Region, service: Resource, deployment: Deployment): void {
  const state = stateOf(service)
  if (deployment.rolloutState === 'IN_PROGRESS') {
    deployment.rolloutState = 'COMPLETED'
    deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`
    deployment.updatedAt = world.now
    tell(world, service, `(deployment ${deployment.id}) deployment completed.`)
  }
  state.lastCompleted = deployment.taskDefinition
  state.deployments = [deployment]
  tell(world, service, 'has reached a steady state.')
}

/** After a failure the next try waits longer; at the limit the circuit breaker ends the deployment. */
function breakCircuit(world: World, region: Region, service: Resource, primary: Deployment): boolean {
  const state = stateOf(service)
  if (primary.rolloutState === 'FAILED') return true
  if (primary.failedTasks > 0) {
    primary.notBefore ??= world.now
    const backoff = backoffSeconds(primary) * 1000
    primary.notBefore = Math.max(primary.notBefore, lastFailureAt(region, service) + backoff)
    if (primary.failedTasks > 1 && !primary.isThrottled) {
      primary.isThrottled = true
      tell(
        world,
        service,
        'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      )
    }
  }
  const {enable, rollback} = deploymentRules(service.properties).circuitBreaker
  if (
    !enable ||
    primary.rolloutState !== 'IN_PROGRESS' ||
    primary.failedTasks < failureLimit(state.desiredCount)
  ) {
    return false
  }
  primary.rolloutState = 'FAILED'
  primary.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.'
  primary.updatedAt = world.now
  tell(world, service, `(deployment ${primary.id}) deployment failed: tasks failed to start.`)
  state.failure = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'."
  if (rollback && state.lastCompleted && state.lastCompleted !== primary.taskDefinition) {
    const failure = state.failure
    deploy(world, region, service, state.lastCompleted)
    state.failure = failure
    const back = state.deployments[0]
    if (back) tell(world, service, `rolling back to (deployment ${back.id}).`)
  }
  return true
}

function lastFailureAt(region: Region, service: Resource): number {
  const name = service.physicalId.slice(service.physicalId.lastIndexOf('/') + 1)
  return Object.values(region.tasks)
    .filter(task => task.serviceName === name && task.stoppedAt !== undefined)
    .reduce((latest, task) => Math.max(latest, task.stoppedAt ?? 0), 0)
}
