import type {Region} from '../../account/account.js'
import type {Stack} from '../../account/stack.js'
import type {World} from '../../account/world.js'
import {isProtected} from '../../engine/delete-stack.js'
import {exportsIn, importersOf} from '../../engine/exports.js'
import {findStack, forgetOldStacks, isLive, validation} from '../../engine/lookup.js'
import {seenEvents, seenResources, seenStack} from '../../engine/reads.js'
import {newestPage} from '../../resources/newest-page.js'
import {pageOf} from '../../resources/paging.js'
import {ssmParameterValue} from '../../resources/ssm-parameter-value.js'
import type {Operations} from '../../wire/index.js'
import {describeEvent, describeResource, describeStack, summarise, summariseResource} from './describe.js'

/** Entries of one page. Source: CloudFormation API reference. */
const pageSize = 100

const withId = (name: string) => `Stack with id ${name} does not exist`
const bracketed = (name: string) => `Stack [${name}] does not exist`

/** What can be read of stacks, as far as it has come through to the readers. */
export function stackReadOperations(world: World): Operations<'cloudformation'> {
  const regionOf = (call: {region: string}): Region => {
    const region = world.region(call.region)
    forgetOldStacks(world, region)
    return region
  }
  const requireStack = (region: Region, name = '', message: (name: string) => string = withId): Stack => {
    const stack = findStack(region, name)
    if (!stack) throw validation(message(name))
    return stack
  }

  return {
    DescribeStacks(input, call) {
      const region = regionOf(call)
      const stacks =
        input.StackName === undefined
          ? Object.values(region.stacks).filter(isLive)
          : [requireStack(region, input.StackName)]
      const {items, next} = pageOf(stacks, input.NextToken, pageSize)
      const stored = (name: string) => ssmParameterValue(world, region, name)
      const shown = (stack: Stack) => ({
        ...seenStack(world, stack),
        terminationProtection: isProtected(region, stack),
      })
      return {Stacks: items.map(stack => describeStack(shown(stack), stored)), NextToken: next}
    },
    ListStacks(input, call) {
      const wanted = new Set<string>(input.StackStatusFilter ?? [])
      const stacks = Object.values(regionOf(call).stacks)
        .map(stack => seenStack(world, stack))
        .filter(({status}) => wanted.size === 0 || wanted.has(status))
        .toReversed()
      const {items, next} = pageOf(stacks, input.NextToken, pageSize)
      return {StackSummaries: items.map(summarise), NextToken: next}
    },
    DescribeStackEvents(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, bracketed)
      const {items, next} = newestPage(stack.events, seenEvents(world, stack), input.NextToken, pageSize)
      return {StackEvents: items.map(event => describeEvent(stack, event)), NextToken: next}
    },
    DescribeStackResources(input, call) {
      const region = regionOf(call)
      const stack =
        input.StackName === undefined && input.PhysicalResourceId !== undefined
          ? ownerOf(region, input.PhysicalResourceId)
          : requireStack(region, input.StackName)
      const resources = seenResources(world, stack).filter(
        ({logicalId}) => input.LogicalResourceId === undefined || logicalId === input.LogicalResourceId,
      )
      return {
        StackResources: resources
          .slice(0, pageSize)
          .map(stackResource => describeResource(stack, stackResource)),
      }
    },
    DescribeStackResource(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, bracketed)
      const stackResource = seenResources(world, stack).find(
        ({logicalId}) => logicalId === input.LogicalResourceId,
      )
      if (!stackResource) {
        throw validation(`Resource ${input.LogicalResourceId} does not exist for stack ${input.StackName}`)
      }
      return {
        StackResourceDetail: {
          ...describeResource(stack, stackResource),
          LastUpdatedTimestamp: new Date(stackResource.updatedAt),
        },
      }
    },
    ListStackResources(input, call) {
      const stack = requireStack(regionOf(call), input.StackName)
      const {items, next} = pageOf(seenResources(world, stack), input.NextToken, pageSize)
      return {StackResourceSummaries: items.map(summariseResource), NextToken: next}
    },
    ListExports(input, call) {
      const exports = [...exportsIn(regionOf(call))].map(([Name, {value, stack}]) => ({
        Name,
        Value: value,
        ExportingStackId: stack.id,
      }))
      const {items, next} = pageOf(exports, input.NextToken, pageSize)
      return {Exports: items, NextToken: next}
    },
    ListImports(input, call) {
      const names = importersOf(regionOf(call), input.ExportName ?? '')
      if (names.length === 0) {
        throw validation(`Export '${input.ExportName}' is not imported by any stack.`)
      }
      const {items, next} = pageOf(names, input.NextToken, pageSize)
      return {Imports: items, NextToken: next}
    },
  }
}

/** @throws AwsError ValidationError when no stack has the resource. */
function ownerOf(region: Region, physicalId: string): Stack {
  const owner = Object.values(region.stacks).find(
    stack =>
      isLive(stack) &&
      Object.values(stack.resources).some(stackResource => stackResource.physicalId === physicalId),
  )
  if (!owner) throw validation(`Stack for ${physicalId} does not exist`)
  return owner
}
