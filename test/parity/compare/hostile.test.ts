import {expect, test} from 'vitest'
import {containersByName} from '../../../src/parity/compare/containers.js'
import {Identities} from '../../../src/parity/compare/identities.js'
import {canonical, structured} from '../../../src/parity/compare/normalisers.js'
import {compareRows} from '../../../src/parity/compare/rows.js'
import {comparing, planned} from './small.js'

// What every object of JavaScript has is a name like any other in a plan.
const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty']

test.each(names)('%s is the name of a type, an attribute, a value, and a member', name => {
  const resource = planned(`${name}.x`, JSON.parse(`{"${name}": "${name}", "id": "${name}"}`), {
    references: JSON.parse(`{"a": ["${name}.x.${name}"]}`),
  })
  expect(new Identities([resource], () => 'a.B').resolve(name, [])).toBe('<a.B>')
  const table = {
    terraform: name,
    cloudFormation: 'X',
    rows: [{attribute: name, property: name, values: {true: 'x'}}],
    computed: [],
  }
  const [found] = compareRows(resource, table, {}, [], comparing([resource], {}))
  expect(found).toMatchObject({attribute: name, verdict: 'different'})
  expect(canonical(name, 'enum')).toBe(name.toLowerCase())
  const container = JSON.parse(
    `[{"name": "${name}", "${name}": ["x"], "environment": [{"name": "${name}", "value": 1}]}]`,
  )
  const meaning = containersByName(container)
  expect(JSON.parse(JSON.stringify(meaning))).toEqual(
    JSON.parse(`{"${name}": {"${name}": ["x"], "environment": {"${name}": 1}}}`),
  )
})

test('a text of JSON that is nested beyond measure stays a text', () => {
  const text = `${'['.repeat(5000)}${']'.repeat(5000)}`
  for (const as of ['json', 'policy', 'containers'] as const) expect(structured(text, as)).toBe(text)
})

test('what looks like one of our pointers in a plan is none', () => {
  const [found] = compareRows(
    planned('aws_x.y', {vpc: '<network.Vpc>'}),
    {terraform: 'aws_x', cloudFormation: 'X', rows: [{attribute: 'vpc', property: 'Vpc'}], computed: []},
    {Vpc: '<ref:network.Vpc>'},
    [],
    comparing([], {}),
  )
  expect(found).toMatchObject({verdict: 'different', here: '<network.Vpc>'})
})
