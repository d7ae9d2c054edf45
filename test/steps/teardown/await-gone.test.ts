import {beforeEach, expect, test} from 'vitest'
import type {LiveState} from '../../../src/aws/live/live.js'
import {failed} from '../../../src/errors.js'
import {awaitGone} from '../../../src/steps/teardown/await-gone.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const express = 'Resource operation completed using express mode. It may continue becoming available.'
const {signal} = new AbortController()
const database = 'AWS::RDS::DBInstance'

let aws: FakeAws
let context: TeardownContext
/** What is there at each look in turn; the last of them from then on. */
let looks: Map<string, LiveState>[]
let asked: string[]

beforeEach(() => {
  const clock = virtualClock()
  aws = new FakeAws(clock)
  context = teardownContext(aws, clock)
  asked = []
  aws.live = {
    ...aws.live,
    types: [database, 'AWS::KMS::Key', 'AWS::EC2::VPC'],
    look: async type => {
      asked.push(type)
      return (looks.length > 1 ? looks.shift() : looks[0]) ?? new Map()
    },
  }
})

function deleted(type: string, physicalId: string, reason?: string) {
  context.record.add({
    ...{label: 'data', stackName: 'demo', stackId: 'demo/1', logicalId: physicalId, at: 0, isStack: false},
    ...{type, physicalId, reason, status: 'DELETE_COMPLETE'},
  })
}

const run = () => awaitGone().run(context, {tell: listener().tell, signal})
const there = (is: LiveState['is'] = 'there') => new Map([['writer', {is} as LiveState]])

test('is left out where CloudFormation has waited itself', () => {
  deleted(database, 'writer')
  expect(awaitGone().skip?.(context)).toBe('CloudFormation has waited for everything itself')
  deleted(database, 'reader', express)
  expect(awaitGone().skip?.(context)).toBeUndefined()
})

test('asks for what is billed and nobody has waited for, until its service no longer knows it', async () => {
  deleted(database, 'writer', express)
  deleted('AWS::EC2::VPC', 'vpc-1', express)
  deleted(database, 'earlier')
  looks = [there(), there(), new Map()]
  await run()
  expect(asked).toEqual([database, database, database])
  expect([...context.provedGone]).toEqual(['writer'])
  expect(context.remaining).toEqual([])
})

test('what waits for its deletion is as good as gone', async () => {
  deleted('AWS::KMS::Key', 'writer', express)
  looks = [there('deleting')]
  await run()
  expect([...context.provedGone]).toEqual(['writer'])
})

test('what is still there after an hour remains, whatever CloudFormation has said', async () => {
  deleted(database, 'writer', express)
  looks = [there()]
  await run()
  expect(context.remaining).toMatchObject([{kind: database, name: 'writer', kept: false}])
  expect(context.provedGone.size).toBe(0)
})

test('what may not be looked at cannot be told, and is asked for once', async () => {
  deleted(database, 'writer', express)
  aws.live.look = async () => {
    throw failed('ACCESS_DENIED', 'You may not.')
  }
  await run()
  expect(context.unknown).toMatchObject([{kind: database, reason: expect.stringContaining('You may not.')}])
  expect(context.provedGone.size).toBe(0)
})
