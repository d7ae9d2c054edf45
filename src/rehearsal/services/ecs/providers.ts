import type {World} from '../../account/world.js'
import {
  clusterNameOf,
  clusterType,
  loadBalancersOf,
  type ServiceState,
  serviceType,
  stateOf,
} from '../../resources/ecs-services.js'
import {nameFor} from '../../resources/names.js'
import {
  handlerFailure,
  type Naming,
  type Progress,
  type ProviderRequest,
  type ResourceProvider,
} from '../../resources/resource-provider.js'
import {number, type Properties, records, same, text, texts} from '../../resources/values.js'
import {targetGroupType} from '../elbv2/target-groups.js'
import {isAttached} from '../elbv2/target-health.js'
import {discoveryNames, keptNames} from '../servicediscovery/kept-names.js'
import {isSteady, rolloutLimitMs} from './deployments.js'
import {assumeLinkedRole, ensureLinkedRole} from './linked-role.js'
import {beginService, deploy, drain, newServiceState, scale} from './service-changes.js'
import {namespaceOf} from './service-connect.js'
import {findTaskDefinition, keepInactive, statusOfDefinition, taskDefinitionType} from './task-definitions.js'

/** As the provider of scalable targets has it, which needs what is here. */
const scalableTargetType = 'AWS::ApplicationAutoScaling::ScalableTarget'

const cluster: ResourceProvider = {
  type: clusterType,
  create(request) {
    ensureLinkedRole(request)
    if (Array.isArray(request.properties.CapacityProviders)) assumeLinkedRole(request)
    const name = nameFor(request, clusterType, 'ClusterName', {maxLength: 255})
    return {physicalId: name, attributes: {Arn: ecsArn(request, `cluster/${name}`)}, data: {status: 'ACTIVE'}}
  },
  blocksDeletion(resource, {world, region}) {
    const services = world
      .resourcesOf(region, serviceType)
      .filter(s => clusterNameOf(s) === resource.physicalId)
    if (services.length > 0) return 'The Cluster cannot be deleted while Services are active.'
    const running = Object.values(region.tasks).some(
      task => task.clusterArn === resource.attributes.Arn && task.lastStatus !== 'STOPPED',
    )
    return running ? 'The Cluster cannot be deleted while Tasks are active.' : undefined
  },
}

const inUse = 'The specified capacity provider is in use and cannot be removed.'

const capacityProviders: ResourceProvider = {
  type: 'AWS::ECS::ClusterCapacityProviderAssociations',
  create(request) {
    assumeLinkedRole(request)
    const name = text(request.properties.Cluster) ?? 'default'
    return {physicalId: name.slice(name.lastIndexOf('/') + 1)}
  },
  update(resource, {world, region, properties}, before) {
    const kept = texts(properties.CapacityProviders)
    const removed = texts(before.CapacityProviders).filter(name => !kept.includes(name))
    const isUsed = world
      .resourcesOf(region, serviceType)
      .filter(each => clusterNameOf(each) === resource.physicalId && stateOf(each).status !== 'INACTIVE')
      .flatMap(each => records(each.properties.CapacityProviderStrategy))
      .some(({CapacityProvider: name}) => removed.includes(text(name) ?? ''))
    // Source: ECS API reference, PutClusterCapacityProviders: only what no task or service uses can be taken away.
    if (isUsed) {
      throw handlerFailure(
        world,
        `${inUse} (Service: AmazonECS; Error Code: ResourceInUseException)`,
        'InvalidRequest',
      )
    }
    return undefined
  },
  blocksDeletion(resource, {world, region}) {
    const services = world
      .resourcesOf(region, serviceType)
      .filter(s => clusterNameOf(s) === resource.physicalId)
    return services.length > 0 ? inUse : undefined
  },
}

