import {describe, expect, test} from 'vitest'
import {compareRows} from '../../../src/parity/compare/rows.js'
import type {Json, JsonObject} from '../../../src/parity/json.js'
import {parseAddress} from '../../../src/parity/plan/address.js'
import type {TerraformResource} from '../../../src/parity/plan/resource.js'
import type {PropertyRow, TypeTable} from '../../../src/parity/properties/row.js'
import {comparing, planned} from './small.js'

const vpc = planned('aws_vpc.main', {id: 'vpc-1'})
const other = planned('aws_vpc.other', {id: 'vpc-2'})
const places = {'aws_vpc.main': 'network.Vpc', 'aws_vpc.other': 'network.OtherVpc'}

interface Case {
  readonly values?: JsonObject
  readonly more?: Partial<TerraformResource>
  readonly here?: Json
  readonly keys?: TypeTable['keys']
}

function compared(rows: PropertyRow | readonly PropertyRow[], {values = {}, more, here = {}, keys}: Case) {
  const table: TypeTable = {
    terraform: 'aws_x',
    cloudFormation: 'AWS::X::X',
    rows: [rows].flat(),
    computed: [],
    ...(keys !== undefined && {keys}),
  }
  const resource = planned('aws_x.y', values, more)
  return compareRows(resource, table, here, [], comparing([vpc, other, resource], places))
}

const row = (attribute: string, property: string | null, more: Partial<PropertyRow> = {}): PropertyRow => {
  return {attribute, property, ...more}
}

describe('a value', () => {
  test('that is the same is not told', () => {
    expect(compared(row('a.0.b', 'A.B'), {values: {a: [{b: 60}]}, here: {A: {B: '60'}}})).toEqual([])
  })

  test('that is another one is told, with both', () => {
    expect(compared(row('a.0.b', 'A.B'), {values: {a: [{b: 60}]}, here: {A: {B: 61}}})).toEqual([
      {attribute: 'a.0.b', property: 'A.B', verdict: 'different', terraform: '60', here: '61'},
    ])
  })

  test('that one side alone has is told as well', () => {
    expect(compared(row('a', 'A'), {values: {a: 1}})).toMatchObject([{terraform: '1'}])
    expect(compared(row('a', 'A'), {here: {A: 1}})).toMatchObject([{here: '1'}])
    expect(compared(row('a', 'A'), {values: {a: null}, here: {A: ''}})).toEqual([])
  })

  test('is called as CloudFormation calls it', () => {
    const switched = row('internal', 'Scheme', {values: {true: 'internal', false: 'internet-facing'}})
    expect(compared(switched, {values: {internal: false}, here: {Scheme: 'internet-facing'}})).toEqual([])
    expect(compared(switched, {values: {internal: true}, here: {Scheme: 'internet-facing'}})).toHaveLength(1)
  })
})

describe('a default', () => {
  const days = row('days', 'Days', {terraformDefault: 30, cloudFormationDefault: 7})

  test('of either side is a value', () => {
    expect(compared(days, {})).toMatchObject([{terraform: '30', here: '7'}])
    expect(compared(days, {values: {days: 7}})).toEqual([])
    expect(compared(days, {here: {Days: 30}})).toEqual([])
  })

  test('does not count in an element that the other side does not have', () => {
    const each = row('set.*.days', 'Set.*.Days', {terraformDefault: 7, cloudFormationDefault: 7})
    expect(compared(each, {values: {set: [{}]}, here: {Set: [{}]}})).toEqual([])
    expect(compared(each, {values: {set: [{days: 7}]}, here: {Set: []}})).toMatchObject([{terraform: '7'}])
  })
})

