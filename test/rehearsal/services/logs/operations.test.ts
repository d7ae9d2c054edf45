import {beforeEach, describe, expect, it} from 'vitest'
import type {World} from '../../../../src/rehearsal/account/world.js'
import {logsOperations} from '../../../../src/rehearsal/services/logs/operations.js'
import {writeLog} from '../../../../src/rehearsal/services/logs/streams.js'
import {callIn} from '../../helpers/call.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
let world: World
let logs: ReturnType<typeof logsOperations>

beforeEach(() => {
  world = testWorld().world
  logs = logsOperations(world)
})

const group = (logGroupName: string) => logs.CreateLogGroup({logGroupName, tags: {team: 'demo'}}, here)

it('groups are listed by prefix, in order, page by page', () => {
  for (const name of ['/b/2', '/a/1', '/b/1']) group(name)
  const first = logs.DescribeLogGroups({logGroupNamePrefix: '/b', limit: 1}, here)
  expect(first.logGroups.map(({logGroupName}) => logGroupName)).toEqual(['/b/1'])
  const second = logs.DescribeLogGroups(
    {logGroupNamePrefix: '/b', limit: 1, nextToken: first.nextToken},
    here,
  )
  expect(second.logGroups.map(({logGroupName}) => logGroupName)).toEqual(['/b/2'])
  expect(second.nextToken).toBeUndefined()
})

it('a group belongs to its region', () => {
  group('/demo')
  expect(logs.DescribeLogGroups({}, callIn('eu-west-1')).logGroups).toEqual([])
})

it('a group exists once, and what does not exist is refused', () => {
  group('/demo')
  expect(() => group('/demo')).toThrow('The specified log group already exists')
  expect(() => logs.DeleteLogGroup({logGroupName: '/absent'}, here)).toThrow(
    'The specified log group does not exist.',
  )
  logs.DeleteLogGroup({logGroupName: '/demo'}, here)
  expect(logs.DescribeLogGroups({}, here).logGroups).toEqual([])
})

it('a retention that exists is kept, another one is refused', () => {
  group('/demo')
  logs.PutRetentionPolicy({logGroupName: '/demo', retentionInDays: 30}, here)
  expect(logs.DescribeLogGroups({}, here).logGroups[0]?.retentionInDays).toBe(30)
  expect(() => logs.PutRetentionPolicy({logGroupName: '/demo', retentionInDays: 31}, here)).toThrow(
    'not a valid retention period',
  )
})

it('tags can be read and changed by ARN', () => {
  group('/demo')
  const resourceArn = logs.DescribeLogGroups({}, here).logGroups[0]?.logGroupArn
  logs.TagResource({resourceArn, tags: {stage: 'x'}}, here)
  logs.UntagResource({resourceArn, tagKeys: ['team']}, here)
  expect(logs.ListTagsForResource({resourceArn}, here).tags).toEqual({stage: 'x'})
})

it('what simulations write is read, from the end or from the head', () => {
  writeLog(world, world.region('us-west-2'), '/build', 'one', ['a', 'b', 'c'])
  const read = (input: object) =>
    logs.GetLogEvents({logGroupName: '/build', logStreamName: 'one', ...input}, here)
  const messages = (input: object) => read(input).events.map(({message}) => message)
  expect(messages({limit: 2})).toEqual(['b', 'c'])
  expect(messages({limit: 2, startFromHead: true})).toEqual(['a', 'b'])
  const {nextForwardToken} = read({limit: 2, startFromHead: true})
  expect(messages({nextToken: nextForwardToken})).toEqual(['c'])
})

it('at the end of a stream the forward token stays the same, which is how clients know', () => {
  writeLog(world, world.region('us-west-2'), '/build', 'one', ['a'])
  const input = {logGroupName: '/build', logStreamName: 'one', startFromHead: true}
  const {nextForwardToken} = logs.GetLogEvents(input, here)
  const again = logs.GetLogEvents({...input, nextToken: nextForwardToken}, here)
  expect(again.events).toEqual([])
  expect(again.nextForwardToken).toBe(nextForwardToken)
})

