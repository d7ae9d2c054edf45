import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {goingOf} from '../../resources/going.js'
import {flag, number, type Properties, record, records, text} from '../../resources/values.js'

export const taskDefinitionType = 'AWS::ECS::TaskDefinition'

/** A container as its task definition describes it: what the simulation needs to know. */
export interface Container {
  name: string
  image: string
  essential: boolean
  ports: number[]
  environment: Record<string, string>
  secrets: {name: string; valueFrom: string}[]
  /** Names of containers that have to succeed before this one starts. */
  afterSuccessOf: string[]
  healthCheck?: {interval: number; startPeriod: number}
  log?: {group: string; prefix?: string; createGroup: boolean}
}

/** A revision that was deregistered: no stack has it any more, and ECS tells of it until it is deleted. */
export const inactiveDefinitionType = 'mcpgw::InactiveTaskDefinition'

/** Keeps what ECS tells of a revision that was deregistered, by whomever. */
export function keepInactive(world: World, region: Region, definition: Resource): Resource {
  const {owner: _, ...kept} = definition
  const inactive = {...kept, type: inactiveDefinitionType, data: {deregisteredAt: world.now}}
  world.put(region, inactive)
  return inactive
}

/** When a revision was deregistered, as epoch milliseconds; undefined for one that can be used. */
export function deregisteredAt({data}: Resource): number | undefined {
  return number(data.deregisteredAt)
}

/** Source: Amazon ECS API reference, TaskDefinition, status. */
export function statusOfDefinition(definition: Resource): 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS' {
  if (deregisteredAt(definition) === undefined) return 'ACTIVE'
  return goingOf(definition) ? 'DELETE_IN_PROGRESS' : 'INACTIVE'
}

/** Every revision that ECS tells of. */
export function taskDefinitions(world: World, region: Region): Resource[] {
  return [taskDefinitionType, inactiveDefinitionType].flatMap(type => world.resourcesOf(region, type))
}

/**
 * Finds a task definition by ARN, `family:revision`, or `family` (its newest revision). One that was deregistered is
 * found by its revision: what runs of it goes on.
 */
export function findTaskDefinition(world: World, region: Region, reference: string): Resource | undefined {
  const tail = reference.startsWith('arn:') ? reference.slice(reference.lastIndexOf('/') + 1) : reference
  const all = world.resourcesOf(region, taskDefinitionType)
  const exact = taskDefinitions(world, region).find(({physicalId}) => physicalId.endsWith(`/${tail}`))
  if (exact) return exact
  return all
    .filter(definition => familyOf(definition) === tail)
    .sort((left, right) => revisionOf(right) - revisionOf(left))[0]
}

export function familyOf(definition: Resource): string {
  return definition.physicalId.slice(definition.physicalId.lastIndexOf('/') + 1).split(':')[0] ?? ''
}

export function revisionOf(definition: Resource): number {
  return Number(definition.physicalId.slice(definition.physicalId.lastIndexOf(':') + 1))
}

/** What a task definition needs besides its containers. */
export interface TaskNeeds {
  executionRole: string | undefined
  taskRole: string | undefined
  volumes: {fileSystemId: string; accessPointId?: string}[]
}

export function needsOf({properties}: Resource): TaskNeeds {
  const volumes = records(properties.Volumes).flatMap(volume => {
    const efs = record(volume.EFSVolumeConfiguration)
    const fileSystemId = text(efs.FilesystemId) ?? text(efs.FileSystemId)
    const accessPointId = text(record(efs.AuthorizationConfig).AccessPointId)
    return fileSystemId === undefined ? [] : [{fileSystemId, accessPointId}]
  })
  return {executionRole: text(properties.ExecutionRoleArn), taskRole: text(properties.TaskRoleArn), volumes}
}

/** The containers, those that others wait for first. */
export function containersOf(definition: Resource): Container[] {
  const containers = records(definition.properties.ContainerDefinitions).map(container)
  const awaited = new Set(containers.flatMap(({afterSuccessOf}) => afterSuccessOf))
  return [...containers].sort(
    (left, right) => Number(awaited.has(right.name)) - Number(awaited.has(left.name)),
  )
}

/** The container port that a port mapping's name stands for. */
export function portOf(definition: Resource, portName: string): number | undefined {
  const mappings = records(definition.properties.ContainerDefinitions).flatMap(each =>
    records(each.PortMappings),
  )
  return number(mappings.find(({Name}) => text(Name) === portName)?.ContainerPort)
}

function container(definition: Properties): Container {
  return {
    name: text(definition.Name) ?? '',
    image: text(definition.Image) ?? '',
    essential: flag(definition.Essential) ?? true,
    ports: records(definition.PortMappings).flatMap(mapping => number(mapping.ContainerPort) ?? []),
    environment: Object.fromEntries(
      records(definition.Environment).map(({Name, Value}) => [text(Name) ?? '', text(Value) ?? '']),
    ),
    secrets: records(definition.Secrets).map(({Name, ValueFrom}) => ({
      name: text(Name) ?? '',
      valueFrom: text(ValueFrom) ?? '',
    })),
    afterSuccessOf: records(definition.DependsOn)
      .filter(({Condition}) => Condition === 'SUCCESS' || Condition === 'COMPLETE')
      .flatMap(({ContainerName}) => text(ContainerName) ?? []),
    healthCheck: healthCheck(definition.HealthCheck),
    log: logOf(definition.LogConfiguration),
  }
}

function healthCheck(value: unknown): Container['healthCheck'] {
  if (value === undefined) return undefined
  const {Interval, StartPeriod} = record(value)
  return {interval: number(Interval) ?? 30, startPeriod: number(StartPeriod) ?? 0}
}

function logOf(value: unknown): Container['log'] {
  const configuration = record(value)
  const options = record(configuration.Options)
  const group = text(options['awslogs-group'])
  if (configuration.LogDriver !== 'awslogs' || !group) return undefined
  return {
    group,
    prefix: text(options['awslogs-stream-prefix']),
    createGroup: flag(options['awslogs-create-group']) ?? false,
  }
}