describe('what CloudFormation cannot say', () => {
  test('makes no difference where the row says so', () => {
    expect(compared(row('a', null, {reason: 'x'}), {values: {a: 1}})).toEqual([])
  })

  test('is as if it were the default', () => {
    const cannot = row('a', null, {cloudFormationDefault: false})
    expect(compared(cannot, {values: {a: false}})).toEqual([])
    expect(compared(cannot, {values: {a: true}})).toEqual([
      {attribute: 'a', property: null, verdict: 'different', terraform: 'true', here: 'false'},
    ])
    const none = row('list.*.a', null, {cloudFormationDefault: null})
    expect(compared(none, {values: {list: [{a: ''}, {a: 'x'}]}})).toMatchObject([{attribute: 'list.1.a'}])
  })
})

describe('elements of lists', () => {
  const rows = [row('set.*.name', 'Set.*.Name'), row('set.*.size', 'Set.*.Size')]
  const here = {
    Set: [
      {Name: 'b', Size: 2},
      {Name: 'a', Size: 1},
    ],
  }

  test('are paired by position', () => {
    const values = {
      set: [
        {name: 'b', size: 2},
        {name: 'a', size: 3},
      ],
    }
    expect(compared(rows, {values, here})).toMatchObject([{attribute: 'set.1.size', property: 'Set.1.Size'}])
  })

  test('or by the field that the table names', () => {
    const values = {
      set: [
        {name: 'a', size: 1},
        {name: 'b', size: 2},
      ],
    }
    expect(compared(rows, {values, here, keys: {set: 'name'}})).toEqual([])
    const another = {
      set: [
        {name: 'a', size: 1},
        {name: 'c', size: 2},
      ],
    }
    expect(
      compared(rows, {values: another, here, keys: {set: 'name'}}).map(one => [one.attribute, one.here]),
    ).toEqual([
      ['set.1.name', undefined],
      ['set.*.name', 'b'],
      ['set.1.size', undefined],
      ['set.*.size', '2'],
    ])
  })

  test('are paired inside each other', () => {
    const inner = [row('a.*.b.*.port', 'A.*.B.*.Port'), row('a.*.b.*.size', 'A.*.B.*.Size')]
    const values = {
      a: [
        {
          b: [
            {port: 1, size: 1},
            {port: 2, size: 2},
          ],
        },
      ],
    }
    const reversed = {
      A: [
        {
          B: [
            {Port: 2, Size: 2},
            {Port: 1, Size: 1},
          ],
        },
      ],
    }
    expect(compared(inner, {values, here: reversed, keys: {'a.*.b': 'port'}})).toEqual([])
  })

  test('are gathered where one side has a list of values', () => {
    const gathered = row('set.*.name', 'Names', {as: 'set'})
    expect(
      compared(gathered, {values: {set: [{name: 'a'}, {name: 'b'}]}, here: {Names: ['b', 'a']}}),
    ).toEqual([])
    expect(compared(gathered, {values: {set: [{name: 'a'}]}, here: {Names: ['b', 'a']}})).toMatchObject([
      {attribute: 'set.*.name', property: 'Names'},
    ])
  })
})

test('what is gathered is unknown where one of its elements is', () => {
  const gathered = row('set.*.name', 'Names', {as: 'set'})
  const values: JsonObject = {set: [{name: 'a'}, {}]}
  const unknown: Json = {set: [{}, {name: true}]}
  expect(compared(gathered, {values, more: {unknown}, here: {Names: ['a', 'b']}})).toMatchObject([
    {attribute: 'set.*.name', verdict: 'unknown'},
  ])
  expect(compared(gathered, {more: {unknown: {set: true}}, here: {Names: ['a']}})).toMatchObject([
    {verdict: 'unknown'},
  ])
  const both = row('set.*.name', 'Set.*.Name')
  expect(compared(both, {more: {unknown: {set: true}}, here: {Set: [{Name: 'a'}]}})).toMatchObject([
    {attribute: 'set.*.name', property: 'Set.*.Name', verdict: 'unknown', here: ['a']},
  ])
  const list = row('name', 'Set.*.Name', {as: 'set'})
  expect(compared(list, {values: {name: ['a']}, here: {Set: [{Name: 'a'}, {Name: 'b'}]}})).toMatchObject([
    {attribute: 'name', property: 'Set.*.Name', here: ['a', 'b']},
  ])
})

