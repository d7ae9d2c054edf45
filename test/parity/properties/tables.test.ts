import {describe, expect, test} from 'vitest'
import {uncovered} from '../../../src/parity/compare/coverage.js'
import {parsePath} from '../../../src/parity/compare/path.js'
import type {Counterpart} from '../../../src/parity/mapping/index.js'
import {tableFor, typeTables, withoutCounterpart} from '../../../src/parity/properties/index.js'
import {identifiers} from '../../../src/parity/properties/table.js'
import {hasProperty} from '../../properties/templates/specification.js'
import {counterpartOf, here, planned} from '../v107.js'

const mapped = planned.flatMap(resource => {
  const counterpart = counterpartOf(resource)
  return counterpart.kind === 'nothing' ? [] : [{...resource, counterpart}]
})

function tableOf(type: string, {resource}: Exclude<Counterpart, {kind: 'nothing'}>) {
  const table = tableFor(type, here(resource)?.type ?? '')
  if (table === undefined) throw new Error(`no table compares ${type} with ${resource}`)
  return table
}

describe('the tables and the plan of v1.0.7', () => {
  test('there is one for every type, and each is used', () => {
    const used = new Set(mapped.map(({type, counterpart}) => tableOf(type, counterpart)))
    const types = new Set(planned.map(({type}) => type))
    const unused = typeTables.filter(table => !used.has(table) && !table.terraform.startsWith('aws_sns_'))
    expect(unused.map(({terraform}) => terraform)).toEqual([])
    const untold = [...types].filter(type => !typeTables.some(({terraform}) => terraform === type))
    expect(untold.sort()).toEqual([...withoutCounterpart].sort())
  })

  test('every attribute that has a value, in plan or state, or that is unknown, has a row', () => {
    const found = mapped.flatMap(({type, counterpart, after, applied, unknown}) => {
      const {rows, computed, elsewhere = []} = tableOf(type, counterpart)
      const claims = [...rows.map(({attribute}) => attribute), ...computed, ...elsewhere].map(parsePath)
      const known = [after, applied].flatMap(values => uncovered(values, claims).map(({path}) => path))
      const unknownOnes = Object.keys(unknown).filter(name => unknown[name] === true)
      const untold = unknownOnes.filter(
        name => !claims.some(([first]) => first?.kind === 'member' && first.name === name),
      )
      return [...known, ...untold].map(path => `${type}.${path}`)
    })
    expect([...new Set(found)]).toEqual([])
  })
})

test('every attribute of a row is one that the provider has', () => {
  // A plan has all attributes of a type: null where nothing is configured, and an empty list for a block.
  const had = new Map<string, Set<string>>()
  const ofMany = [...identifiers, 'timeouts']
  for (const {type, after, applied, unknown} of planned) {
    const names = had.get(type) ?? new Set()
    for (const name of [after, applied, unknown].flatMap(Object.keys)) names.add(name)
    had.set(type, names)
  }
  const unheard = typeTables.flatMap(({terraform, rows, computed}) => {
    const names = had.get(terraform)
    const attributes = [...rows.map(({attribute}) => attribute), ...computed]
    return attributes
      .map(attribute => attribute.split('.')[0] ?? '')
      .filter(name => names !== undefined && !names.has(name) && !ofMany.includes(name))
      .map(attribute => `${terraform}.${attribute}`)
  })
  expect(unheard).toEqual([])
})

describe('the tables and the templates', () => {
  test('every property that is written has a row', () => {
    const found = mapped.flatMap(({type, counterpart}) => {
      if (counterpart.kind !== 'resource') return []
      const {rows, elsewhere = []} = tableOf(type, counterpart)
      const claims = [...rows.flatMap(({property}) => property ?? []), ...elsewhere].map(parsePath)
      const {type: kind, properties} = here(counterpart.resource) ?? {type: '', properties: {}}
      return uncovered(properties, claims).map(({path}) => `${kind} ${path}`)
    })
    expect([...new Set(found)]).toEqual([])
  })

  test('every property of a row exists in CloudFormation', () => {
    const wrong = typeTables.flatMap(({terraform, cloudFormation, rows}) => {
      const under = mapped.flatMap(({type, counterpart}) =>
        type === terraform &&
        counterpart.kind === 'property' &&
        here(counterpart.resource)?.type === cloudFormation
          ? counterpart.property
          : [],
      )[0]
      return rows
        .flatMap(({property}) => property ?? [])
        .map(property =>
          under === undefined ? property : `${under}${property === '' ? '' : `.${property}`}`,
        )
        .filter(property => !hasProperty(cloudFormation, property))
        .map(property => `${cloudFormation} ${property}`)
    })
    expect(wrong).toEqual([])
    expect(hasProperty('AWS::EC2::VPC', 'Cidr')).toBe(false)
    expect(hasProperty('AWS::ECS::TaskDefinition', 'Volumes.*.EFSVolumeConfiguration.RootDir')).toBe(false)
  })
})

describe('a table', () => {
  test.each(typeTables.map(table => [`${table.terraform} as ${table.cloudFormation}`, table] as const))(
    '%s tells no attribute and no property twice',
    (_, {rows, computed, elsewhere = []}) => {
      const attributes = [...rows.map(({attribute}) => attribute), ...computed, ...elsewhere]
      expect(attributes).toEqual([...new Set(attributes)])
      const properties = rows.flatMap(({property}) => property ?? [])
      expect(properties).toEqual([...new Set(properties)])
    },
  )

  test('where nothing is compared, a reason stands', () => {
    const silent = typeTables.flatMap(({terraform, rows}) =>
      rows
        .filter(
          row => row.property === null && row.cloudFormationDefault === undefined && row.reason === undefined,
        )
        .map(({attribute}) => `${terraform}.${attribute}`),
    )
    expect(silent).toEqual([])
  })

  test('pairs elements of lists by a field that has a row', () => {
    const wrong = typeTables.flatMap(({terraform, rows, keys = {}}) =>
      Object.entries(keys)
        .filter(([list, field]) => !rows.some(({attribute}) => attribute === `${list}.*.${field}`))
        .map(([list]) => `${terraform}.${list}`),
    )
    expect(wrong).toEqual([])
  })
})
