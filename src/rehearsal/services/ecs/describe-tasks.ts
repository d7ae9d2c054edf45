import type {TaskDefinition as TaskDefinitionShape, Task as TaskShape} from '@aws-sdk/client-ecs'
import type {Region, Resource, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {clusterArn} from '../../resources/ecs-services.js'
import {zoneOf} from '../../resources/subnet-addresses.js'
import {number, text} from '../../resources/values.js'
import {macAddress, taskAttachmentId, taskInterfaceId} from '../ec2/network-interfaces.js'
import {ecsShape} from './shape.js'
import {containersOfTask} from './task-containers.js'
import {
  deregisteredAt,
  familyOf,
  findTaskDefinition,
  revisionOf,
  statusOfDefinition,
} from './task-definitions.js'

/** Of the task definition's ARN, whatever has become of that. */
function familyName({taskDefinitionArn}: Task): string {
  return taskDefinitionArn.split('/').at(-1)?.split(':')[0] ?? ''
}

export function describeTask(world: World, region: Region, task: Task): TaskShape {
  const definition = findTaskDefinition(world, region, task.taskDefinitionArn)
  const described = containersOfTask(world, region, task)
  const health = task.containers.flatMap(({healthStatus}) => healthStatus ?? [])
  return {
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    clusterArn: task.clusterArn,
    group: task.serviceName === '' ? `family:${familyName(task)}` : `service:${task.serviceName}`,
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
        id: taskAttachmentId(world, task),
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
    status: statusOfDefinition(definition),
    deregisteredAt: dateOf(deregisteredAt(definition)),
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

/** The tasks of a cluster. */
export function tasksIn(world: World, region: Region, cluster: string): Task[] {
  const arn = clusterArn(world, region, cluster)
  return Object.values(region.tasks).filter(task => task.clusterArn === arn)
}

/** Whether a task is still on its way to running. */
export function isPending({lastStatus}: Task): boolean {
  return lastStatus === 'PENDING' || lastStatus === 'PROVISIONING'
}

function dateOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at)
}
