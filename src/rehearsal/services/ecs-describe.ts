import type {
  Cluster as ClusterShape,
  Deployment as DeploymentShape,
  NetworkConfiguration,
  Service as ServiceShape,
  TaskDefinition as TaskDefinitionShape,
  Task as TaskShape,
} from '@aws-sdk/client-ecs'
import type {Region, Resource, Task} from '../account/account.js'
import type {World} from '../account/world.js'
import {
  clusterArn,
  clusterNameOf,
  type Deployment,
  deploymentRules,
  liveTasks,
  loadBalancersOf,
  nameOf,
  serviceType,
  stateOf,
} from '../simulation/ecs-service.js'
import {macAddress, taskInterfaceId} from '../simulation/network-interfaces.js'
import {zoneOf} from '../simulation/subnet-addresses.js'
import {familyOf, findTaskDefinition, revisionOf} from '../simulation/task-definitions.js'
import {containersOfTask} from '../simulation/tasks.js'
import {type ApiSpelling, apiShape, flag, number, record, text} from '../simulation/values.js'

/** How CloudFormation's names of ECS become those of its API. */
const spelling: ApiSpelling = {
  rename: {
    EFSVolumeConfiguration: 'efsVolumeConfiguration',
    FilesystemId: 'fileSystemId',
    IAM: 'iam',
    KmsKeyId: 'kmsKeyId',
  },
  maps: new Set(['options', 'dockerLabels', 'driverOpts', 'labels']),
  numbers: new Set([
    'containerPort',
    'hostPort',
    'port',
    'interval',
    'timeout',
    'retries',
    'startPeriod',
    'softLimit',
    'hardLimit',
    'memoryReservation',
    'startTimeout',
    'stopTimeout',
    'weight',
    'base',
    'sizeInGiB',
    'idleTimeoutSeconds',
    'perRequestTimeoutSeconds',
    'ingressPortOverride',
  ]),
  booleans: new Set([
    'essential',
    'readonlyRootFilesystem',
    'readOnly',
    'privileged',
    'initProcessEnabled',
    'interactive',
    'pseudoTerminal',
    'disableNetworking',
    'enabled',
    'enable',
    'rollback',
  ]),
}

/** CloudFormation properties as the ECS API shows them. */
export function ecsShape<Shape>(value: unknown): Shape {
  return (value === undefined ? undefined : apiShape(value, spelling)) as Shape
}

export function describeCluster(world: World, region: Region, cluster: Resource): ClusterShape {
  const {physicalId, properties} = cluster
  const arn = clusterArn(world, region, physicalId)
  const tasks = Object.values(region.tasks).filter(task => task.clusterArn === arn)
  const association = world.resource(region, 'AWS::ECS::ClusterCapacityProviderAssociations', physicalId)
  return {
    clusterArn: arn,
    clusterName: physicalId,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({lastStatus}) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(isPending).length,
    activeServicesCount: world
      .resourcesOf(region, serviceType)
      .filter(service => clusterNameOf(service) === physicalId && stateOf(service).status === 'ACTIVE')
      .length,
    statistics: [],
    tags: tagList(cluster.tags),
    settings: ecsShape(properties.ClusterSettings ?? []),
    configuration: ecsShape(properties.Configuration),
    capacityProviders: ecsShape(
      properties.CapacityProviders ?? association?.properties.CapacityProviders ?? [],
    ),
    defaultCapacityProviderStrategy: ecsShape(
      properties.DefaultCapacityProviderStrategy ??
        association?.properties.DefaultCapacityProviderStrategy ??
        [],
    ),
  }
}

