import {describe, expect, test} from 'vitest'
import type {Stack, StackEvent} from '../../../src/rehearsal/account/stack.js'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'
import {EventOrder} from './event-order/event-order.js'
import {RandomAccount} from './event-order/random-account.js'

/** Steps of each account: long lives have states that short ones never come to, and many events to go through. */
const stepsOfOne = 100
const seed = Number(process.env.PROPERTY_SEED ?? 1)
const steps = Number(process.env.PROPERTY_RUNS ?? 100) * stepsOfOne

test(`after each of ${steps} random steps the events of every stack are in the order in which CloudFormation tells them`, () => {
  for (let one = 0; one < steps / stepsOfOne; one += 1) {
    const account = new RandomAccount(seed * 1000 + one)
    const order = new EventOrder()
    for (let step = 0; step < stepsOfOne; step += 1) {
      account.step()
      const wrong = order.look(account.stacks, account.byHand)
      // What was done is a long text, which only a failure needs.
      if (wrong.length > 0) expect(wrong, `account ${one}: ${account.log.join('\n')}`).toEqual([])
    }
  }
})

describe('events are out of order', () => {
  /** A nested creation that failed, was rolled back, and was deleted. */
  function lived(): Record<string, Stack> {
    const account = engineWorld()
    const url = account.upload('bad.json', {Resources: {Good: logGroup('good'), Bad: brokenLogGroup}})
    const nested = {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}
    account.create('root', {Resources: {Own: logGroup('own'), Nested: nested}})
    account.pass(300)
    account.remove('root')
    account.pass(300)
    return account.region.stacks
  }

  /** What is found after something was done to the events of the root, or of its nested stack. */
  function found(of: 'root' | 'nested', change: (events: StackEvent[]) => void): string[] {
    const stacks = lived()
    const stack = Object.values(stacks).find(({parentId}) => (parentId === undefined) === (of === 'root'))
    change(stack?.events ?? [])
    return new EventOrder().look(stacks, new Set())
  }

  const index = (events: readonly StackEvent[], logicalId: string, status: string) => {
    const at = events.findIndex(event => event.logicalId === logicalId && event.status === status)
    if (at < 0) throw new Error(`no ${logicalId} ${status}`)
    return at
  }
  const drop = (logicalId: string, status: string) => (events: StackEvent[]) => {
    events.splice(index(events, logicalId, status), 1)
  }

  test('never, where nothing was changed', () => {
    expect(found('root', () => {})).toEqual([])
  })

  test('when a rollback is before its creation, in time or in the list', () => {
    const earlier = (events: StackEvent[]) => {
      const rollback = events[index(events, 'root', 'ROLLBACK_IN_PROGRESS')]
      if (rollback) rollback.at = (events[0]?.at ?? 0) - 1
    }
    expect(found('root', earlier)).toContainEqual(
      expect.stringMatching(/ROLLBACK_IN_PROGRESS: [\d.]+ ms before/),
    )
    const first = (events: StackEvent[]) => {
      events.unshift(...events.splice(index(events, 'root', 'ROLLBACK_IN_PROGRESS'), 1))
    }
    expect(found('root', first)).toContain('root: root ROLLBACK_IN_PROGRESS: after nothing')
  })

  test('when something is told as done that was never begun, or is never told as done', () => {
    expect(found('root', drop('Own', 'DELETE_IN_PROGRESS'))).toContain(
      'root: Own DELETE_COMPLETE: after nothing',
    )
    expect(found('root', drop('Own', 'DELETE_COMPLETE'))).toContain(
      'root: root ROLLBACK_COMPLETE: while Own own is under way',
    )
    expect(found('root', drop('root', 'ROLLBACK_IN_PROGRESS'))).toContain(
      'root: root ROLLBACK_COMPLETE: after CREATE_IN_PROGRESS',
    )
  })

  test('when an event has the id of another', () => {
    const twice = (events: StackEvent[]) => events.push({...(events.at(-1) as StackEvent)})
    expect(found('root', twice)).toContainEqual(expect.stringMatching(/an id that another event has$/))
  })

  test('when a nested stack begins before its parent says so, or ends after it', () => {
    const early = (events: StackEvent[]) => {
      for (const event of events.slice(0, 1)) event.at -= 60_000
    }
    expect(found('nested', early)).toContainEqual(
      expect.stringMatching(/CREATE_IN_PROGRESS: while its parent says nothing$/),
    )
    const late = (events: StackEvent[]) => {
      const gone = events.at(-1)
      if (gone) gone.at += 60_000
    }
    expect(found('nested', late)).toContain(
      'root: Nested DELETE_COMPLETE: while the nested stack is DELETE_IN_PROGRESS',
    )
  })
})
