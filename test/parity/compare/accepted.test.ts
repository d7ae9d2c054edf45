import {describe, expect, test} from 'vitest'
import {accepts, holds} from '../../../src/parity/compare/accepted.js'
import {readAccepted} from '../../../src/parity/compare/read-accepted.js'
import type {AttributeVerdict} from '../../../src/parity/compare/verdict.js'
import type {Json} from '../../../src/parity/json.js'

const read = (...lines: string[]) => readAccepted(lines.join('\n'), 'accepted.yaml')
const words = {name: 'class', environment: 'seventeen', region: 'us-west-2'}

function difference(terraform: Json | undefined, here: Json | undefined): AttributeVerdict {
  return {attribute: 'name', property: 'LogGroupName', verdict: 'different', terraform, here}
}

describe('a list of accepted differences', () => {
  test('has an entry for each case, with the line that it stands in', () => {
    const {differences} = read(
      'accepted:',
      '  - attribute: name',
      '    reason: names',
      '    cases:',
      "      aws_vpc.this[0]: ['a', null]",
      "      'network.*': [null, [1, 2]]",
      '      network.Vpc:',
      '        - [a, b]',
      '        - [[c], [d]]',
    )
    expect(differences.map(({names, terraform, here, line}) => ({names, terraform, here, line}))).toEqual([
      {names: ['aws_vpc.this[0]'], terraform: 'a', here: null, line: 5},
      {names: ['network.*'], terraform: null, here: [1, 2], line: 6},
      {names: ['network.Vpc'], terraform: 'a', here: 'b', line: 8},
      {names: ['network.Vpc'], terraform: ['c'], here: ['d'], line: 9},
    ])
  })

  test('names several resources that are only here', () => {
    const {onlyHere} = read(
      'onlyHere:',
      '  - {resources: [main.DataStack, compute.*Repository], reason: ours}',
    )
    expect(onlyHere.map(({name, resource}) => [name, resource.test('compute.McpgwRepository')])).toEqual([
      ['main.DataStack', false],
      ['compute.*Repository', true],
    ])
  })

  const entry = (text: string) => `accepted:\n  - {attribute: name, reason: why, ${text}}`
  test.each([
    [entry('cases: [a]'), 'line 2: "cases" is no map'],
    [entry('cases: {aws_vpc.this: [a, b]}, here: x'), 'or resources or values stand beside it'],
    [entry('cases: {aws_vpc.this: a}'), 'a case is no list of two values'],
    [entry('cases: {aws_vpc.this: [a]}'), 'a case is no list of two values'],
    [entry('cases: {aws_vpc: [a, b]}'), '"aws_vpc" is no address'],
    [entry('resources: aws_vpc.this, when: [a]'), '"when" is neither a variable nor a map'],
    [entry('resources: aws_vpc.this, when: {a: 1, b: 2}'), '"when" is neither a variable nor a map'],
    [entry('resources: aws_vpc.this, sometimes: maybe'), '"sometimes" is neither true nor false'],
    [entry('resources: aws_vpc.this, property: 7'), '"property" is neither a path nor null'],
    [entry('resources: aws_vpc.this, unless: x'), '"unless" is none of'],
    ['onlyHere:\n  - {resources: [Vpc], reason: ours}', '"resources" names what is no resource'],
    ['onlyHere:\n  - {resources: network.Vpc}', 'it says no reason'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({code: 'ACCEPTED_INVALID', exitCode: 2}))
    expect(() => read(text)).toThrow(message)
  })
})

describe('an accepted value', () => {
  const entryOf = (terraform: string, here: string) => {
    const {differences} = read(
      'accepted:',
      '  - attribute: name',
      '    reason: why',
      '    cases:',
      `      '*': [${terraform}, ${here}]`,
    )
    const [entry] = differences
    if (entry === undefined) throw new Error('nothing was read')
    return entry
  }

  test.each<[string, string, Json | undefined, Json | undefined, boolean]>([
    ["'/ecs/{name}-v2'", "'/ecs/{environment}'", '/ecs/class-v2', '/ecs/seventeen', true],
    ["'/ecs/{name}-v2'", "'/ecs/{environment}'", '/ecs/class-v3', '/ecs/seventeen', false],
    ["'{unknown}'", 'null', '{unknown}', undefined, true],
    ["'{name}-{region}{any}'", 'null', 'class-us-west-2a', undefined, true],
    ["'{name}-{region}{any}'", 'null', 'class-us-east-1a', undefined, false],
    ["'a{any}b{any}c'", 'null', 'a-b-c', undefined, true],
    ["'ab{any}bc'", 'null', 'abc', undefined, false],
    ["'{any}'", 'null', ['x'], undefined, true],
    ["'{any}'", 'null', undefined, undefined, false],
    ['null', 'null', undefined, 'x', false],
    ['7', '[{a: true}]', '7', [{a: 'true'}], true],
    ['null', '{a: ["{any}", b]}', undefined, {a: ['x', 'b']}, true],
    ['null', '{a: ["{any}", b]}', undefined, {a: ['x', 'c']}, false],
    ['null', '{a: ["{any}", b]}', undefined, {a: ['x']}, false],
    ['null', '{a: "{any}"}', undefined, {a: 'x', b: 'y'}, false],
    ['null', '{a: "{any}"}', undefined, 'x', false],
    ['7', '[{a: "{name}"}]', 7, [{a: 'class'}], true],
  ])('%s and %s take %j and %j: %s', (terraform, here, is, isHere, expected) => {
    expect(accepts(entryOf(terraform, here), difference(is, isHere), words)).toBe(expected)
  })

  test('of a whole resource is told from an attribute that only the templates have', () => {
    const [entry] = read(
      'accepted:',
      '  - {resources: aws_vpc.this, attribute: null, property: null, reason: why}',
    ).differences
    const missing: AttributeVerdict = {attribute: null, property: null, verdict: 'missing'}
    expect(entry && accepts(entry, missing, words)).toBe(true)
    expect(entry && accepts(entry, {...missing, property: 'Tags', here: 'x'}, words)).toBe(false)
  })
})

test.each<[string, Json, boolean]>([
  ['alarm_email', 'teacher@example.com', true],
  ['alarm_email', '', false],
  ['{alarm_email: litellm}', 'litellm', true],
  ['{alarm_email: litellm}', 'sentence-transformers', false],
  ['{alarm_email: 2}', '2', true],
])('an entry for %s counts with %j: %s', (when, value, expected) => {
  const text = `accepted:\n  - {resources: aws_vpc.this, attribute: name, reason: why, when: ${when}}`
  const [entry] = readAccepted(text, 'accepted.yaml').differences
  expect(entry && holds(entry, {alarm_email: value})).toBe(expected)
})