export function describeService(world: World, region: Region, service: Resource): ServiceShape {
  const {properties} = service
  const state = stateOf(service)
  const tasks = liveTasks(region, service)
  const rules = deploymentRules(properties)
  const strategy = properties.CapacityProviderStrategy
  return {
    serviceArn: service.physicalId,
    serviceName: nameOf(service),
    clusterArn: clusterArn(world, region, clusterNameOf(service)),
    loadBalancers: loadBalancersOf(properties),
    serviceRegistries: ecsShape(properties.ServiceRegistries ?? []),
    status: state.status,
    desiredCount: state.desiredCount,
    runningCount: tasks.filter(({lastStatus}) => lastStatus === 'RUNNING').length,
    pendingCount: tasks.filter(isPending).length,
    ...(strategy
      ? {capacityProviderStrategy: ecsShape(strategy)}
      : {launchType: launchType(properties.LaunchType)}),
    platformVersion: text(properties.PlatformVersion) ?? 'LATEST',
    platformFamily: 'Linux',
    taskDefinition: state.deployments[0]?.taskDefinition,
    deploymentConfiguration: {
      deploymentCircuitBreaker: rules.circuitBreaker,
      maximumPercent: rules.maximumPercent,
      minimumHealthyPercent: rules.minimumHealthyPercent,
    },
    deployments: state.deployments.map(deployment => describeDeployment(region, service, deployment)),
    events: state.events.map(({id, createdAt, message}) => ({id, createdAt: new Date(createdAt), message})),
    createdAt: new Date(service.createdAt),
    networkConfiguration: networkOf(service),
    healthCheckGracePeriodSeconds: number(properties.HealthCheckGracePeriodSeconds),
    schedulingStrategy: 'REPLICA',
    deploymentController: {type: 'ECS'},
    tags: tagList(service.tags),
    enableECSManagedTags: flag(properties.EnableECSManagedTags) ?? false,
    propagateTags: (text(properties.PropagateTags) as ServiceShape['propagateTags']) ?? 'NONE',
    enableExecuteCommand: flag(properties.EnableExecuteCommand) ?? false,
    placementConstraints: [],
    placementStrategy: [],
  }
}

function describeDeployment(region: Region, service: Resource, deployment: Deployment): DeploymentShape {
  const {properties} = service
  const tasks = liveTasks(region, service).filter(({startedBy}) => startedBy === deployment.id)
  const strategy = properties.CapacityProviderStrategy
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinition,
    desiredCount: deployment.status === 'PRIMARY' ? stateOf(service).desiredCount : 0,
    pendingCount: tasks.filter(isPending).length,
    runningCount: tasks.filter(({lastStatus}) => lastStatus === 'RUNNING').length,
    failedTasks: deployment.failedTasks,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    ...(strategy
      ? {capacityProviderStrategy: ecsShape(strategy)}
      : {launchType: launchType(properties.LaunchType)}),
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    networkConfiguration: networkOf(service),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    serviceConnectConfiguration: ecsShape(properties.ServiceConnectConfiguration),
  }
}

