import {expect, test} from 'vitest'
import {changesSince} from '../../src/parity/against.js'
import type {Json, JsonObject} from '../../src/parity/json.js'
import {parseAddress} from '../../src/parity/plan/address.js'
import type {TerraformPlan} from '../../src/parity/plan/resource.js'
import {SecretValues} from '../../src/parity/plan/secret-values.js'

function planOf(resources: Record<string, [JsonObject, Json?]>, variables: JsonObject = {}): TerraformPlan {
  return {
    tool: 'terraform',
    version: '1.11.4',
    formatVersion: '1.2',
    resources: Object.entries(resources).map(([address, [values, unknown = false]]) => ({
      address,
      parsed: parseAddress(address),
      type: parseAddress(address).type,
      values,
      unknown,
      unknownInPlan: unknown,
      sensitive: false,
      actions: ['create'],
      references: {},
      configured: [],
    })),
    variables,
    inputs: {},
    caller: {account: undefined, region: undefined},
    partial: [],
    secrets: new SecretValues({secrets: new Set(), names: '', open: new Set()}),
  }
}

const known = {
  mapped: ({type}: {type: string}) => (type === 'aws_vpc' ? 'network.Vpc' : undefined),
  variables: new Set(['name']),
}

test('what came and went is told with its place, or that it has none', () => {
  const {came, went, plan} = changesSince(
    planOf({'aws_vpc.a': [{}], 'aws_eip.b': [{}]}),
    planOf({'aws_eip.b': [{}], 'aws_wafv2_web_acl.c["x.y"]': [{}]}),
    known,
  )
  expect(came).toEqual([{address: 'aws_wafv2_web_acl.c["x.y"]', type: 'aws_wafv2_web_acl', mapped: null}])
  expect(went).toEqual([{address: 'aws_vpc.a', type: 'aws_vpc', mapped: 'network.Vpc'}])
  expect(plan.resources).toBe(2)
})

test('what changed is told attribute by attribute, at any depth', () => {
  const {changed} = changesSince(
    planOf({
      'aws_lb.a': [{idle: 60, tags: {'a.b': 'x', c: 'y'}, check: [{path: '/'}], zones: ['a', 'b'], same: 1}],
    }),
    planOf({
      'aws_lb.a': [{idle: 120, tags: {'a.b': 'z'}, check: [{path: '/h'}], zones: ['a'], same: 1, new: true}],
    }),
    known,
  )
  expect(changed).toEqual([
    {
      address: 'aws_lb.a',
      type: 'aws_lb',
      attributes: [
        {attribute: 'idle', before: 60, after: 120},
        {attribute: 'tags.a.b', before: 'x', after: 'z'},
        {attribute: 'tags.c', before: 'y', after: null},
        {attribute: 'check.0.path', before: '/', after: '/h'},
        {attribute: 'zones', before: ['a', 'b'], after: ['a']},
        {attribute: 'new', before: null, after: true},
      ],
    },
  ])
})

test('what one of both does not know yet is no change', () => {
  const {changed} = changesSince(
    planOf({'aws_lb.a': [{arn: 'arn:x', list: [1, null], tags: {'a.b': 'x'}}, {list: [false, true]}]}),
    planOf({
      'aws_lb.a': [
        {list: [1, 2], tags: {}},
        {arn: true, tags: {'a.b': true}},
      ],
    }),
    known,
  )
  expect(changed).toEqual([])
})

test('variables that came, went and changed', () => {
  const {variables} = changesSince(
    planOf({}, {name: 'a', gone: 1, same: [1]}),
    planOf({}, {name: 'b', new: null, same: [1]}),
    known,
  )
  expect(variables).toEqual([
    {variable: 'gone', change: 'went', known: false},
    {variable: 'name', change: 'changed', known: true},
    {variable: 'new', change: 'came', known: false},
  ])
})
