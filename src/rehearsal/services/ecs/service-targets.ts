import type {Region, Resource, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {loadBalancersOf, tasksOf, tell} from '../../resources/ecs-services.js'
import {zoneOf} from '../../resources/subnet-addresses.js'
import {drainSecondsOf, targetGroupType, targetsOf} from '../elbv2/target-groups.js'
import {deregisterTarget, registerTarget} from '../elbv2/target-health.js'
import {stopTask} from './tasks.js'

/** Stops tasks: their targets drain first. */
export function stopTasks(
  world: World,
  region: Region,
  service: Resource,
  tasks: readonly Task[],
  because: string,
  unhealthyIn?: string,
): void {
  if (tasks.length === 0) return
  const balanced = loadBalancersOf(service.properties)
  let drainSeconds = 0
  for (const {targetGroupArn, containerPort} of balanced) {
    const group = world.resource(region, targetGroupType, targetGroupArn)
    if (!group) continue
    const registered = tasks.filter(task => targetsOf(group).some(({id}) => id === task.privateIp))
    for (const task of registered) {
      deregisterTarget(world, region, group, {id: task.privateIp, port: containerPort})
    }
    if (registered.length === 0) continue
    drainSeconds = Math.max(drainSeconds, drainSecondsOf(group))
    tell(world, service, `deregistered ${registered.length} targets in (target-group ${targetGroupArn})`)
  }
  if (drainSeconds > 0) tell(world, service, `has begun draining connections on ${tasks.length} tasks.`)
  tell(world, service, `has stopped ${tasks.length} running tasks: ${tasks.map(taskWords).join(' ')}.`)
  const reason = unhealthyIn
    ? `Task failed ELB health checks in (target-group ${unhealthyIn})`
    : because === 'draining'
      ? 'Service was deleted'
      : `Scaling activity initiated by (deployment ${because})`
  for (const task of tasks) {
    stopTask(world, region, task, {stopCode: 'ServiceSchedulerInitiated', reason, drainSeconds})
  }
}

/** Takes the targets of tasks that ended without the scheduler's doing off their target groups. */
export function deregisterStopped(world: World, region: Region, service: Resource): void {
  const ended = tasksOf(region, service).filter(({desiredStatus}) => desiredStatus === 'STOPPED')
  const addresses = new Set(
    tasksOf(region, service)
      .filter(task => !ended.includes(task))
      .map(task => task.privateIp),
  )
  for (const {targetGroupArn, containerPort} of loadBalancersOf(service.properties)) {
    const group = world.resource(region, targetGroupType, targetGroupArn)
    if (!group) continue
    const left = targetsOf(group).filter(
      ({id, port, state}) =>
        port === containerPort &&
        state !== 'draining' &&
        !addresses.has(id) &&
        ended.some(task => task.privateIp === id),
    )
    for (const {id, port} of left) deregisterTarget(world, region, group, {id, port})
    if (left.length > 0)
      tell(world, service, `deregistered ${left.length} targets in (target-group ${targetGroupArn})`)
  }
}

/** Registers a running task with the target groups of its service. */
export function registerWhenRunning(world: World, region: Region, service: Resource, task: Task): void {
  if (task.lastStatus !== 'RUNNING') return
  for (const {targetGroupArn, containerPort} of loadBalancersOf(service.properties)) {
    const group = world.resource(region, targetGroupType, targetGroupArn)
    if (!group || targetsOf(group).some(({id, port}) => id === task.privateIp && port === containerPort))
      continue
    const zone = zoneOf(world, region, task.subnetId)
    registerTarget(world, region, group, {id: task.privateIp, port: containerPort, zone})
    tell(world, service, `registered 1 targets in (target-group ${targetGroupArn})`)
  }
}

/** A task as service events name it. */
export function taskWords(task: Task): string {
  return `(task ${task.arn.slice(task.arn.lastIndexOf('/') + 1)})`
}
