import type {Region, Resource} from '../../account/account.js'
import type {EventData} from '../../account/event-data.js'
import type {World} from '../../account/world.js'
import {activeFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'
import {
  type Deployment,
  findService,
  liveTasks,
  loadBalancersOf,
  nameOf,
  stateOf,
  tell,
} from '../../resources/ecs-services.js'
import {about} from '../../resources/timing.js'
import {keepNames} from '../servicediscovery/kept-names.js'
import {breakCircuit} from './circuit-breaker.js'
import {namespaceOf} from './service-connect.js'
import {isRolledOut} from './service-health.js'
import {deregisterStopped, registerWhenRunning, stopTasks} from './service-targets.js'
import {startMissing, stopSurplus} from './task-counts.js'

/** Typical seconds between the last task being healthy and ECS calling the service steady. */
const steadySeconds = {plain: 18, loadBalanced: 28}

/**
 * How long CloudFormation waits for a roll-out, in milliseconds of the account's time.
 * Source: AWS re:Post, "CloudFormation stack stuck on AWS::ECS::Service": three hours.
 */
export const rolloutLimitMs = 3 * 3_600_000

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

/** The service scheduler, woken. */
export function scheduleTasks(world: World, region: Region, data: EventData['ecs.schedule']): void {
  const service = findService(region, data.service)
  if (service) look(world, region, service)
}

/** The last task of a deleted service is gone. */
function end(world: World, region: Region, service: Resource): void {
  const state = stateOf(service)
  if (state.status === 'INACTIVE') return
  state.status = 'INACTIVE'
  const namespace = namespaceOf(world, region, service.properties)
  if (namespace) keepNames(world, region, service, namespace.physicalId)
}

/** Completes a deployment that is still as it should be. */
export function completeDeployment(world: World, region: Region, data: EventData['ecs.steady']): void {
  const service = findService(region, data.service)
  const deployment = service && stateOf(service).deployments.find(({id}) => id === data.deployment)
  if (!service || !deployment) return
  deployment.settling = false
  if (canSettle(world, region, service)) complete(world, service, deployment)
}

/** The scheduler's look at a service: starts, registers and stops what is due. Harmless to repeat. */
function look(world: World, region: Region, service: Resource): void {
  const state = stateOf(service)
  const live = liveTasks(region, service)
  const wanted = live.filter(({desiredStatus}) => desiredStatus === 'RUNNING')
  deregisterStopped(world, region, service)
  if (state.status !== 'ACTIVE') {
    stopTasks(world, region, service, wanted, 'draining')
    if (live.length === 0) end(world, region, service)
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
  const unsteady = activeFault(world, 'unsteady', region.name, ({where}) => fits(where, nameOf(service)))
  return !unsteady && isRolledOut(world, region, service)
}

/** Whether the last thing that the service said is that it is steady. */
function announced(service: Resource): boolean {
  return stateOf(service).events[0]?.message.endsWith('has reached a steady state.') ?? false
}

function complete(world: World, service: Resource, deployment: Deployment): void {
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
