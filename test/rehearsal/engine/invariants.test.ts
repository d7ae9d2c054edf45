import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {isStable} from '../../../src/aws/stack-status.js'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {eventId} from '../../../src/rehearsal/engine/events.js'
import {engineWorld, logGroup} from './engine-world.js'

/** One resource of a random template: which of the earlier ones it needs, and whether it can be made. */
const node = fc.record({
  needs: fc.array(fc.nat({max: 5}), {maxLength: 2}),
  fails: fc.nat({max: 9}).map(n => n === 0),
  days: fc.constantFrom(7, 14, 30),
})
const graph = fc.array(node, {minLength: 1, maxLength: 6})

function templateOf(nodes: readonly {needs: number[]; fails: boolean; days: number}[]) {
  return {
    Resources: Object.fromEntries(
      nodes.map(({needs, fails, days}, index) => {
        const DependsOn = [...new Set(needs.filter(need => need < index))].map(need => `R${need}`)
        const Properties = {LogGroupName: `r${index}`, RetentionInDays: fails ? 8 : days}
        return [`R${index}`, logGroup('', {Properties, DependsOn})]
      }),
    ),
  }
}

function checkHistory({events, resources}: Stack): void {
  const times = events.map(({at}) => at)
  expect(times).toEqual(times.toSorted((left, right) => left - right))
  expect(new Set(events.map(eventId)).size).toBe(events.length)
  for (const {status} of Object.values(resources)) expect(status).toMatch(/_(COMPLETE|FAILED|SKIPPED)$/)
}

/** Every resource began to be created after all that it needs were there. */
function checkOrder({events, resources}: Stack): void {
  for (const {logicalId, needs} of Object.values(resources)) {
    const begun = events.findIndex(event => event.logicalId === logicalId)
    for (const need of needs) {
      const there = events.findIndex(event => event.logicalId === need && /_COMPLETE$/.test(event.status))
      if (begun >= 0) expect(there).toBeLessThan(begun)
    }
  }
}

describe('whatever the template and whatever fails', () => {
  test('a creation comes to an end, in order, and leaves nothing when it is undone', () => {
    fc.assert(
      fc.property(graph, fc.constantFrom('ROLLBACK', 'DELETE', 'DO_NOTHING'), (nodes, onFailure) => {
        const {create, pass, region} = engineWorld()
        const stack = create('demo', templateOf(nodes), {onFailure: onFailure as Stack['onFailure']})
        pass(900)
        expect(isStable(stack.status)).toBe(true)
        checkHistory(stack)
        checkOrder(stack)
        const fails = nodes.some(({fails: broken}) => broken)
        const failed = {
          ROLLBACK: 'ROLLBACK_COMPLETE',
          DELETE: 'DELETE_COMPLETE',
          DO_NOTHING: 'CREATE_FAILED',
        }[onFailure]
        expect(stack.status).toBe(fails ? failed : 'CREATE_COMPLETE')
        if (fails && onFailure !== 'DO_NOTHING') expect(region.resources).toEqual({})
      }),
      {numRuns: 40, seed: 7},
    )
  })

  test('an update ends as asked, or as the stack was before', () => {
    fc.assert(
      fc.property(graph, graph, fc.nat({max: 40}), (before, after, seconds) => {
        const {create, update, cancel, pass, region} = engineWorld()
        const good = before.map(each => ({...each, fails: false}))
        const stack = create('demo', templateOf(good))
        pass(900)
        const known = (resources: Stack['resources']) =>
          Object.values(resources).map(({logicalId, physicalId, properties}) => [
            logicalId,
            physicalId,
            properties,
          ])
        const was = [known(stack.resources).toSorted(), Object.keys(region.resources).sort(), stack.template]
        try {
          update('demo', templateOf(after))
        } catch (error) {
          expect((error as Error).message).toBe('No updates are to be performed.')
          return
        }
        pass(seconds)
        if (stack.status === 'UPDATE_IN_PROGRESS') cancel('demo')
        pass(900)
        checkHistory(stack)
        expect(stack.status).toMatch(/^UPDATE_(ROLLBACK_)?COMPLETE$/)
        if (stack.status === 'UPDATE_COMPLETE') {
          expect(Object.keys(stack.resources).sort()).toEqual(after.map((_, index) => `R${index}`))
        } else {
          expect(known(stack.resources).toSorted()).toEqual(was[0])
          expect(Object.keys(region.resources).sort()).toEqual(was[1])
          expect(stack.template).toBe(was[2])
        }
      }),
      {numRuns: 40, seed: 7},
    )
  })

  test('a tree leaves nothing when it is deleted, whatever was tried with it before', () => {
    const step = fc.record({
      own: graph,
      nested: graph,
      what: fc.constantFrom('update', 'keep', 'cancel', 'rollBack', 'continue', 'lose'),
      seconds: fc.constantFrom(5, 12, 30, 400),
    })
    fc.assert(
      fc.property(fc.array(step, {minLength: 2, maxLength: 6}), fc.boolean(), (steps, disableRollback) => {
        const {create, update, cancel, rollBack, continueRollback, remove, upload, pass, region, world} =
          engineWorld()
        const tree = (own: Parameters<typeof templateOf>[0], nested: Parameters<typeof templateOf>[0]) => {
          const {Resources} = templateOf(nested)
          const its = Object.entries(Resources).map(([id, stackResource]) => [
            id,
            renamed(stackResource, 'nested'),
          ])
          const TemplateURL = upload('child.json', {Resources: Object.fromEntries(its)})
          const Child = {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL}, DependsOn: 'R0'}
          return {Resources: {...templateOf(own).Resources, Child}}
        }
        const [first, ...others] = steps
        if (!first) return
        const stack = create('demo', tree(first.own, first.nested), {disableRollback})
        pass(first.seconds)
        for (const {own, nested, what, seconds} of others) {
          const template = tree(own, nested)
          try {
            if (what === 'update') update('demo', template)
            if (what === 'keep') update('demo', template, {disableRollback: true})
            if (what === 'cancel') cancel('demo')
            if (what === 'rollBack') rollBack('demo')
            if (what === 'continue') continueRollback('demo')
          } catch (error) {
            expect((error as {code?: string}).code).toBe('ValidationError')
          }
          const [lost] = world.resourcesOf(region, 'AWS::Logs::LogGroup')
          if (what === 'lose' && lost) world.remove(region, lost)
          pass(seconds)
        }
        pass(900)
        remove('demo')
        pass(900)
        const stacks = Object.values(region.stacks)
        expect(stacks.map(({status}) => status)).toEqual(stacks.map(() => 'DELETE_COMPLETE'))
        expect(region.resources).toEqual({})
        for (const each of [stack, ...stacks]) checkHistory(each)
      }),
      {numRuns: 150, seed: 7},
    )
  })
})

function renamed(stackResource: object, prefix: string): object {
  const {Properties, ...others} = stackResource as {Properties: {LogGroupName: string}}
  return {...others, Properties: {...Properties, LogGroupName: `${prefix}-${Properties.LogGroupName}`}}
}
