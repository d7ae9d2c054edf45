import type {Region} from '../account/account.js'
import type {EventData} from '../account/event-data.js'
import type {SetFault} from '../account/fault.js'
import type {World} from '../account/world.js'
import {type FaultOf, faultOf} from '../faults/fault.js'
import {fitsListener} from '../faults/places.js'
import {isLive} from '../faults/schedule.js'
import {turnLater} from '../faults/setting.js'
import {fits} from '../faults/values.js'
import {nameOf, serviceType, tasksOf, wakeScheduler} from '../resources/ecs-services.js'
import {number, text} from '../resources/values.js'
import {breakTask} from '../services/ecs/tasks.js'
import {removeListener} from '../services/elbv2/listeners.js'
import {listenerType, loadBalancerType} from '../services/elbv2/target-groups.js'
import {reconsiderAllTargets} from '../services/elbv2/target-health.js'

/** Seconds until a fault that found nothing to apply to looks again. */
const lookAgainSeconds = 15

/** Applies a fault to what does not ask for it: tasks, listeners, and the health of targets. */
export function turnFault(world: World, _region: Region, data: EventData['fault.turn']): void {
  const set = world.account.faults?.find(({id}) => id === data.fault)
  if (set && isLive(set, world.now)) applyFault(world, set)
  for (const region of Object.values(world.account.regions)) {
    reconsiderAllTargets(world, region)
    for (const service of world.resourcesOf(region, serviceType)) wakeScheduler(world, region, service)
  }
}

function applyFault(world: World, set: SetFault): void {
  const fault = faultOf(set)
  const regions = Object.values(world.account.regions).filter(
    ({name}) => fault.timing.region === undefined || fault.timing.region === name,
  )
  if (fault.kind === 'flap') {
    if (regions.some(region => loseTask(world, region, fault))) set.struck += 1
    turnLater(world, set.id, (fault.options.every ?? 0) / 1000)
  } else if (fault.kind === 'lose-task' || fault.kind === 'remove-listener') {
    if (set.struck > 0) return
    const struck = regions.some(region =>
      fault.kind === 'lose-task' ? loseTask(world, region, fault) : loseListeners(world, region, fault),
    )
    if (struck) set.struck += 1
    else turnLater(world, set.id, lookAgainSeconds)
  }
}

/** Ends the oldest running task of the first service that has one. */
function loseTask(world: World, region: Region, {where}: FaultOf<'flap' | 'lose-task'>): boolean {
  const task = world
    .resourcesOf(region, serviceType)
    .filter(service => fits(where, nameOf(service)))
    .flatMap(service => tasksOf(region, service))
    .find(({lastStatus, desiredStatus}) => lastStatus === 'RUNNING' && desiredStatus === 'RUNNING')
  if (task) breakTask(world, region, task)
  return task !== undefined
}

function loseListeners(world: World, region: Region, {where}: FaultOf<'remove-listener'>): boolean {
  const found = world.resourcesOf(region, listenerType).filter(({properties}) => {
    const balancer = world.resource(region, loadBalancerType, text(properties.LoadBalancerArn) ?? '')
    const name = text(balancer?.properties.Name) ?? text(balancer?.attributes.LoadBalancerName) ?? ''
    return fitsListener(where, {balancer: name, port: number(properties.Port) ?? 0})
  })
  for (const listener of found) removeListener(world, region, listener)
  return found.length > 0
}
