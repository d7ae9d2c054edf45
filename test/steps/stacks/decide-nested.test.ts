import {describe, expect, test} from 'vitest'
import {childStacks, type StackKey} from '../../../src/environment/stacks.js'
import {decideNested} from '../../../src/steps/stacks/decide-nested.js'
import type {NestedStack} from '../../../src/steps/stacks/nested.js'

function nested(states: Partial<Record<StackKey, string>>): NestedStack[] {
  return childStacks.map(({key, logicalId}) => {
    const id = `arn:aws:cloudformation:us-west-2:123456789012:stack/demo-${logicalId}/1`
    const status = states[key] ?? 'CREATE_COMPLETE'
    const stack = {
      id,
      name: `demo-${logicalId}`,
      status,
      parameters: {},
      outputs: {},
      tags: {},
      createdAt: 0,
      terminationProtection: false,
    }
    return {key, logicalId, id, name: stack.name, status, resourceStatus: 'CREATE_COMPLETE', stack}
  })
}

function decided(states: Partial<Record<StackKey, string>>): string {
  const decision = decideNested(nested(states))
  const keys = (stacks: readonly NestedStack[]) => stacks.map(({key}) => key).join(' ')
  switch (decision.action) {
    case 'await':
      return `await ${keys(decision.busy)}`
    case 'remake':
      return `remove ${keys(decision.remove)}; gone ${keys(decision.gone)}`
    case 'refuse':
      return `refuse ${decision.nested.key}`
    case 'none':
      return 'none'
  }
}

describe('what deploy does about nested stacks', () => {
  test.each([
    [{}, 'none'],
    [{services: 'UPDATE_ROLLBACK_COMPLETE'}, 'none'],
    [{services: 'DELETE_IN_PROGRESS'}, 'await services'],
    [{network: 'UPDATE_IN_PROGRESS', services: 'DELETE_COMPLETE'}, 'await network'],
    [{services: 'DELETE_COMPLETE'}, 'remove ; gone services'],
    [{services: 'DELETE_FAILED'}, 'remove services; gone '],
    [{services: 'UPDATE_ROLLBACK_FAILED'}, 'remove services; gone '],
    [{services: 'UPDATE_FAILED'}, 'remove services; gone '],
    [{services: 'DELETE_COMPLETE', compute: 'DELETE_COMPLETE'}, 'remove ; gone compute services'],
    [{services: 'DELETE_COMPLETE', compute: 'DELETE_FAILED'}, 'remove compute; gone services'],
    [{services: 'DELETE_FAILED', compute: 'DELETE_FAILED'}, 'remove services compute; gone '],
  ] satisfies [Partial<Record<StackKey, string>>, string][])('%j: %s', (states, expected) => {
    expect(decided(states)).toBe(expected)
  })

  test.each([
    [{compute: 'UPDATE_ROLLBACK_FAILED'}, 'compute'],
    [{services: 'DELETE_COMPLETE', compute: 'UPDATE_FAILED'}, 'compute'],
    // Existing services use what it exports.
    [{compute: 'DELETE_COMPLETE'}, 'compute'],
    [{services: 'DELETE_COMPLETE', data: 'DELETE_COMPLETE'}, 'data'],
    [{services: 'DELETE_COMPLETE', data: 'DELETE_FAILED'}, 'data'],
    [{data: 'UPDATE_ROLLBACK_FAILED'}, 'data'],
    [{network: 'UPDATE_ROLLBACK_FAILED'}, 'network'],
  ] satisfies [Partial<Record<StackKey, string>>, StackKey][])(
    '%j: nothing by itself, because of %s',
    (states, key) => {
      expect(decided(states)).toBe(`refuse ${key}`)
    },
  )

  test('what starting over would take away is said, and what is gone already is not said to be lost', () => {
    const lost = (states: Partial<Record<StackKey, string>>) => {
      const decision = decideNested(nested(states))
      return decision.action === 'refuse' ? decision.lost : ''
    }
    expect(lost({compute: 'UPDATE_ROLLBACK_FAILED'})).toMatch(/database.* are lost, and the addresses change/)
    expect(lost({services: 'DELETE_COMPLETE', data: 'DELETE_COMPLETE'})).toMatch(
      /database.* went with stack demo-DataStack, and are created again, empty/,
    )
    expect(lost({services: 'DELETE_COMPLETE', data: 'DELETE_FAILED'})).toMatch(
      /as far as they are still there/,
    )
  })
})
