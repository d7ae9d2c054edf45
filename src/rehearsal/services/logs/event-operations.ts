import type {Resource} from '../../account/account.js'
import {hexId} from '../../account/random.js'
import type {World} from '../../account/world.js'
import {arn} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {checkLimit, groupNamed, largestPage, streamsOf} from './group-operations.js'
import type {LogStream} from './streams.js'

/** Events in an answer, at most. Source: CloudWatch Logs API reference, GetLogEvents. */
const maxEvents = 10_000

/** Log streams and their events. */
export function eventOperations(world: World) {
  return {
    DescribeLogStreams(input, call) {
      const region = world.region(call.region)
      const group = groupNamed(world, region, input.logGroupName ?? input.logGroupIdentifier)
      checkLimit(input.limit, largestPage)
      const byTime = input.orderBy === 'LastEventTime'
      if (byTime && input.logStreamNamePrefix !== undefined) {
        throw modelled(
          'InvalidParameterException',
          'Cannot order by LastEventTime with a logStreamNamePrefix.',
        )
      }
      const prefix = arn(world, region.name, 'logs', `log-group:${group.physicalId}:log-stream:`)
      const found = Object.entries(streamsOf(group))
        .filter(([name]) => name.startsWith(input.logStreamNamePrefix ?? ''))
        .map(([name, stream]) => streamEntry(prefix, name, stream))
        .sort((left, right) =>
          byTime
            ? (left.lastEventTimestamp ?? 0) - (right.lastEventTimestamp ?? 0)
            : left.logStreamName < right.logStreamName
              ? -1
              : 1,
        )
      if (input.descending) found.reverse()
      const page = pageOf(found, input.nextToken, input.limit ?? largestPage)
      return {logStreams: page.items, nextToken: page.next}
    },

    GetLogEvents(input, call) {
      const group = groupNamed(
        world,
        world.region(call.region),
        input.logGroupName ?? input.logGroupIdentifier,
      )
      const events = shownEvents(streamNamed(group, input.logStreamName)).filter(({timestamp}) =>
        isWithin(timestamp, input.startTime, (input.endTime ?? Number.POSITIVE_INFINITY) - 1),
      )
      const {limit = maxEvents} = input
      checkLimit(limit, maxEvents)
      const {direction, at = 0} = placeOf(input.nextToken)
      // Without a token the newest events come first, unless the caller starts from the head.
      const start =
        direction === 'f'
          ? at
          : direction === 'b'
            ? Math.max(0, at - limit)
            : input.startFromHead
              ? 0
              : Math.max(0, events.length - limit)
      const end = direction === 'b' ? at : Math.min(events.length, start + limit)
      return {
        events: events.slice(start, end),
        nextForwardToken: `f/${end}`,
        nextBackwardToken: `b/${start}`,
      }
    },

    FilterLogEvents(input, call) {
      const group = groupNamed(
        world,
        world.region(call.region),
        input.logGroupName ?? input.logGroupIdentifier,
      )
      const {logStreamNames: names, logStreamNamePrefix: prefix, startTime, endTime} = input
      checkLimit(input.limit, maxEvents)
      if (names !== undefined && prefix !== undefined) {
        throw modelled(
          'InvalidParameterException',
          'logStreamNames and logStreamNamePrefix are mutually exclusive.',
        )
      }
      for (const name of names ?? []) streamNamed(group, name)
      const matches = filterOf(input.filterPattern)
      const found = Object.entries(streamsOf(group))
        .filter(([name]) => names?.includes(name) ?? name.startsWith(prefix ?? ''))
        .flatMap(([logStreamName, stream]) =>
          shownEvents(stream).map((event, index) => ({
            logStreamName,
            ...event,
            // The same event has the same id, whatever the request leaves out.
            eventId: eventId(world, group, logStreamName, index),
          })),
        )
        .filter(({timestamp, message}) => isWithin(timestamp, startTime, endTime) && matches(message))
        .sort((left, right) => left.timestamp - right.timestamp)
      const page = pageOf(found, input.nextToken, input.limit ?? maxEvents)
      return {events: page.items, searchedLogStreams: [], nextToken: page.next}
    },

    CreateLogStream(input, call) {
      const streams = streamsOf(groupNamed(world, world.region(call.region), input.logGroupName))
      const name = input.logStreamName ?? ''
      if (streams[name]) {
        throw modelled('ResourceAlreadyExistsException', 'The specified log stream already exists')
      }
      streams[name] = {createdAt: world.now, events: []}
    },

    DeleteLogStream(input, call) {
      const group = groupNamed(world, world.region(call.region), input.logGroupName)
      streamNamed(group, input.logStreamName)
      delete streamsOf(group)[input.logStreamName ?? '']
    },

    PutLogEvents(input, call) {
      const group = groupNamed(world, world.region(call.region), input.logGroupName)
      const {events} = streamNamed(group, input.logStreamName)
      checkBatch(input.logEvents ?? [])
      for (const {timestamp, message} of input.logEvents ?? []) {
        events.push({at: timestamp ?? world.now, message: message ?? ''})
      }
      return {nextSequenceToken: String(events.length)}
    },
  } satisfies Operations<'logs'>
}

