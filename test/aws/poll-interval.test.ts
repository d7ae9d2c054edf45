import {describe, expect, test} from 'vitest'
import {pollInterval} from '../../src/aws/poll-interval.js'
import {root, type TrackedStack} from '../../src/aws/tracked-stack.js'

/** A root that is being deleted, in which resources have run for some seconds. */
function deleting(type: string, ...seconds: readonly number[]): TrackedStack {
  const stack = root({id: 'arn:aws:cloudformation:us-west-2:1:stack/demo/1', label: 'network'})
  stack.status = 'DELETE_IN_PROGRESS'
  for (const [index, each] of seconds.entries())
    stack.running.set(`R${index}`, {
      type,
      status: 'DELETE_IN_PROGRESS',
      physicalId: 'x',
      beganAt: -each * 1000,
    })
  return stack
}

const intervalOf = (stack: TrackedStack, isLast: boolean) =>
  pollInterval(stack, new Map([[stack.id, stack]]), {now: 0, isLast, isMissed: false})

describe('what should have ended long ago', () => {
  test('is looked at the less often the longer it takes, and within 15 s all the same', () => {
    expect(intervalOf(deleting('AWS::EC2::SecurityGroup', 20), false)).toBe(5_100)
    expect(intervalOf(deleting('AWS::EC2::SecurityGroup', 90), false)).toBe(9_000)
    expect(intervalOf(deleting('AWS::EC2::SecurityGroup', 3_600), false)).toBe(13_000)
  })

  test('does not hide what began after it', () => {
    expect(intervalOf(deleting('AWS::EC2::SecurityGroup', 3_600, 1), false)).toBe(5_100)
  })

  test('is seen within 2 s, or a tenth of the time that it takes, where it is the last', () => {
    expect(intervalOf(deleting('AWS::EC2::SecurityGroup', 10), true)).toBe(1_700)
    expect(intervalOf(deleting('AWS::EC2::SecurityGroup', 30), true)).toBe(3_000)
    expect(intervalOf(deleting('AWS::EC2::SecurityGroup', 3_600), true)).toBe(5_100)
  })
})