const taskDefinition: ResourceProvider = {
  type: taskDefinitionType,
  create(request) {
    const {world, region, properties} = request
    const family = text(properties.Family) ?? request.generatedName(255).replace(/[^A-Za-z0-9_-]/g, '')
    const physicalId = ecsArn(
      request,
      `task-definition/${family}:${nextRevision(world, region.name, family)}`,
    )
    return {physicalId, attributes: {TaskDefinitionArn: physicalId}, data: {registeredAt: world.now}}
  },
  // CloudFormation deregisters a revision, and leaves it to ECS. Source: template reference, AWS::ECS::TaskDefinition.
  deleted(definition, {world, region}) {
    keepInactive(world, region, definition)
  },
  // A task definition never changes: every change of its content is a new revision.
  replaceOn: [
    'ContainerDefinitions',
    'Cpu',
    'EnableFaultInjection',
    'EphemeralStorage',
    'ExecutionRoleArn',
    'Family',
    'InferenceAccelerators',
    'IpcMode',
    'Memory',
    'NetworkMode',
    'PidMode',
    'PlacementConstraints',
    'ProxyConfiguration',
    'RequiresCompatibilities',
    'RuntimePlatform',
    'TaskRoleArn',
    'Volumes',
  ],
}

/** Changing one of these starts new tasks. */
const rollingProperties = [
  'TaskDefinition',
  'LoadBalancers',
  'NetworkConfiguration',
  'ServiceConnectConfiguration',
  'ServiceRegistries',
  'CapacityProviderStrategy',
  'PlatformVersion',
  'ForceNewDeployment',
  'VolumeConfigurations',
]

const serviceNaming: Naming = {
  property: 'ServiceName',
  taken(name, place) {
    const {world, region, properties} = place
    const found = world.resource(
      region,
      serviceType,
      ecsArn(place, `service/${clusterOf(properties)}/${name}`),
    )
    // A deleted service is remembered, and its name is free.
    return found && stateOf(found).status !== 'INACTIVE' ? found : undefined
  },
}

const service: ResourceProvider = {
  type: serviceType,
  naming: serviceNaming,
  seconds: {create: 5, update: 5, delete: 5},
  create(request) {
    const {world, region, properties} = request
    const clusterName = clusterOf(properties)
    const name = nameFor(request, serviceType, serviceNaming.property, {
      maxLength: 255,
      taken: candidate => serviceNaming.taken(candidate, request),
    })
    checkService(request, clusterName)
    checkNames(request)
    const physicalId = ecsArn(request, `service/${clusterName}/${name}`)
    beginService(world, region, physicalId)
    return {
      physicalId,
      attributes: {Name: name, ServiceArn: physicalId},
      data: asData(
        newServiceState(world, region, {
          properties,
          taskDefinition: definitionArn(request),
          // Source: aws/aws-cdk pull request 13130, what CloudFormation does without a count.
          desiredCount: number(properties.DesiredCount) ?? 1,
        }),
      ),
    }
  },
  update(resource, request, before) {
    const {world, region, properties} = request
    checkService(request, clusterNameOf(resource))
    // Whatever changed of the service: a count in the template undoes what scaling has done, none keeps it.
    // Source: aws/containers-roadmap issue 493.
    if (properties.DesiredCount !== undefined) {
      scale(world, region, resource, number(properties.DesiredCount) ?? stateOf(resource).desiredCount)
    }
    // Whoever gave it another task definition by hand is undone by the next update.
    const rolls =
      stateOf(resource).deployments[0]?.taskDefinition !== definitionArn(request) ||
      rollingProperties.some(property => !same(before[property], properties[property]))
    if (rolls) deploy(world, region, resource, definitionArn(request))
    return undefined
  },
  stabilized(resource, {world, region}, operation): Progress {
    const state = stateOf(resource)
    if (operation === 'delete') {
      return state.status === 'INACTIVE' ? {state: 'ready'} : {state: 'waiting', seconds: 5}
    }
    if (state.failure) return {state: 'failed', reason: handlerFailure(world, state.failure).message}
    if (isSteady(region, resource)) return {state: 'ready'}
    if (world.now - (state.deployments[0]?.updatedAt ?? world.now) < rolloutLimitMs) {
      return {state: 'waiting', seconds: 3}
    }
    const {message} = handlerFailure(world, 'Exceeded attempts to wait', 'NotStabilized')
    return {state: 'failed', reason: message}
  },
  deleting(resource, {world, region}) {
    drain(world, region, resource)
  },
  live(resource, {world, region}) {
    const {status, desiredCount, deployments} = stateOf(resource)
    if (status !== 'ACTIVE') return undefined
    // What scaling has made of it is no drift.
    const isScaled = world
      .resourcesOf(region, scalableTargetType)
      .some(({physicalId}) => resource.physicalId.endsWith(`:${physicalId.split('|')[0]}`))
    const [primary] = deployments
    return {
      ...(primary && {TaskDefinition: primary.taskDefinition}),
      ...(!isScaled && resource.properties.DesiredCount !== undefined && {DesiredCount: desiredCount}),
    }
  },
}

