import type {Region, Resource, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {liveTasks, loadBalancersOf, stateOf} from '../../resources/ecs-services.js'
import {number} from '../../resources/values.js'
import {targetGroupType, targetsOf} from '../elbv2/target-groups.js'
import {healthOf} from '../elbv2/target-health.js'

/** Running, its container checks passed, and every target of it healthy (or without any traffic to wait for). */
export function isHealthy(world: World, region: Region, service: Resource, task: Task): boolean {
  if (task.lastStatus !== 'RUNNING') return false
  if (task.containers.some(({healthStatus}) => healthStatus === 'UNKNOWN' || healthStatus === 'UNHEALTHY'))
    return false
  return targetStates(world, region, service, task).every(state => state === 'healthy' || state === 'unused')
}

/** A target is unhealthy and the grace period after the task's start is over. */
export function isUnhealthy(world: World, region: Region, service: Resource, task: Task): boolean {
  const grace = number(service.properties.HealthCheckGracePeriodSeconds) ?? 0
  if (task.lastStatus !== 'RUNNING' || world.now < (task.startedAt ?? 0) + grace * 1000) return false
  return unhealthyGroup(world, region, service, task) !== undefined
}

/** The target group in which a task is unhealthy. */
export function unhealthyGroup(
  world: World,
  region: Region,
  service: Resource,
  task: Task,
): string | undefined {
  const states = targetStates(world, region, service, task)
  return loadBalancersOf(service.properties)[states.indexOf('unhealthy')]?.targetGroupArn
}

/** What a service says of a task that it stops for its target's sake. */
export function unhealthyWords(
  world: World,
  region: Region,
  service: Resource,
  task: Task,
  targetGroupArn: string,
): string {
  const port = loadBalancersOf(service.properties).find(entry => entry.targetGroupArn === targetGroupArn)
  const group = world.resource(region, targetGroupType, targetGroupArn)
  const target =
    group && targetsOf(group).find(({id, port: own}) => id === task.privateIp && own === port?.containerPort)
  const reason =
    (group && target && healthOf(world, region, group, target).description) ?? 'Health checks failed'
  return `(port ${port?.containerPort}) is unhealthy in (target-group ${targetGroupArn}) due to (reason ${reason})`
}

function targetStates(world: World, region: Region, service: Resource, task: Task): string[] {
  return loadBalancersOf(service.properties).map(({targetGroupArn, containerPort}) => {
    const group = world.resource(region, targetGroupType, targetGroupArn)
    const target =
      group && targetsOf(group).find(({id, port}) => id === task.privateIp && port === containerPort)
    return group && target ? healthOf(world, region, group, target).state : 'unregistered'
  })
}

/** Whether exactly the wanted tasks of the newest deployment are there, all healthy, and no other. */
export function isRolledOut(world: World, region: Region, service: Resource): boolean {
  const {deployments, desiredCount} = stateOf(service)
  const live = liveTasks(region, service)
  const wanted = live.filter(({desiredStatus}) => desiredStatus === 'RUNNING')
  return (
    wanted.length === desiredCount &&
    live.length === wanted.length &&
    wanted.every(task => task.startedBy === deployments[0]?.id && isHealthy(world, region, service, task))
  )
}
