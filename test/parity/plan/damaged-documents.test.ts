import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {McpgwError} from '../../../src/errors.js'
import type {JsonObject} from '../../../src/parity/json.js'
import {readPlan} from '../../../src/parity/plan/plan.js'
import {addState} from '../../../src/parity/plan/state.js'
import {bytesOf, changeOf, planDocument, planOf, stateDocument} from './documents.js'

const change = {after: {a: [null], b: 'x'}, after_unknown: {a: [true], c: true}, after_sensitive: {b: true}}
const expressions = {a: {references: ['module.m.out', 'var.v']}, b: [{c: {constant_value: 1}}]}
const module: JsonObject = {
  resources: [
    {address: 'aws_x.y', mode: 'managed', type: 'aws_x', name: 'y', expressions, count_expression: {}},
  ],
  outputs: {out: {sensitive: true, expression: {references: ['aws_x.y']}}},
  variables: {v: {default: 1, sensitive: true}},
}
const plan = planDocument(
  {'aws_x.y': change, 'module.m["k"].aws_x.y[0]': change},
  {
    variables: {v: {value: 'secret'}},
    output_changes: {out: changeOf('x.y', {}).change ?? null},
    resource_drift: [changeOf('aws_x.y', change)],
    deferred_changes: [{resource_change: changeOf('aws_x.z', change)}],
    prior_state: stateDocument({'aws_x.y': {values: {a: [1]}}}),
    configuration: {provider_config: {}, root_module: {...module, module_calls: {m: {expressions, module}}}},
  },
)
const state = stateDocument({'aws_x.y': {values: {a: [1], b: 'y', c: 2}, sensitive_values: {a: [true]}}})
const odd = fc.constantFrom(
  null,
  true,
  -1,
  '',
  'x',
  [],
  {},
  [null],
  [[]],
  {a: null},
  JSON.parse('{"__proto__": 1}'),
)

/** The document with a few of its members replaced or taken away. */
function damaged(document: JsonObject): fc.Arbitrary<JsonObject> {
  const damage = fc.tuple(fc.nat(), fc.option(odd, {nil: undefined}))
  return fc.array(damage, {minLength: 1, maxLength: 3}).map(damages => {
    const copy = structuredClone(document)
    for (const [number, value] of damages) {
      const all = [...placesIn(copy)]
      const [parent, name] = all[number % all.length] ?? [{}, '']
      if (value === undefined) Reflect.deleteProperty(parent, name)
      else Reflect.set(parent, name, structuredClone(value))
    }
    return copy
  })
}

function* placesIn(value: unknown): Generator<[object, string]> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    yield [value, name]
    yield* placesIn(member)
  }
}

describe('a damaged document', () => {
  test.each([
    ['plan', plan, (bytes: Buffer) => readPlan(bytes, 'plan.json')],
    ['state', state, (bytes: Buffer) => addState(planOf(plan), bytes, 'state.json')],
  ])('%s is read, or refused by name', (_, document, read) => {
    expect(read(bytesOf(document)).resources).toHaveLength(2)
    fc.assert(
      fc.property(damaged(document), copy => {
        try {
          const {resources, secrets} = read(bytesOf(copy))
          for (const {values, sensitive} of resources) secrets.hide(values, sensitive)
        } catch (error) {
          expect(error).toBeInstanceOf(McpgwError)
        }
      }),
      {numRuns: 300},
    )
  })
})