/** Source: errors of the ECS API's CreateService, as the resource handler passes them on. */
function checkService(request: ProviderRequest, clusterName: string): void {
  const {world, region, properties} = request
  if (!world.resource(region, clusterType, clusterName)) {
    throw invalidService(request, 'Cluster not found.', 'ClusterNotFoundException')
  }
  const definition = findTaskDefinition(world, region, text(properties.TaskDefinition) ?? '')
  if (!definition) throw invalidService(request, 'Unable to describe task definition.', 'ClientException')
  if (statusOfDefinition(definition) !== 'ACTIVE') {
    throw invalidService(request, 'TaskDefinition is inactive', 'ClientException')
  }
  for (const {targetGroupArn} of loadBalancersOf(properties)) {
    const group = world.resource(region, targetGroupType, targetGroupArn)
    if (!group) {
      throw invalidService(request, `Target group ${targetGroupArn} not found.`, 'InvalidParameterException')
    }
    if (!isAttached(world, region, group)) {
      throw invalidService(
        request,
        `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
        'InvalidParameterException',
      )
    }
  }
}

/** Source: aws/copilot-cli issue 4337, what ECS says of a name that the namespace still has of another service. */
function checkNames(request: ProviderRequest): void {
  const {world, region, properties} = request
  const namespace = namespaceOf(world, region, properties)
  const names = discoveryNames(properties)
  const isTaken = keptNames(world, region).some(
    kept => kept.namespaceId === namespace?.physicalId && names.includes(kept.name),
  )
  if (!isTaken) return
  const arn = text(namespace?.attributes.Arn)
  throw invalidService(request, `SC service is already used by ${arn}`, 'InvalidParameterException')
}

function invalidService({world}: ProviderRequest, message: string, code: string): Error {
  return handlerFailure(
    world,
    `Invalid request provided: CreateService error: ${message} (Service: AmazonECS; Status Code: 400; Error Code: ${code}; Request ID: ${world.newUuid()}; Proxy: null)`,
    'InvalidRequest',
  )
}

function definitionArn({world, region, properties}: ProviderRequest): string {
  const reference = text(properties.TaskDefinition) ?? ''
  return findTaskDefinition(world, region, reference)?.physicalId ?? reference
}

function clusterOf(properties: Properties): string {
  const name = text(properties.Cluster) ?? 'default'
  return name.slice(name.lastIndexOf('/') + 1)
}

/** Revisions of a family count up for ever, deleted ones included. */
function nextRevision(world: World, regionName: string, family: string): number {
  const region = world.region(regionName)
  const key = `mcpgw::TaskDefinitionFamily/${family}`
  const counter = region.resources[key] ?? {
    type: 'mcpgw::TaskDefinitionFamily',
    physicalId: family,
    properties: {},
    attributes: {},
    tags: {},
    createdAt: world.now,
    data: {revision: 0},
  }
  const revision = (number(counter.data.revision) ?? 0) + 1
  counter.data.revision = revision
  world.put(region, counter)
  return revision
}

function asData(state: ServiceState): Record<string, unknown> {
  return {...state}
}

function ecsArn({world, region}: Pick<ProviderRequest, 'world' | 'region'>, path: string): string {
  return `arn:aws:ecs:${region.name}:${world.account.id}:${path}`
}

export const ecsProviders: readonly ResourceProvider[] = [cluster, capacityProviders, taskDefinition, service]
