import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {
  type Deployment,
  type Endpoint,
  type ServiceState,
  stateOf,
  wakeScheduler,
} from '../../resources/ecs-services.js'
import {about} from '../../resources/timing.js'
import type {Properties} from '../../resources/values.js'
import {endpointsOf, existingEndpoints, namesForDeployment} from './service-connect.js'

/** Seconds until the scheduler first looks at a new deployment. */
const firstLookSeconds = 5

/** A new service's state: one deployment, on its way. */
export function newServiceState(
  world: World,
  region: Region,
  {properties, taskDefinition, desiredCount}: Wanted & {desiredCount: number},
): ServiceState {
  const endpoints = endpointsOf(world, region, properties)
  return {
    status: 'ACTIVE',
    desiredCount,
    deployments: [newDeployment(world, region, {properties, taskDefinition}, endpoints)],
    events: [],
    endpoints,
  }
}

/** What a service's tasks are to be. */
interface Wanted {
  /** Of the service. */
  properties: Properties
  taskDefinition: string
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
  const {properties} = service
  state.endpoints = endpointsOf(world, region, properties, existingEndpoints(world, region, service))
  state.deployments.unshift(newDeployment(world, region, {properties, taskDefinition}, state.endpoints))
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

function newDeployment(
  world: World,
  region: Region,
  {properties, taskDefinition}: Wanted,
  endpoints: readonly Endpoint[],
): Deployment {
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
    names: namesForDeployment(world, region, properties, endpoints),
  }
}