export function describeTask(world: World, region: Region, task: Task): TaskShape {
  const definition = findTaskDefinition(world, region, task.taskDefinitionArn)
  const described = containersOfTask(world, region, task)
  const id = task.arn.slice(task.arn.lastIndexOf('/') + 1)
  const health = task.containers.flatMap(({healthStatus}) => healthStatus ?? [])
  return {
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    clusterArn: task.clusterArn,
    group: `service:${task.serviceName}`,
    startedBy: task.startedBy,
    availabilityZone: zoneOf(world, region, task.subnetId),
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    connectivity: task.startedAt === undefined ? undefined : 'CONNECTED',
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    healthStatus:
      health.length === 0
        ? 'UNKNOWN'
        : health.every(status => status === 'HEALTHY')
          ? 'HEALTHY'
          : health.includes('UNHEALTHY')
            ? 'UNHEALTHY'
            : 'UNKNOWN',
    cpu: text(definition?.properties.Cpu),
    memory: text(definition?.properties.Memory),
    createdAt: new Date(task.createdAt),
    pullStartedAt: dateOf(task.pullStartedAt),
    pullStoppedAt: dateOf(task.pullStoppedAt),
    startedAt: dateOf(task.startedAt),
    stoppingAt: dateOf(task.stoppingAt),
    executionStoppedAt: task.startedAt === undefined ? undefined : dateOf(task.stoppedAt),
    stoppedAt: dateOf(task.stoppedAt),
    stopCode: task.stopCode as TaskShape['stopCode'],
    stoppedReason: task.stoppedReason,
    attachments: [
      {
        id: id.slice(0, 8),
        type: 'ElasticNetworkInterface',
        status:
          task.lastStatus === 'STOPPED'
            ? 'DELETED'
            : task.lastStatus === 'PROVISIONING'
              ? 'PRECREATED'
              : 'ATTACHED',
        details: [
          {name: 'subnetId', value: task.subnetId},
          {name: 'networkInterfaceId', value: taskInterfaceId(world, task)},
          {name: 'macAddress', value: macAddress(world, task.arn)},
          {name: 'privateIPv4Address', value: task.privateIp},
        ],
      },
    ],
    containers: task.containers.map(container => ({
      containerArn: `${task.arn.replace(':task/', ':container/')}/${container.name}`,
      taskArn: task.arn,
      name: container.name,
      image: described.find(({name}) => name === container.name)?.image,
      lastStatus: container.lastStatus,
      exitCode: container.exitCode,
      reason: container.reason,
      healthStatus: (container.healthStatus ?? 'UNKNOWN') as 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN',
      networkInterfaces: [{privateIpv4Address: task.privateIp}],
    })),
    tags: [],
    version: 1,
  }
}

export function describeTaskDefinition(definition: Resource): TaskDefinitionShape {
  const {properties} = definition
  const containers = ecsShape<NonNullable<TaskDefinitionShape['containerDefinitions']>>(
    properties.ContainerDefinitions ?? [],
  )
  return {
    taskDefinitionArn: definition.physicalId,
    family: familyOf(definition),
    revision: revisionOf(definition),
    status: 'ACTIVE',
    containerDefinitions: containers.map(container => ({
      ...container,
      cpu: number(container.cpu) ?? 0,
      memory: number(container.memory),
      essential: container.essential ?? true,
    })),
    taskRoleArn: text(properties.TaskRoleArn),
    executionRoleArn: text(properties.ExecutionRoleArn),
    networkMode: text(properties.NetworkMode) as TaskDefinitionShape['networkMode'],
    volumes: ecsShape(properties.Volumes ?? []),
    cpu: text(properties.Cpu),
    memory: text(properties.Memory),
    requiresCompatibilities: ecsShape(properties.RequiresCompatibilities ?? []),
    compatibilities: ['EC2', 'FARGATE'],
    runtimePlatform: properties.RuntimePlatform ? ecsShape(properties.RuntimePlatform) : undefined,
    placementConstraints: [],
    registeredAt: new Date(definition.createdAt),
  }
}

export function tagList(tags: Record<string, string>): {key: string; value: string}[] {
  return Object.entries(tags).map(([key, value]) => ({key, value}))
}

function networkOf({properties}: Resource): NetworkConfiguration {
  const vpc = record(record(properties.NetworkConfiguration).AwsvpcConfiguration)
  return {
    awsvpcConfiguration: {
      subnets: ecsShape(vpc.Subnets ?? []),
      securityGroups: ecsShape(vpc.SecurityGroups ?? []),
      assignPublicIp: (text(vpc.AssignPublicIp) ?? 'DISABLED') as 'ENABLED' | 'DISABLED',
    },
  }
}

function launchType(value: unknown): 'FARGATE' | 'EC2' {
  return value === 'EC2' ? 'EC2' : 'FARGATE'
}

function isPending({lastStatus}: Task): boolean {
  return lastStatus === 'PENDING' || lastStatus === 'PROVISIONING'
}

function dateOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at)
}

/** The tasks of a cluster. */
export function tasksIn(world: World, region: Region, cluster: string): Task[] {
  const arn = clusterArn(world, region, cluster)
  return Object.values(region.tasks).filter(task => task.clusterArn === arn)
}