/** Bytes of a batch, of which each event takes so many beside its message. */
const maxBatchBytes = 1_048_576
const eventOverheadBytes = 26
/** Events of a batch lie this close together. */
const maxSpanMs = 24 * 3_600_000

/** Source: CloudWatch Logs API reference, PutLogEvents. @throws InvalidParameterException */
function checkBatch(events: readonly {timestamp?: number; message?: string}[]): void {
  const refuse = (message: string) => modelled('InvalidParameterException', message)
  const times = events.map(({timestamp = 0}) => timestamp)
  const bytes = events.reduce(
    (sum, {message = ''}) => sum + Buffer.byteLength(message) + eventOverheadBytes,
    0,
  )
  if (events.length === 0 || events.length > maxEvents) {
    throw refuse(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${maxEvents}`,
    )
  }
  if (bytes > maxBatchBytes)
    throw refuse(`Upload too large: ${bytes} bytes exceeds limit of ${maxBatchBytes}`)
  if (times.some((at, index) => at < (times[index - 1] ?? at))) {
    throw refuse('Log events in a single PutLogEvents request must be in chronological order.')
  }
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > maxSpanMs) {
    throw refuse('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  }
}

/** @throws ResourceNotFoundException. */
function streamNamed(group: Resource, name: string | undefined): LogStream {
  const stream = streamsOf(group)[name ?? '']
  if (stream) return stream
  throw modelled('ResourceNotFoundException', 'The specified log stream does not exist.')
}

/** The events of a stream as they are shown, oldest first: their time is in whole milliseconds. */
function shownEvents({events}: LogStream) {
  return events
    .map(({at, message}) => ({timestamp: Math.round(at), message, ingestionTime: Math.round(at)}))
    .sort((left, right) => left.timestamp - right.timestamp)
}

/**
 * Whether a time lies in a range, both ends included.
 * Source: FilterLogEvents, endTime: later events are left out; GetLogEvents leaves out those of that moment, too.
 */
function isWithin(timestamp: number, first = 0, last = Number.POSITIVE_INFINITY): boolean {
  return timestamp >= first && timestamp <= last
}

function eventId(world: World, group: Resource, stream: string, index: number): string {
  const digits = BigInt(`0x${hexId(world.account.seed, 44, 'event', group.physicalId, stream, index)}`)
  return digits.toString().padStart(56, '3').slice(-56)
}

/** Where a token of GetLogEvents continues, and in which direction. @throws InvalidParameterException */
function placeOf(token: string | undefined): {direction?: string; at?: number} {
  if (token === undefined) return {}
  const [, direction, at] = /^([fb])\/(\d+)$/.exec(token) ?? []
  if (at === undefined) throw modelled('InvalidParameterException', 'The specified nextToken is invalid.')
  return {direction, at: Number(at)}
}

/**
 * Terms that must all occur; `?term` means any of them, `-term` none, quotes keep words together.
 * Source: CloudWatch Logs user guide, "Filter pattern syntax", unstructured log events.
 * @throws InvalidParameterException for JSON, array and regular expression patterns, which are not understood here.
 */
function filterOf(pattern: string | undefined): (message: string) => boolean {
  const source = (pattern ?? '').trim()
  if (/^[{[%]/.test(source)) throw modelled('InvalidParameterException', 'Invalid filter pattern')
  const terms = Array.from(source.matchAll(/([?-]?)(?:"([^"]*)"|(\S+))/g), ([, mark = '', quoted, bare]) => ({
    mark,
    term: quoted ?? bare ?? '',
  }))
  const marked = (mark: string) => terms.filter(each => each.mark === mark)
  return message => {
    const has = ({term}: {term: string}) => message.includes(term)
    const any = marked('?')
    return marked('').every(has) && !marked('-').some(has) && (any.length === 0 || any.some(has))
  }
}

function streamEntry(prefix: string, name: string, {createdAt, events}: LogStream) {
  const last = events.at(-1)?.at
  return {
    logStreamName: name,
    arn: `${prefix}${name}`,
    creationTime: Math.round(createdAt),
    firstEventTimestamp: rounded(events[0]?.at),
    lastEventTimestamp: rounded(last),
    lastIngestionTime: rounded(last),
    storedBytes: 0,
  }
}

function rounded(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.round(at)
}
