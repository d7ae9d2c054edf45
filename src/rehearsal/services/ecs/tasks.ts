import type {Region, Resource, Task} from '../../account/account.js'
import type {EventData} from '../../account/event-data.js'
import type {World} from '../../account/world.js'
import {triggerFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'
import {
  clusterArn,
  clusterNameOf,
  clusterType,
  type Deployment,
  liveTasks,
  nameOf,
  serviceOf,
  stateOf,
  subnetsOf,
  wakeScheduler,
} from '../../resources/ecs-services.js'
import {freeAddress} from '../../resources/subnet-addresses.js'
import {about} from '../../resources/timing.js'
import {record, records} from '../../resources/values.js'
import {parseImage} from '../ecr/images.js'
import {ensureLogGroup, writeLog} from '../logs/streams.js'
import {appOf} from './containers/container-apps.js'
import {timesOf} from './containers/image-times.js'
import {runningContainer} from './running-container.js'
import {resolves} from './service-connect.js'
import {containersOfTask} from './task-containers.js'
import {type Container, containersOf, findTaskDefinition} from './task-definitions.js'
import {startFailure} from './task-requirements.js'
import {secretsNow} from './task-secrets.js'

/** Typical seconds of a Fargate task's stages; pulling the image depends on the image. */
const typical = {provisioning: 14, initContainer: 5, stopping: 12, deprovisioning: 10}

/** Stopped tasks stay listed for at least an hour. */
const rememberedSeconds = 3600

/** Starts a task of a deployment: PROVISIONING → PENDING → RUNNING. */
export function startTask(world: World, region: Region, service: Resource, deployment: Deployment): Task {
  const subnets = subnetsOf(service.properties)
  const subnetId =
    subnets[
      Math.floor(
        world.chance('subnet', deployment.taskDefinition, liveTasks(region, service).length) * subnets.length,
      )
    ] ?? ''
  return placeTask(world, region, {
    cluster: clusterNameOf(service),
    serviceName: nameOf(service),
    taskDefinitionArn: deployment.taskDefinition,
    startedBy: deployment.id,
    subnetId,
  })
}

/** Places a task in a subnet. One that belongs to no service has none by name. */
export function placeTask(
  world: World,
  region: Region,
  {
    cluster,
    ...given
  }: Pick<Task, 'serviceName' | 'taskDefinitionArn' | 'startedBy' | 'subnetId'> & {
    cluster: string
  },
): Task {
  const {taskDefinitionArn, subnetId} = given
  const arn = `arn:aws:ecs:${region.name}:${world.account.id}:task/${cluster}/${world.newHex(32)}`
  const definition = findTaskDefinition(world, region, taskDefinitionArn)
  const task: Task = {
    arn,
    clusterArn: clusterArn(world, region, cluster),
    ...given,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    privateIp: freeAddress(world, region, subnetId, taskDefinitionArn),
    createdAt: world.now,
    containers: (definition ? containersOf(definition) : []).map(({name, healthCheck}) => ({
      name,
      lastStatus: 'PENDING',
      healthStatus: healthCheck ? 'UNKNOWN' : undefined,
    })),
  }
  region.tasks[arn] = task
  step(world, region, task, typical.provisioning)
  return task
}

/**
 * Begins to stop a task; `drainSeconds` is how long its load balancer targets still finish what they have.
 * Source: ECS developer guide, "Amazon ECS task lifecycle".
 */
export function stopTask(
  world: World,
  region: Region,
  task: Task,
  why: {stopCode: string; reason: string; drainSeconds?: number},
): void {
  if (task.desiredStatus === 'STOPPED') return
  world.unschedule('ecs.task', data => data.task === task.arn)
  task.desiredStatus = 'STOPPED'
  task.stoppingAt = world.now
  task.stopCode = why.stopCode
  task.stoppedReason = why.reason
  task.drainSeconds = why.drainSeconds ?? 0
  if (task.lastStatus !== 'RUNNING') return stop(world, region, task, 'DEPROVISIONING')
  stop(world, region, task, task.drainSeconds > 0 ? 'DEACTIVATING' : 'STOPPING')
}

/** Stages of a stopping task: its targets drain, its containers end, its network interface goes. */
type Stop = 'DEACTIVATING' | 'STOPPING' | 'DEPROVISIONING'
const stopAfter: Partial<Record<Task['lastStatus'], Stop>> = {
  DEACTIVATING: 'STOPPING',
  STOPPING: 'DEPROVISIONING',
}

function stop(world: World, region: Region, task: Task, stage: Stop): void {
  task.lastStatus = stage
  if (stage === 'DEPROVISIONING') endContainers(task)
  const seconds = {
    DEACTIVATING: task.drainSeconds ?? 0,
    STOPPING: typical.stopping,
    DEPROVISIONING: typical.deprovisioning,
  }
  const jittered = about(world, seconds[stage], task.taskDefinitionArn, 'stop')
  world.schedule('ecs.task', jittered, region.name, {task: task.arn})
}

function endContainers(task: Task): void {
  for (const container of task.containers) {
    container.lastStatus = 'STOPPED'
    if (task.startedAt !== undefined) container.exitCode ??= 0
  }
}

/** Lets a running task end by itself: its container has run out of memory. */
export function breakTask(world: World, region: Region, task: Task): void {
  const essential = containersOfTask(world, region, task).findLast(container => container.essential)?.name
  const container = task.containers.find(({name}) => name === essential)
  if (container) {
    container.exitCode = 137
    container.reason = 'OutOfMemoryError: Container killed due to memory usage'
  }
  fail(world, region, task, 'Essential container in task exited', 'EssentialContainerExited')
}

export function advanceTask(world: World, region: Region, data: EventData['ecs.task']): void {
  const task = region.tasks[data.task]
  if (task) advance(world, region, task)
}

/** The container health checks of a task pass. */
export function becomeHealthy(world: World, region: Region, data: EventData['ecs.task-healthy']): void {
  const task = region.tasks[data.task]
  if (task?.lastStatus !== 'RUNNING') return
  for (const container of task.containers) {
    if (container.healthStatus === 'UNKNOWN') container.healthStatus = 'HEALTHY'
  }
  wake(world, region, task)
}

export function missName(world: World, region: Region, data: EventData['ecs.name-not-found']): void {
  const task = region.tasks[data.task]
  if (task) endForWantOfAName(world, region, task, data)
}

export function forgetTask(_world: World, region: Region, data: EventData['ecs.task-forget']): void {
  delete region.tasks[data.task]
}

function step(world: World, region: Region, task: Task, seconds: number): void {
  const jittered = about(
    world,
    seconds,
    task.taskDefinitionArn,
    task.lastStatus,
    task.containers.map(c => c.lastStatus).join(),
  )
  world.schedule('ecs.task', jittered, region.name, {task: task.arn})
}

function wake(world: World, region: Region, task: Task): void {
  const service = serviceOf(region, task)
  if (service) wakeScheduler(world, region, service)
}

/** A task's next stage. */
function advance(world: World, region: Region, task: Task): void {
  const containers = containersOfTask(world, region, task)
  if (task.desiredStatus === 'STOPPED') {
    const next = stopAfter[task.lastStatus]
    return next === undefined ? stopped(world, region, task) : stop(world, region, task, next)
  }
  if (task.lastStatus === 'PROVISIONING') {
    task.lastStatus = 'PENDING'
    task.pullStartedAt = world.now
    const pulls = containers.map(({image}) => timesOf(parseImage(image).repository).pullSeconds)
    return step(world, region, task, Math.max(1, ...pulls))
  }
  const told = failureTold(world, region, task)
  if (told) return fail(world, region, task, told.message, told.code)
  const failure = startFailure(world, region, task, containers)
  if (!failure) task.pullStoppedAt ??= world.now
  if (failure) return fail(world, region, task, failure)
  const initial = containers.filter(({name}) => containers.some(other => other.afterSuccessOf.includes(name)))
  const open = task.containers.filter(
    ({name, lastStatus}) => lastStatus !== 'STOPPED' && initial.some(container => container.name === name),
  )
  if (open.length > 0) {
    const starting = open.some(({lastStatus}) => lastStatus === 'PENDING')
    for (const container of open) {
      container.lastStatus = starting ? 'RUNNING' : 'STOPPED'
      if (!starting) container.exitCode = 0
    }
    return step(world, region, task, starting ? typical.initContainer : 1)
  }
  run(world, region, task, containers)
}

/** A fault that has a task of a service stop, and why. */
function failureTold(
  world: World,
  region: Region,
  {serviceName}: Task,
): {message: string; code?: string} | undefined {
  if (serviceName === undefined) return undefined
  const occasion = {key: serviceName, region: region.name}
  const fault = triggerFault(world, 'fail-task', occasion, ({where}) => fits(where, serviceName))
  return fault && {message: fault.options.message ?? '', code: fault.options.code}
}

function run(world: World, region: Region, task: Task, containers: readonly Container[]): void {
  task.lastStatus = 'RUNNING'
  task.startedAt = world.now
  task.secrets = secretsNow(world, region, containers)
  for (const description of containers) {
    const {name, image, essential} = description
    const container = task.containers.find(other => other.name === name)
    if (!container || container.lastStatus === 'STOPPED') continue
    container.lastStatus = 'RUNNING'
    const app = appOf(parseImage(image).repository)
    const running = runningContainer(world, region, task, description)
    const refusal = app.refusal?.(running)
    if (refusal && essential) {
      container.exitCode = 1
      log(world, region, task, containers, name, refusal)
      return fail(world, region, task, 'Essential container in task exited', 'EssentialContainerExited')
    }
    log(world, region, task, containers, name, 'Started.')
    app.started?.(running)
  }
  insightsLog(world, region, task)
  if (endsForWantOfAName(world, region, task, containers)) return
  const checks = containers.flatMap(({healthCheck, image}) =>
    healthCheck ? [{...healthCheck, start: timesOf(parseImage(image).repository).startSeconds}] : [],
  )
  if (checks.length > 0) {
    // A check that passes counts at once, also inside the start period.
    const seconds = Math.max(...checks.map(({start, interval}) => Math.max(start, Math.min(interval, 12))))
    world.schedule('ecs.task-healthy', about(world, seconds, task.taskDefinitionArn, 'health'), region.name, {
      task: task.arn,
    })
  }
  wake(world, region, task)
}

/** Whether a container will end once it has started, because it cannot look up a name that it needs. */
function endsForWantOfAName(
  world: World,
  region: Region,
  task: Task,
  containers: readonly Container[],
): boolean {
  for (const {name, image, environment, essential} of containers) {
    const {repository} = parseImage(image)
    const host = appOf(repository)
      .hostsAtStart?.(environment)
      .find(each => !resolves(world, region, task, each))
    if (host === undefined || !essential) continue
    const seconds = about(world, timesOf(repository).startSeconds, task.taskDefinitionArn, 'start')
    world.schedule('ecs.name-not-found', seconds, region.name, {task: task.arn, name, host})
    return true
  }
  return false
}

/** The container's own words, then its end. */
function endForWantOfAName(
  world: World,
  region: Region,
  task: Task,
  {name, host}: {name: string; host: string},
): void {
  const container = task.containers.find(other => other.name === name)
  if (task.desiredStatus !== 'RUNNING' || container?.lastStatus !== 'RUNNING') return
  container.exitCode = 1
  container.lastStatus = 'STOPPED'
  const words = `nginx: [emerg] host not found in upstream "${host}" in /etc/nginx/conf.d/nginx_rev_proxy.conf`
  log(world, region, task, containersOfTask(world, region, task), name, words)
  fail(world, region, task, 'Essential container in task exited', 'EssentialContainerExited')
}

/** A task that could not start, or whose essential container ended. */
function fail(
  world: World,
  region: Region,
  task: Task,
  reason: string,
  stopCode = 'TaskFailedToStart',
): void {
  for (const container of task.containers) {
    if (stopCode === 'TaskFailedToStart') container.reason = reason.split(':')[0]
  }
  const service = serviceOf(region, task)
  const deployment = service && stateOf(service).deployments.find(({id}) => id === task.startedBy)
  if (deployment) deployment.failedTasks += 1
  stopTask(world, region, task, {stopCode, reason})
  wake(world, region, task)
}

function stopped(world: World, region: Region, task: Task): void {
  task.lastStatus = 'STOPPED'
  task.stoppedAt = world.now
  delete task.secrets
  delete task.memory
  world.schedule('ecs.task-forget', rememberedSeconds, region.name, {task: task.arn})
  wake(world, region, task)
}

function log(
  world: World,
  region: Region,
  task: Task,
  containers: readonly Container[],
  name: string,
  message: string,
): void {
  const target = containers.find(container => container.name === name)?.log
  if (!target) return
  const id = task.arn.slice(task.arn.lastIndexOf('/') + 1)
  const stream = target.prefix ? `${target.prefix}/${name}/${id}` : id
  writeLog(world, region, target.group, stream, [message])
}

/** Container Insights makes its own log group, which belongs to no stack and stays. */
function insightsLog(world: World, region: Region, task: Task): void {
  const name = task.clusterArn.slice(task.clusterArn.lastIndexOf('/') + 1)
  const cluster = world.resource(region, clusterType, name)
  const on = records(cluster?.properties.ClusterSettings).some(setting => {
    const {Name, Value} = record(setting)
    return Name === 'containerInsights' && (Value === 'enabled' || Value === 'enhanced')
  })
  if (on) ensureLogGroup(world, region, `/aws/ecs/containerinsights/${name}/performance`)
}