describe('what is known after an apply only', () => {
  const unknown = {unknown: {vpc: true}}
  const refers = (...references: string[]) => ({more: {...unknown, references: {vpc: references}}})

  test('is unknown', () => {
    expect(compared(row('vpc', 'Vpc'), {more: unknown, here: {Vpc: '<ref:network.Vpc>'}})).toEqual([
      {
        attribute: 'vpc',
        property: 'Vpc',
        verdict: 'unknown',
        here: '<network.Vpc>',
        reason: 'known after an apply',
      },
    ])
  })

  test('but the configuration says what it points at', () => {
    const here = {Vpc: '<ref:network.Vpc>'}
    expect(compared(row('vpc', 'Vpc'), {...refers('aws_vpc.main.id', 'aws_vpc.main'), here})).toEqual([])
    expect(compared(row('vpc', 'Vpc'), {...refers('aws_vpc.other.id'), here})).toMatchObject([
      {verdict: 'different', terraform: '<network.OtherVpc>', here: '<network.Vpc>'},
    ])
  })

  test('of several resources it is one of them, or it is different', () => {
    const both = refers('aws_vpc.main.id', 'aws_vpc.other.id')
    expect(compared(row('vpc', 'Vpc'), {...both, here: {Vpc: '<ref:network.Vpc>'}})).toMatchObject([
      {verdict: 'unknown'},
    ])
    expect(compared(row('vpc', 'Vpc'), {...both, here: {Vpc: '<ref:network.Third>'}})).toMatchObject([
      {verdict: 'different'},
    ])
  })

  test('a list points at all of them', () => {
    const list = {
      more: {unknown: {vpc: [true, true]}, references: {vpc: ['aws_vpc.main.id', 'aws_vpc.other.id']}},
    }
    const here = (...names: string[]) => ({Vpc: names.map(name => `<ref:network.${name}>`)})
    const values = {vpc: [null, null]}
    const set = row('vpc', 'Vpc', {as: 'set'})
    expect(compared(set, {...list, values, here: here('OtherVpc', 'Vpc')})).toEqual([])
    expect(compared(set, {...list, values, here: here('Vpc')})).toMatchObject([{verdict: 'unknown'}])
    expect(compared(set, {...list, values, here: here('Vpc', 'Third')})).toMatchObject([
      {verdict: 'different'},
    ])
  })

  test('a local value may hold anything', () => {
    const open = refers('local.vpc_id', 'aws_vpc.other.id')
    expect(compared(row('vpc', 'Vpc'), {...open, here: {Vpc: '<ref:network.Vpc>'}})).toMatchObject([
      {verdict: 'unknown'},
    ])
  })

  test('members of a map are told one by one', () => {
    const tags = row('tags', 'Tags', {as: 'tags'})
    const case_ = {
      values: {tags: {Name: 'a'}},
      more: {unknown: {tags: {At: true}}},
      here: {Tags: [{Key: 'Name', Value: 'b'}]},
    }
    expect(compared(tags, case_).map(({attribute, verdict}) => [attribute, verdict])).toEqual([
      ['tags.Name', 'different'],
      ['tags.At', 'unknown'],
    ])
  })
})

test('what is partly unknown and no map is unknown as a whole', () => {
  const partly = {values: {a: {b: 1}}, more: {unknown: {a: {c: true}}}, here: {A: {B: 1}}}
  expect(compared(row('a', 'A'), partly)).toMatchObject([{attribute: 'a', verdict: 'unknown'}])
})

