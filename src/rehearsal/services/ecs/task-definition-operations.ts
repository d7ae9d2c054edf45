import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {beginGoing} from '../../resources/going.js'
import {pageOf} from '../../resources/paging.js'
import {about} from '../../resources/timing.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {describeTaskDefinition} from './describe-tasks.js'
import {checkPageSize, invalidToken} from './requests.js'
import {tagList} from './shape.js'
import {
  familyOf,
  findTaskDefinition,
  keepInactive,
  revisionOf,
  statusOfDefinition,
  taskDefinitions,
} from './task-definitions.js'

/** Until a deleted revision has gone. ECS waits for what still runs of it; the account does not. */
const deleteSeconds = 30
/** Source: Amazon ECS API reference, DeleteTaskDefinitions. */
const mostDeleted = 10

/** Task definitions: read, deregistered, deleted. Source: Amazon ECS API reference. */
export function taskDefinitionOperations(world: World) {
  const demand = (region: Region, reference: string): Resource => {
    const definition = findTaskDefinition(world, region, reference)
    if (!definition) throw modelled('ClientException', 'Unable to describe task definition.')
    return definition
  }
  return {
    DescribeTaskDefinition({taskDefinition = '', include}, {region: name}) {
      const definition = demand(world.region(name), taskDefinition)
      return {
        taskDefinition: describeTaskDefinition(definition),
        tags: include?.includes('TAGS') ? tagList(definition.tags) : [],
      }
    },

    ListTaskDefinitions({familyPrefix, status = 'ACTIVE', sort, maxResults, nextToken}, {region: name}) {
      checkPageSize(maxResults)
      const sorted = taskDefinitions(world, world.region(name))
        .filter(definition => statusOfDefinition(definition) === status)
        .filter(definition => familyPrefix === undefined || familyOf(definition) === familyPrefix)
        .sort(
          (left, right) =>
            familyOf(left).localeCompare(familyOf(right)) || revisionOf(left) - revisionOf(right),
        )
        .map(({physicalId}) => physicalId)
      const ordered = sort === 'DESC' ? sorted.reverse() : sorted
      const page = pageOf(ordered, nextToken, maxResults ?? 100, invalidToken)
      return {taskDefinitionArns: page.items, nextToken: page.next}
    },

    ListTaskDefinitionFamilies({familyPrefix = '', status, maxResults, nextToken}, {region: name}) {
      checkPageSize(maxResults)
      // Source: ListTaskDefinitionFamilies, status: a family is ACTIVE as long as one of its revisions is.
      const all = taskDefinitions(world, world.region(name))
      const active = new Set(all.filter(each => statusOfDefinition(each) === 'ACTIVE').map(familyOf))
      const families = [...new Set(all.map(familyOf))]
        .filter(family => family.startsWith(familyPrefix))
        .filter(family => {
          if (status === 'ACTIVE') return active.has(family)
          return status !== 'INACTIVE' || !active.has(family)
        })
        .sort()
      const page = pageOf(families, nextToken, maxResults ?? 100, invalidToken)
      return {families: page.items, nextToken: page.next}
    },

    DeregisterTaskDefinition({taskDefinition = ''}, {region: name}) {
      const region = world.region(name)
      if (!taskDefinition.includes(':')) {
        throw modelled('ClientException', 'Task definition must have a revision.')
      }
      const definition = demand(region, taskDefinition)
      if (statusOfDefinition(definition) !== 'ACTIVE') {
        return {taskDefinition: describeTaskDefinition(definition)}
      }
      world.remove(region, definition)
      return {taskDefinition: describeTaskDefinition(keepInactive(world, region, definition))}
    },

    DeleteTaskDefinitions({taskDefinitions: references = []}, {region: name}) {
      const region = world.region(name)
      if (references.length === 0 || references.length > mostDeleted) {
        throw modelled(
          'InvalidParameterException',
          `taskDefinitions should have between 1 and ${mostDeleted} items.`,
        )
      }
      const found = references.map(reference => ({
        reference,
        definition: findTaskDefinition(world, region, reference),
      }))
      const deletable = found.flatMap(({definition}) =>
        definition && statusOfDefinition(definition) !== 'ACTIVE' ? [definition] : [],
      )
      for (const definition of deletable) {
        if (statusOfDefinition(definition) !== 'INACTIVE') continue
        beginGoing(world, region, definition, about(world, deleteSeconds, definition.physicalId, 'delete'))
      }
      return {
        taskDefinitions: deletable.map(describeTaskDefinition),
        failures: found
          .filter(({definition}) => !definition || !deletable.includes(definition))
          .map(({reference, definition}) => ({
            arn: definition?.physicalId ?? reference,
            reason: definition
              ? 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'
              : 'The specified task definition does not exist. Specify a valid account, family, revision and try again.',
          })),
      }
    },
  } satisfies Operations<'ecs'>
}
