import type {Region, Resource, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {type Deployment, deploymentRules, stateOf, tell, wakeScheduler} from '../../resources/ecs-services.js'
import {backoffSeconds} from './circuit-breaker.js'
import {placeableTasks} from './fargate-room.js'
import {isHealthy, isUnhealthy, unhealthyGroup, unhealthyWords} from './service-health.js'
import {stopTasks, taskWords} from './service-targets.js'
import {startTask} from './tasks.js'

/** The tasks that a service wants to run: of the newest deployment, and of those before. */
export interface Generations {
  current: readonly Task[]
  old: readonly Task[]
}

/** Starts what the newest deployment lacks, as far as the service may have more tasks than it wants. */
export function startMissing(
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

/** Stops what the service has too much, as far as enough stays healthy. */
export function stopSurplus(
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
