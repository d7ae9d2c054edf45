import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {arn} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {number, text} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {retentionDays} from './providers.js'
import {ensureLogGroup, groupRemoved, type LogStream} from './streams.js'

const logGroup = 'AWS::Logs::LogGroup'

/** Groups or streams in a page. Source: CloudWatch Logs API reference, DescribeLogGroups and DescribeLogStreams. */
export const largestPage = 50

/** Log groups: list, make, delete, retention and tags. */
export function groupOperations(world: World) {
  return {
    DescribeLogGroups(input, call) {
      const region = world.region(call.region)
      const {logGroupNamePrefix, logGroupNamePattern} = input
      checkLimit(input.limit, largestPage)
      if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
        throw modelled(
          'InvalidParameterException',
          'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
        )
      }
      const found = world
        .resourcesOf(region, logGroup)
        .filter(({physicalId}) => physicalId.startsWith(logGroupNamePrefix ?? ''))
        .filter(({physicalId}) =>
          physicalId.toLowerCase().includes((logGroupNamePattern ?? '').toLowerCase()),
        )
        .sort((left, right) => (left.physicalId < right.physicalId ? -1 : 1))
      const page = pageOf(found, input.nextToken, input.limit ?? largestPage)
      return {logGroups: page.items.map(group => groupEntry(world, region, group)), nextToken: page.next}
    },

    CreateLogGroup(input, call) {
      const region = world.region(call.region)
      const name = input.logGroupName ?? ''
      if (world.resource(region, logGroup, name)) {
        throw modelled('ResourceAlreadyExistsException', 'The specified log group already exists')
      }
      if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
        throw modelled(
          'InvalidParameterException',
          `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
        )
      }
      const group = ensureLogGroup(world, region, name)
      group.tags = {...input.tags}
    },

    DeleteLogGroup(input, call) {
      const region = world.region(call.region)
      const group = groupNamed(world, region, input.logGroupName)
      world.remove(region, group)
      groupRemoved(world, region, group.physicalId)
    },

    PutRetentionPolicy(input, call) {
      const group = groupNamed(world, world.region(call.region), input.logGroupName)
      if (!retentionDays.includes(input.retentionInDays ?? 0)) {
        throw modelled(
          'InvalidParameterException',
          `${input.retentionInDays} is not a valid retention period.`,
        )
      }
      // A copy: the stack's own record of the properties must not change with it.
      group.properties = {...group.properties, RetentionInDays: input.retentionInDays}
    },

    DeleteRetentionPolicy(input, call) {
      const group = groupNamed(world, world.region(call.region), input.logGroupName)
      const {RetentionInDays: _, ...others} = group.properties
      group.properties = others
    },

    ListTagsForResource(input, call) {
      return {tags: taggedGroup(world, world.region(call.region), input.resourceArn).tags}
    },

    TagResource(input, call) {
      Object.assign(taggedGroup(world, world.region(call.region), input.resourceArn).tags, input.tags)
    },

    UntagResource(input, call) {
      const group = taggedGroup(world, world.region(call.region), input.resourceArn)
      for (const key of input.tagKeys ?? []) delete group.tags[key]
    },

    ListTagsLogGroup(input, call) {
      return {tags: groupNamed(world, world.region(call.region), input.logGroupName).tags}
    },
  } satisfies Operations<'logs'>
}

/** @throws InvalidParameterException */
export function checkLimit(limit: number | undefined, most: number): void {
  checkValue('limit', limit, {least: 1, most}, message => modelled('InvalidParameterException', message))
}

/** The group with a name or ARN. @throws ResourceNotFoundException. */
export function groupNamed(world: World, region: Region, id: string | undefined): Resource {
  const name = (id ?? '').replace(/^arn:aws:logs:[^:]*:\d*:log-group:/, '').replace(/:\*$/, '')
  const group = world.resource(region, logGroup, name)
  if (group) return group
  throw modelled('ResourceNotFoundException', 'The specified log group does not exist.')
}

/** The streams of a group by name. */
export function streamsOf({data}: Resource): Record<string, LogStream> {
  data.streams ??= {}
  return data.streams as Record<string, LogStream>
}

function taggedGroup(world: World, region: Region, resourceArn: string | undefined): Resource {
  const prefix = arn(world, region.name, 'logs', 'log-group:')
  if (resourceArn?.startsWith(prefix)) return groupNamed(world, region, resourceArn)
  throw modelled('ResourceNotFoundException', 'The specified resource does not exist.')
}

function groupEntry(world: World, region: Region, group: Resource) {
  const name = group.physicalId
  const groupArn = arn(world, region.name, 'logs', `log-group:${name}`)
  const bytes = Object.values(streamsOf(group))
    .flatMap(({events}) => events)
    .reduce((sum, {message}) => sum + Buffer.byteLength(message), 0)
  return {
    logGroupName: name,
    arn: `${groupArn}:*`,
    logGroupArn: groupArn,
    creationTime: Math.round(group.createdAt),
    retentionInDays: number(group.properties.RetentionInDays),
    kmsKeyId: text(group.properties.KmsKeyId),
    logGroupClass: 'STANDARD' as const,
    metricFilterCount: 0,
    storedBytes: bytes,
  }
}
