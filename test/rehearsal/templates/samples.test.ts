import {afterEach, describe, expect, it, test} from 'vitest'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {hasSchemaProvider} from '../../../src/rehearsal/resources/by-schema/index.js'
import {typesWithSchema} from '../../../src/rehearsal/resources/resource-schema.js'
import {filesIn, type Parameters, type RehearsedAccount, rehearsedAccount, textOf} from './rehearsed.js'
import {type Sample, samples} from './samples.js'

let account: RehearsedAccount | undefined
afterEach(async () => {
  await account?.close()
  account = undefined
})

const fileOf = (name: string) => `samples/${name}.${name === 'regional' ? 'json' : 'yaml'}`

test('every sample has expectations, and every expectation a sample', () => {
  const files = filesIn('samples').flatMap(file => (file.startsWith('child-') ? [] : `samples/${file}`))
  const expected = Object.keys(samples).map(fileOf)
  expect(
    {
      withoutExpectations: files.filter(file => !expected.includes(file)),
      withoutTemplate: expected.filter(file => !files.includes(file)),
    },
    'templates of test/rehearsal/templates/samples/ and entries of samples.ts',
  ).toEqual({withoutExpectations: [], withoutTemplate: []})
})

/** As the long form names them. Functions of macros are refused, and so are those that ask about the account. */
const intrinsics = [
  ...['Ref', 'Condition', 'Fn::And', 'Fn::Base64', 'Fn::Cidr', 'Fn::Contains', 'Fn::EachMemberEquals'],
  ...[
    'Fn::EachMemberIn',
    'Fn::Equals',
    'Fn::FindInMap',
    'Fn::GetAZs',
    'Fn::GetAtt',
    'Fn::If',
    'Fn::ImportValue',
  ],
  ...['Fn::Join', 'Fn::Not', 'Fn::Or', 'Fn::RefAll', 'Fn::Select', 'Fn::Split', 'Fn::Sub'],
]

test('every intrinsic function is in a sample', () => {
  const text = filesIn('samples')
    .map(file => textOf(`samples/${file}`))
    .join('\n')
  const used = (name: string) => text.includes(`${name}:`) || text.includes(`!${name.replace('Fn::', '')} `)
  expect(intrinsics.filter(name => !used(name))).toEqual([])
})

async function made(open: RehearsedAccount, name: string, sample: Sample): Promise<Parameters> {
  const parameters = sample.parameters?.(open) ?? {}
  const stack = open.begin(name, fileOf(name), parameters)
  await open.rest(stack, () => sample.meanwhile?.(open))
  expect(failures(stack)).toEqual([])
  expect(stack.status).toBe('CREATE_COMPLETE')
  return parameters
}

/** What went wrong, in the words of the events. */
function failures(stack: Stack): string[] {
  return stack.events
    .filter(({status}) => status.includes('FAILED') || status.includes('ROLLBACK'))
    .map(({logicalId, reason}) => `${logicalId}: ${reason}`)
}

function physicalIds({resources}: Stack): Record<string, string> {
  return Object.fromEntries(
    Object.values(resources).map(({logicalId, physicalId}) => [logicalId, physicalId]),
  )
}

/** One whose template is missing, or that of another below it, is told of above. */
const templates = filesIn('samples').map(file => `samples/${file}`)
const complete = Object.entries(samples).filter(([name, {before = []}]) =>
  [name, ...before].every(each => templates.includes(fileOf(each))),
)

describe.each(complete)('%s', (name, sample) => {
  it('is created, updated as it should be, and deleted without a trace', async () => {
    const open = await rehearsedAccount()
    account = open
    for (const other of sample.before ?? []) await made(open, other, samples[other] as Sample)
    const existing = open.left()
    const parameters = await made(open, name, sample)
    const outputs = open.outputs(name)
    expect(Object.keys(outputs).sort()).toEqual(expect.arrayContaining(Object.keys(sample.outputs).sort()))
    for (const [key, expected] of Object.entries(sample.outputs)) {
      if (typeof expected === 'string') expect(outputs[key], key).toBe(expected)
      else expect(outputs[key], key).toMatch(expected)
    }

    const stack = open.find(name)
    const before = physicalIds(stack)
    const told = stack.events.length
    const {inPlace = [], replaced = []} = sample.update
    if (inPlace.length + replaced.length > 0) {
      await open.change(name, fileOf(name), {...parameters, ...sample.update.parameters})
      expect(failures(stack)).toEqual([])
      expect(stack.status).toBe('UPDATE_COMPLETE')
      const after = physicalIds(stack)
      const touched = stack.events
        .slice(told)
        .filter(({status, logicalId}) => /^(CREATE|UPDATE)_COMPLETE$/.test(status) && logicalId !== name)
      expect([...new Set(touched.map(({logicalId}) => logicalId))].sort()).toEqual(
        [...inPlace, ...replaced].sort(),
      )
      const changed = Object.keys(before).filter(id => before[id] !== after[id])
      expect(changed.sort()).toEqual([...replaced].sort())
    } else {
      const same = () => open.change(name, fileOf(name), {...parameters, ...sample.update.parameters})
      expect(same).toThrow('No updates are to be performed.')
    }

    await open.removed(name)
    expect(failures(stack)).toEqual([])
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(open.left().sort()).toEqual([...existing, ...(sample.kept ?? [])].sort())
  })
})

test('together they name every type that the account makes and that is not made by schema', () => {
  const text = filesIn('samples')
    .map(file => textOf(`samples/${file}`))
    .join('\n')
  const named = new Set(text.match(/AWS::\w+::\w+/g))
  const missing = typesWithSchema().filter(type => !hasSchemaProvider(type) && !named.has(type))
  expect(missing, 'types that no template of test/rehearsal/templates/samples/ makes').toEqual([])
})