describe('what AWS decides', () => {
  const decided = row('zone', 'Zone', {awsDecides: true})
  const inState = {values: {zone: 'use1-az1'}, more: {unknownInPlan: {zone: true}}}

  test('where nobody configures it, is no setting, though a state knows it', () => {
    expect(compared(decided, inState)).toEqual([])
    expect(compared(row('zone', 'Zone'), inState)).toMatchObject([{terraform: 'use1-az1'}])
    expect(compared(decided, {...inState, here: {Zone: 'use1-az2'}})).toMatchObject([{here: 'use1-az2'}])
  })

  test('is one where the configuration refers to a resource', () => {
    const configured = {...inState.more, references: {zone: ['aws_vpc.main.id']}}
    expect(compared(decided, {values: {zone: 'vpc-1'}, more: configured})).toMatchObject([
      {terraform: '<network.Vpc>'},
    ])
  })

  test('is none where a for_each handed on nothing, and one where it handed on a resource', () => {
    const each = {unknownInPlan: {zone: true}, references: {zone: ['each.value.zone']}}
    expect(compared(decided, {values: {zone: 'use1-az1'}, more: each})).toEqual([])
    expect(compared(decided, {values: {zone: 'vpc-1'}, more: each})).toMatchObject([
      {terraform: '<network.Vpc>'},
    ])
    expect(
      compared(decided, {more: {...each, unknown: {zone: true}}, here: {Zone: '<ref:network.Vpc>'}}),
    ).toMatchObject([{verdict: 'unknown'}])
  })

  test('of a resource that exists, is what the plan says of an attribute that is not configured', () => {
    const exists = {actions: ['update'], configured: ['name']}
    expect(compared(decided, {values: {zone: 'use1-az1'}, more: exists})).toEqual([])
    expect(compared(decided, {values: {zone: 'x'}, more: {...exists, configured: ['zone']}})).toHaveLength(1)
  })

  test('the provider may know before: of a new resource, blocks that are not told alone are configured', () => {
    const told = {configured: ['name']}
    expect(compared(decided, {values: {zone: 'use1-az1'}, more: told})).toEqual([])
    expect(compared(decided, {values: {zone: [{id: 'use1-az1'}]}, more: told})).toHaveLength(1)
    expect(compared(decided, {values: {zone: 'use1-az1'}, more: {configured: []}})).toHaveLength(1)
  })

  test('of a resource of a module that exists, cannot be told from what the module was given', () => {
    const parsed = parseAddress('module.a.aws_subnet.this[0]')
    const exists = {actions: ['no-op'], configured: ['zone'], parsed}
    const values = {zone: 'use1-az1'}
    expect(compared(decided, {values, more: exists})).toMatchObject([
      {verdict: 'unknown', terraform: 'use1-az1'},
    ])
    expect(compared(decided, {values, more: exists, here: {Zone: 'use1-az2'}})).toMatchObject([
      {verdict: 'different'},
    ])
    expect(compared(decided, {values, more: {...exists, actions: ['create']}})).toMatchObject([
      {verdict: 'different'},
    ])
  })
})

describe('what a data source told', () => {
  const read = {references: {vpc: ['data.aws_subnet.this[0].vpc_id', 'data.aws_subnet.this']}}
  const here = {Vpc: '<ref:network.Vpc>'}

  test('of a resource of the plan, is that resource', () => {
    expect(compared(row('vpc', 'Vpc'), {values: {vpc: 'vpc-1'}, more: read, here})).toEqual([])
    expect(compared(row('vpc', 'Vpc'), {values: {vpc: 'vpc-2'}, more: read, here})).toMatchObject([
      {verdict: 'different', terraform: '<network.OtherVpc>'},
    ])
  })

  test('of something else, is not known to be another one', () => {
    expect(compared(row('vpc', 'Vpc'), {values: {vpc: 'vpc-3'}, more: read, here})).toMatchObject([
      {verdict: 'unknown', reason: expect.stringContaining('data source')},
    ])
    expect(compared(row('vpc', 'Vpc'), {values: {vpc: 'vpc-3'}, here})).toMatchObject([
      {verdict: 'different'},
    ])
  })
})
