import {describe, expect, test} from 'vitest'
import type {Json, JsonObject} from '../../../src/parity/json.js'
import {MappingLookup, overlaps, readMappings} from '../../../src/parity/mapping/index.js'
import {parseAddress} from '../../../src/parity/plan/address.js'

const read = (...lines: string[]) => readMappings(lines.join('\n'), 'mapping.yaml')

describe('a mapping file', () => {
  test('holds the four kinds of counterparts', () => {
    const mappings = read(
      '# a comment',
      'aws_vpc.this[0]: network.Vpc',
      'aws_sns_topic.this: {resource: services.AlarmTopic, when: alarm_email}',
      'aws_iam_policy.a: {foldedInto: compute.TaskRole}',
      'aws_efs_backup_policy.this: {propertyOf: data.FileSystem, property: BackupPolicy}',
      'random_string.suffix:',
      '  nothing: the name has no suffix',
      '  docs: docs/infrastructure.md#in-behaviour',
    )
    expect(mappings.map(({counterpart, when, line}) => ({...counterpart, when, line}))).toEqual([
      {kind: 'resource', resource: 'network.Vpc', when: [], line: 2},
      {kind: 'resource', resource: 'services.AlarmTopic', when: ['alarm_email'], line: 3},
      {kind: 'folded', resource: 'compute.TaskRole', when: [], line: 4},
      {kind: 'property', resource: 'data.FileSystem', property: 'BackupPolicy', when: [], line: 5},
      {
        kind: 'nothing',
        reason: 'the name has no suffix',
        docs: 'docs/infrastructure.md#in-behaviour',
        when: [],
        line: 6,
      },
    ])
  })

  test.each([
    ['', 'mapping.yaml, line 1: it is no map of patterns.'],
    ['- aws_vpc.this: network.Vpc', 'mapping.yaml, line 1: it is no map of patterns.'],
    [
      'aws_vpc.this: network.Vpc\naws_vpc.this: network.Vpc',
      'mapping.yaml, line 2: Map keys must be unique.',
    ],
    ['aws_vpc.this: "unclosed', 'mapping.yaml, line 1: Missing closing "quote.'],
    ['aws_vpc: network.Vpc', 'mapping.yaml, line 1: "aws_vpc" is no address'],
    ['aws_vpc.this:', 'mapping.yaml, line 1: a text is missing.'],
    ['aws_vpc.this: 7', 'mapping.yaml, line 1: a text is missing.'],
    ['aws_vpc.this: [network.Vpc]', 'the value is neither a resource nor a map.'],
    ['aws_vpc.this: Vpc', '"Vpc" is no resource; one is written network.Vpc, stack and logical id.'],
    ['aws_vpc.this: {resources: network.Vpc}', '"resources" is none of resource, foldedInto, propertyOf,'],
    ['aws_vpc.this: {when: name}', 'it needs exactly one of a resource, foldedInto,'],
    ['aws_vpc.this: {resource: network.Vpc, foldedInto: network.Vpc}', 'it needs exactly one of'],
    ['aws_vpc.this: {propertyOf: network.Vpc}', 'it needs exactly one of'],
    ['aws_vpc.this: {resource: network.Vpc, property: Tags}', 'it needs exactly one of'],
    ['aws_vpc.this: {nothing: unused}', 'it needs exactly one of'],
    ['aws_vpc.this: {nothing: unused, docs: somewhere}', '"somewhere" is no place in the documentation'],
  ])('%j is refused with its line', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({code: 'MAPPING_INVALID', exitCode: 2}))
    expect(() => read(text)).toThrow(message)
  })
})

describe('looking an address up', () => {
  const mappings = read(
    'aws_lb.this[*]: compute.MainAlb',
    'aws_lb.this["kc.*"]: compute.KeycloakAlb',
    'aws_lb.this["kc.x"]: network.Vpc',
  )
  const lookup = new MappingLookup(mappings)
  const lineOf = (address: string) => lookup.of(parseAddress(address))?.line

  test('the most specific pattern wins, in whatever order they stand', () => {
    expect(['"a"', '0', '"kc.a"', '"kc.x"'].map(key => lineOf(`aws_lb.this[${key}]`))).toEqual([1, 1, 2, 3])
    expect(lineOf('aws_lb.this')).toBeUndefined()
    expect(lineOf('aws_lb.that[0]')).toBeUndefined()
    expect(lineOf('module.a.aws_lb.this[0]')).toBeUndefined()
  })

  test('a pattern whose addresses others take is dead', () => {
    const resources = ['aws_lb.this["kc.a"]', 'aws_lb.this["kc.x"]']
      .map(parseAddress)
      .map(parsed => ({parsed}))
    expect(lookup.dead(resources, {}).map(({line}) => line)).toEqual([1])
  })

  test.each<[Json | undefined, number]>([
    ['teacher@example.com', 1],
    [true, 1],
    [['10.0.0.0/8'], 1],
    ['', 0],
    [false, 0],
    [null, 0],
    [[], 0],
    [undefined, 0],
  ])('with its variable %j, %d pattern without address is dead', (value, dead) => {
    const mappings = read('aws_sns_topic.this: {resource: services.AlarmTopic, when: alarm_email}')
    const variables: JsonObject = value === undefined ? {} : {alarm_email: value}
    expect(new MappingLookup(mappings).dead([], variables)).toHaveLength(dead)
  })

  test('with several variables, a pattern is dead only where all are given', () => {
    const mappings = read(
      'aws_sns_topic.this: {resource: services.AlarmTopic, when: "alarm_email, enable_monitoring"}',
    )
    const dead = (variables: Record<string, boolean>) => new MappingLookup(mappings).dead([], variables)
    expect(dead({alarm_email: true})).toEqual([])
    expect(dead({alarm_email: true, enable_monitoring: false})).toEqual([])
    expect(dead({alarm_email: true, enable_monitoring: true})).toEqual(mappings)
  })

  test.each([
    ['aws_lb.a[*]', 'aws_lb.*["x"]', 1],
    ['aws_lb.a["x*"]', 'aws_lb.a["*x"]', 1],
    ['aws_lb.a["x_*"]', 'aws_lb.a["y_*"]', 0],
    ['aws_lb.a[*]', 'aws_lb.*', 0],
    ['aws_lb.a[*]', 'aws_vpc.a[*]', 0],
    ['aws_lb.a[0]', 'aws_lb.a["0"]', 0],
    ['module.a.aws_lb.*', 'module.*.aws_lb.a', 1],
    ['aws_lb.a[*]', 'aws_lb.a["x*"]', 0],
  ])('%s and %s overlap %d times', (one, other, count) => {
    expect(overlaps(read(`${one}: compute.MainAlb`, `${other}: compute.MainAlb`))).toHaveLength(count)
  })
})
