import type {Region} from '../../account/account.js'
import {quotas} from '../../account/quotas.js'
import type {World} from '../../account/world.js'
import {quotaValue} from '../../faults/quota-value.js'
import {text} from '../../resources/values.js'
import {findTaskDefinition} from './task-definitions.js'

/** CPU units of one virtual CPU. */
const unitsPerCpu = 1024

/**
 * How many tasks of a definition fit beside those that have not stopped yet.
 * Source: Amazon ECS developer guide, "AWS Fargate service quotas".
 */
export function placeableTasks(world: World, region: Region, taskDefinition: string): number {
  const used = Object.values(region.tasks)
    .filter(({lastStatus}) => lastStatus !== 'STOPPED')
    .reduce((sum, {taskDefinitionArn}) => sum + cpusOf(world, region, taskDefinitionArn), 0)
  const free = quotaValue(world.account, quotas.fargateCpus) - used
  const each = cpusOf(world, region, taskDefinition)
  return Math.max(0, Math.floor(each === 0 ? Number.MAX_SAFE_INTEGER : free / each))
}

/** Virtual CPUs of one task: a task definition says them in units (`512`) or in words (`.5 vCPU`). */
function cpusOf(world: World, region: Region, taskDefinition: string): number {
  const cpu = text(findTaskDefinition(world, region, taskDefinition)?.properties.Cpu) ?? ''
  const amount = Number.parseFloat(cpu) || 0
  return /vcpu/i.test(cpu) ? amount : amount / unitsPerCpu
}
