import {referencesIn} from '../../template/references.js'
import type {PlannedResource, PlannedStack} from '../plan/planned-stacks.js'
import {ofType, propertyOf} from './will-make.js'

/** CPU units of one virtual CPU. */
const unitsPerVcpu = 1024

/** What the services of some stacks take of Fargate; sizes are in virtual CPUs. */
export interface TaskSizes {
  /** How many tasks. */
  readonly tasks: number
  /** Of all tasks at their counts. */
  readonly all: number
  /** Of the largest task: what an update of its service needs beside what runs. */
  readonly largest: number
}

export function taskSizes(planned: readonly PlannedStack[]): TaskSizes {
  const definitions = ofType(planned, 'AWS::ECS::TaskDefinition')
  const targets = ofType(planned, 'AWS::ApplicationAutoScaling::ScalableTarget')
  const sizes = ofType(planned, 'AWS::ECS::Service').map(service => {
    const definition = definitions.find(({logicalId}) => logicalId === propertyOf(service, 'TaskDefinition'))
    return {vcpus: targetsOfLayout(definition) / unitsPerVcpu, count: countOf(service, targets)}
  })
  return {
    tasks: sizes.reduce((sum, {count}) => sum + count, 0),
    all: sizes.reduce((sum, {vcpus, count}) => sum + vcpus * count, 0),
    largest: Math.max(0, ...sizes.filter(({count}) => count > 0).map(({vcpus}) => vcpus)),
  }
}

/** One unless the template says otherwise, and not below what scaling keeps. */
function countOf(service: PlannedResource, targets: readonly PlannedResource[]): number {
  const floors = targets
    .filter(({declaration}) =>
      referencesIn(declaration.properties.ResourceId ?? '').some(({name}) => name === service.logicalId),
    )
    .map(target => numberOf(propertyOf(target, 'MinCapacity')))
  return Math.max(numberOf(propertyOf(service, 'DesiredCount') ?? 1), ...floors)
}

/** A task definition says its CPU in stackTargets (`512`) or in words (`.5 vCPU`). */
function targetsOfLayout(definition: PlannedResource | undefined): number {
  const cpu = String((definition && propertyOf(definition, 'Cpu')) ?? '0')
  return /vcpu/i.test(cpu) ? Number.parseFloat(cpu) * unitsPerVcpu : numberOf(cpu)
}

function numberOf(value: unknown): number {
  return Number(value) || 0
}
