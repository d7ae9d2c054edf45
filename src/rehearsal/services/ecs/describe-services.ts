import type {
  Cluster as ClusterShape,
  Deployment as DeploymentShape,
  NetworkConfiguration,
  Service as ServiceShape,
} from '@aws-sdk/client-ecs'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
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
} from '../../resources/ecs-services.js'
import {flag, number, record, text} from '../../resources/values.js'
import {isPending, tasksIn} from './describe-tasks.js'
import {ecsShape, tagList} from './shape.js'

export function describeCluster(world: World, region: Region, cluster: Resource): ClusterShape {
  const {physicalId, properties} = cluster
  const tasks = tasksIn(world, region, physicalId)
  const association = world.resource(region, 'AWS::ECS::ClusterCapacityProviderAssociations', physicalId)
  return {
    clusterArn: clusterArn(world, region, physicalId),
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
