import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  AddressError,
  bySpecificity,
  formatAddress,
  matches,
  parseAddress,
  parsePattern,
} from '../../../src/parity/plan/address.js'
import {readPlan} from '../../../src/parity/plan/plan.js'
import {recorded} from './documents.js'

describe('parseAddress', () => {
  test.each([
    ['aws_vpc.this', {modules: [], mode: 'managed', type: 'aws_vpc', name: 'this', key: null}],
    ['aws_vpc.this[0]', {modules: [], mode: 'managed', type: 'aws_vpc', name: 'this', key: 0}],
    [
      'module.a.module.b[1].module.c["x.y"].data.aws_region.current',
      {
        modules: [
          {name: 'a', key: null},
          {name: 'b', key: 1},
          {name: 'c', key: 'x.y'},
        ],
        mode: 'data',
        type: 'aws_region',
        name: 'current',
        key: null,
      },
    ],
    [
      'ephemeral.random_password.it',
      {modules: [], mode: 'ephemeral', type: 'random_password', name: 'it', key: null},
    ],
    ['a-b.ünï_2-x', {modules: [], mode: 'managed', type: 'a-b', name: 'ünï_2-x', key: null}],
  ])('reads %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address)
    expect(formatAddress(parseAddress(text))).toBe(text)
  })

  test.each([
    ['a.b["kc.us-east-1.mycorp.click"]', 'kc.us-east-1.mycorp.click'],
    [String.raw`a.b["a\"b"]`, 'a"b'],
    ['a.b["a]b[0]"]', 'a]b[0]'],
    [String.raw`a.b["a\\"]`, 'a\\'],
    [String.raw`a.b["a\\\"]"]`, 'a\\"]'],
    [`a.b["${'$$'}{x}%%{y}$z"]`, `${'$'}{x}%{y}$z`],
    [String.raw`a.b["\u00e9\U0001f600\n\t\r"]`, 'é😀\n\t\r'],
    [String.raw`a.b["\x1b\a\v"]`, '\x1b\x07\v'],
    ['a.b["é😀"]', 'é😀'],
    ['a.b[""]', ''],
    ['a.b["0"]', '0'],
  ])('reads the key of %s', (text, key) => {
    expect(parseAddress(text).key).toBe(key)
  })

  test('reads every key that it writes', () => {
    const unit = fc.constantFrom(...'ab0.-"\\[]{}$%*/\'\n\t\u0001\u007f\u2028é\ud83d😀')
    const key = fc.oneof(fc.nat(), fc.string({unit}))
    fc.assert(
      fc.property(key, key, (one, other) => {
        const address = {...parseAddress('module.m.aws_x.y'), modules: [{name: 'm', key: one}], key: other}
        expect(parseAddress(formatAddress(address))).toEqual(address)
      }),
    )
  })

  test.each([
    '',
    'aws_vpc',
    'aws_vpc.',
    '.this',
    'aws_vpc..this',
    'aws_vpc.this.id',
    'aws_vpc.this[',
    'aws_vpc.this[]',
    'aws_vpc.this[-1]',
    'aws_vpc.this[01]',
    'aws_vpc.this[*]',
    'aws_vpc.this["x]',
    'aws_vpc.this["x"',
    "aws_vpc.this['x']",
    'aws_vpc.this[0][1]',
    'aws_vpc.this [0]',
    'module.a',
    'module.a.b',
    'data.aws_vpc',
    '1aws.x',
  ])('refuses %j', text => {
    expect(() => parseAddress(text)).toThrow(AddressError)
  })

  test('says where an address goes wrong', () => {
    expect(() => parseAddress('aws_vpc.this[x]')).toThrow(
      '"aws_vpc.this[x]" is no address of a resource: a number or a text in quotes is expected in the brackets at character 14',
    )
  })

  test('reads all addresses of v1.0.7, and writes them as they were', () => {
    const {resources} = readPlan(recorded('domain-use1'), 'plan')
    expect(resources.map(({parsed}) => formatAddress(parsed))).toEqual(resources.map(({address}) => address))
  })
})

describe('parsePattern', () => {
  test.each([
    ['aws_vpc.this', 'aws_vpc.this', true],
    ['aws_vpc.this', 'aws_vpc.this[0]', false],
    ['aws_vpc.this[*]', 'aws_vpc.this[0]', true],
    ['aws_vpc.this[*]', 'aws_vpc.this["a"]', true],
    ['aws_vpc.this[*]', 'aws_vpc.this', false],
    ['aws_vpc.this[0]', 'aws_vpc.this["0"]', false],
    ['aws_vpc.*', 'aws_vpc.that', true],
    ['aws_vpc.*', 'aws_vpc.that[0]', false],
    ['aws_vpc.*[*]', 'aws_vpc.that[0]', true],
    ['module.*.aws_vpc.this', 'module.a.aws_vpc.this', true],
    ['module.*.aws_vpc.this', 'module.a.module.b.aws_vpc.this', false],
    ['module.*.aws_vpc.this', 'aws_vpc.this', false],
    ['module.*.aws_vpc.this', 'module.a[0].aws_vpc.this', false],
    ['module.a[*].aws_vpc.this', 'module.a[0].aws_vpc.this', true],
    ['aws_x.this["kc.*"]', 'aws_x.this["kc.eu-west-1.example.org"]', true],
    ['aws_x.this["kc.*"]', 'aws_x.this["kcx"]', false],
    ['aws_x.this["kc.*"]', 'aws_x.this["a\nkc."]', false],
    ['aws_x.this["a*c"]', 'aws_x.this["a\\nbc"]', true],
    ['aws_x.this["(+*"]', 'aws_x.this["(+?"]', true],
    ['aws_x.this["*"]', 'aws_x.this[0]', false],
    ['data.aws_x.this', 'aws_x.this', false],
    ['data.aws_x.*', 'data.aws_x.this', true],
  ])('%s on %j: %s', (pattern, address, isMatch) => {
    const parsed = parseAddress(address.replace('\n', '\\n'))
    expect(matches(parsePattern(pattern), parsed)).toBe(isMatch)
  })

  test.each([
    '*.this',
    'aws_*.this',
    'aws_vpc.th*',
    'module.a*.aws_vpc.this',
    'aws_vpc.this[*',
    '**.x',
    'module.*',
  ])('refuses %j: a star stands for a whole name or key', text => {
    expect(() => parsePattern(text)).toThrow(AddressError)
  })

  test('puts the more specific pattern first', () => {
    const patterns = ['a.*[*]', 'a.b[*]', 'a.b["x*"]', 'a.b["xy*"]', 'a.b["xyz"]', 'a.*["xyz"]']
    const sorted = patterns.map(parsePattern).sort(bySpecificity)
    expect(sorted.map(({text}) => text)).toEqual([
      'a.b["xyz"]',
      'a.b["xy*"]',
      'a.b["x*"]',
      'a.b[*]',
      'a.*["xyz"]',
      'a.*[*]',
    ])
  })

  test('has no order for two that are equally specific', () => {
    expect(bySpecificity(parsePattern('a.*["x"]'), parsePattern('a.b[*]'))).toBe(0)
  })
})