describe('a range of time', () => {
  const stream = {logGroupName: '/tail', logStreamName: 'one'}

  beforeEach(() => {
    group('/tail')
    logs.CreateLogStream(stream, here)
    // Simulated durations end between milliseconds.
    const at = [1000.2, 2000.7, 3000]
    logs.PutLogEvents(
      {...stream, logEvents: at.map(timestamp => ({timestamp, message: `${timestamp}`}))},
      here,
    )
  })

  const get = (range: object) => logs.GetLogEvents({...stream, ...range}, here).events
  const filter = (range: object) => logs.FilterLogEvents({logGroupName: '/tail', ...range}, here).events

  it('that begins at the time which an event shows has that event', () => {
    for (const {timestamp, message} of get({})) {
      expect(get({startTime: timestamp})[0]?.message).toBe(message)
      expect(filter({startTime: timestamp})[0]?.message).toBe(message)
    }
  })

  it('has its end when it is filtered, and lacks it when it is read', () => {
    expect(filter({endTime: 2001})).toHaveLength(2)
    expect(get({endTime: 2001})).toHaveLength(1)
  })

  it('leaves every event its id, so that a tail whose requests overlap knows it again', () => {
    const all = filter({}).map(({eventId}) => eventId)
    expect(new Set(all).size).toBe(3)
    expect(all[2]).toMatch(/^\d{56}$/)
    expect(filter({startTime: 2500}).map(({eventId}) => eventId)).toEqual([all[2]])
  })

  it('is read in the order of time, whatever came in first', () => {
    logs.PutLogEvents({...stream, logEvents: [{timestamp: 1500, message: 'late'}]}, here)
    expect(get({}).map(({timestamp}) => timestamp)).toEqual([1000, 1500, 2001, 3000])
  })
})

it.each([
  [{logStreamNames: ['absent']}, 'The specified log stream does not exist.'],
  [{logStreamNames: ['one'], logStreamNamePrefix: 'o'}, 'mutually exclusive'],
])('a filter by the streams %j is refused', (input, message) => {
  group('/demo')
  logs.CreateLogStream({logGroupName: '/demo', logStreamName: 'one'}, here)
  expect(() => logs.FilterLogEvents({logGroupName: '/demo', ...input}, here)).toThrow(message)
})

it('a token that was never given is refused', () => {
  group('/demo')
  const stream = {logGroupName: '/demo', logStreamName: 'one'}
  logs.CreateLogStream(stream, here)
  expect(() => logs.GetLogEvents({...stream, nextToken: 'x'}, here)).toThrow(
    'The specified nextToken is invalid.',
  )
})

it.each([
  ['error', ['an error', 'a fatal error']],
  ['error -fatal', ['an error']],
  ['"fatal error"', ['a fatal error']],
  ['?fatal ?fine', ['a fatal error', 'all fine']],
  ['', ['an error', 'a fatal error', 'all fine']],
])('the pattern %s keeps %j', (filterPattern, expected) => {
  writeLog(world, world.region('us-west-2'), '/build', 'one', ['an error', 'a fatal error'])
  writeLog(world, world.region('us-west-2'), '/build', 'two', ['all fine'])
  const {events} = logs.FilterLogEvents({logGroupName: '/build', filterPattern}, here)
  expect(events.map(({message}) => message)).toEqual(expected)
})

it('a JSON pattern is refused, as it is not understood', () => {
  group('/demo')
  expect(() => logs.FilterLogEvents({logGroupName: '/demo', filterPattern: '{$.a = 1}'}, here)).toThrow(
    'Invalid filter pattern',
  )
})

it('streams can be made, written, listed by last event and removed', () => {
  group('/demo')
  for (const [index, logStreamName] of ['old', 'new'].entries()) {
    logs.CreateLogStream({logGroupName: '/demo', logStreamName}, here)
    const logEvents = [{timestamp: 1000 + index, message: 'x'}]
    logs.PutLogEvents({logGroupName: '/demo', logStreamName, logEvents}, here)
  }
  const {logStreams} = logs.DescribeLogStreams(
    {logGroupName: '/demo', orderBy: 'LastEventTime', descending: true},
    here,
  )
  expect(logStreams.map(({logStreamName}) => logStreamName)).toEqual(['new', 'old'])
  logs.DeleteLogStream({logGroupName: '/demo', logStreamName: 'old'}, here)
  expect(() => logs.GetLogEvents({logGroupName: '/demo', logStreamName: 'old'}, here)).toThrow(
    'The specified log stream does not exist.',
  )
})

it.each([
  [[], /between 1 and 10000/],
  [
    [
      {timestamp: 2, message: 'a'},
      {timestamp: 1, message: 'b'},
    ],
    /chronological order/,
  ],
  [
    [
      {timestamp: 0, message: 'a'},
      {timestamp: 86_400_001, message: 'b'},
    ],
    /24 hours/,
  ],
  [
    [{timestamp: 0, message: 'x'.repeat(1_048_551)}],
    /^Upload too large: 1048577 bytes exceeds limit of 1048576$/,
  ],
])('a batch of events that AWS would not take is refused', (logEvents, message) => {
  logs.CreateLogGroup({logGroupName: '/batch'}, here)
  const stream = {logGroupName: '/batch', logStreamName: 's'}
  logs.CreateLogStream(stream, here)
  expect(() => logs.PutLogEvents({...stream, logEvents}, here)).toThrow(message)
  expect(logs.GetLogEvents(stream, here).events).toEqual([])
  expect(() =>
    logs.PutLogEvents({...stream, logEvents: [{timestamp: 1, message: 'fine'}]}, here),
  ).not.toThrow()
})
