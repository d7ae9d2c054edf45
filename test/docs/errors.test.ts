import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {failureDocument} from '../../src/app/failure-document.js'
import {invalidInput} from '../../src/errors.js'
import {errorCodesIn, UnreadableCall} from './error-codes.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/errors.md', root), 'utf8')

/** Where failures are defined, and where one is copied with what it had: no codes of their own. */
const exempt = ['errors.ts', 'app/redactor.ts']

describe('docs/errors.md', () => {
  test('has exactly the codes of the source, with their exit codes', () => {
    expect(codesOfPage(page)).toEqual(codesOf(sources()))
  })

  test('misses a code that is planted in the source, and a code of the page that nothing reports', () => {
    const planted = codesOf([...sources(), "throw failed('PLANTED_CODE', 'It broke.')"])
    expect(codesOfPage(page)).not.toEqual(planted)
    expect(planted.PLANTED_CODE).toBe('1')
    expect(codesOfPage(`${page}\n| \`INVENTED\` | 1 | Nothing. | Nothing. |\n`)).not.toEqual(
      codesOf(sources()),
    )
  })

  test('has the members of a failure document, in order', () => {
    const members = Object.keys(failureDocument(invalidInput('X', 'x', 'x')).error)
    const example = documents(page).find(document => 'error' in document)
    expect(Object.keys((example?.error ?? {}) as object)).toEqual(members)
  })

  test.each([
    ['DeployResult', 'apiCalls'],
    ['Health', 'targetGroups'],
    ['TeardownResult', 'cleaned'],
    ['ImagesExportResult', 'set'],
    ['ImageSetResult', 'expectedVersion'],
    ['PlanResult', 'criticalPath'],
    ['DiagnosisResult', 'cancelled'],
    ['PreflightResult', 'checks'],
    ['DiagnoseResult', 'state'],
    ['RealmResult', 'keycloakUrl'],
  ])('has an example with the members of %s, in order', (type, member) => {
    const example = documents(page).find(document => member in document) ?? {}
    expect(Object.keys(example)).toEqual(membersOf(type))
  })

  test('has an example with the members of RealmState and RealmChange', () => {
    const {realm} = documents(page).find(document => 'keycloakUrl' in document) as any
    expect(Object.keys(realm)).toEqual(membersOf('RealmState'))
    expect(Object.keys(realm.changes[0])).toEqual(membersOf('RealmChange'))
  })

  test.each([
    ['WatchResult', 'apiCalls'],
    ['CancelResult', 'cancelled'],
  ])('has an example with the members of %s and what to do next, in order', (type, member) => {
    const example = documents(page).find(document => member in document && 'next' in document) ?? {}
    expect(Object.keys(example)).toEqual(membersOf(type))
  })

  test('has an example with the members of StackResult, ServiceHealth, TargetGroupHealth and EndpointHealth', () => {
    const find = (member: string) => documents(page).find(document => member in document) as any
    expect(Object.keys(find('apiCalls').stacks[0])).toEqual(membersOf('StackResult'))
    expect(Object.keys(find('apiCalls').build)).toEqual(membersOf('BuildResult'))
    expect(Object.keys(find('set').build)).toEqual(membersOf('ExportBuildResult'))
    expect(Object.keys(find('expectedVersion').images[0])).toEqual(membersOf('ImageTarballResult'))
    expect(Object.keys(find('checks').checks[0])).toEqual(membersOf('CheckResult'))
    expect(Object.keys(find('targetGroups').services[0])).toEqual(membersOf('ServiceHealth'))
    expect(Object.keys(find('targetGroups').targetGroups[0])).toEqual(membersOf('TargetGroupHealth'))
    expect(Object.keys(find('targetGroups').endpoints[0])).toEqual(membersOf('EndpointHealth'))
  })

  test('has an example with the members of PlannedStackResult, PathResult, HiddenResult and PlannedImagesResult', () => {
    const plan = documents(page).find(document => 'criticalPath' in document) as any
    expect(Object.keys(plan.stacks[0])).toEqual(membersOf('PlannedStackResult'))
    expect(Object.keys(plan.criticalPath[0])).toEqual(membersOf('PathResult'))
    const path = membersOf('PathResult')
    expect(Object.keys(plan.hidden[0])).toEqual([...path, ...membersOf('HiddenResult')])
    expect(Object.keys(plan.images)).toEqual([
      ...path,
      ...membersOf('HiddenResult'),
      ...membersOf('PlannedImagesResult'),
    ])
  })
})

describe('the scan for error codes', () => {
  test.each([
    [`throw refused(\n  'A_CODE',\n  \`text (with \${nested('(')} brackets\`,\n  'x')`, 'A_CODE', [3]],
    ["new McpgwError('x', {code: 'B_CODE', exitCode: first ? 2 : 4})", 'B_CODE', [2, 4]],
    ["const gone = 130\nnew McpgwError('x', {code: 'C_CODE', exitCode: gone, hint})", 'C_CODE', [130]],
    [
      "class X extends McpgwError { constructor() { super('x', {code: 'D_CODE', exitCode: 1}) } }",
      'D_CODE',
      [1],
    ],
  ])('reads %j', (source, code, exitCodes) => {
    expect(errorCodesIn(source)).toEqual([{code, exitCodes}])
  })

  test('refuses a call whose code it cannot read', () => {
    expect(() => errorCodesIn("throw failed(codeOf(error), 'x')")).toThrow(UnreadableCall)
  })
})

/** Exit codes as text by code, sorted by code. */
function codesOf(texts: readonly string[]): Record<string, string> {
  const found = new Map<string, Set<number>>()
  for (const {code, exitCodes} of texts.flatMap(errorCodesIn)) {
    found.set(code, new Set([...(found.get(code) ?? []), ...exitCodes]))
  }
  const entries = Array.from(found, ([code, exitCodes]) => {
    const sorted = [...exitCodes].sort((a, b) => a - b)
    return [code, sorted.join(', ')] as const
  })
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The rows `| CODE | exit code | … |` of all tables. */
function codesOfPage(text: string): Record<string, string> {
  const rows = Array.from(text.matchAll(/^\| `([A-Z][A-Z_]*)` \| ([\d, ]+) \|/gm), ([, code, exitCodes]) => [
    code ?? '',
    exitCodes ?? '',
  ])
  expect(new Set(rows.map(([code]) => code)).size).toBe(rows.length)
  return Object.fromEntries(rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))
}

function sources(): string[] {
  return readdirSync(new URL('src/', root), {recursive: true, encoding: 'utf8'})
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.ts') && !exempt.includes(path))
    .map(path => readFileSync(new URL(`src/${path}`, root), 'utf8'))
}

/** The JSON examples; `…` stands for what was left out. */
function documents(text: string): Record<string, unknown>[] {
  return Array.from(text.matchAll(/```json\n([\s\S]*?)```/g), ([, json = '']) => JSON.parse(json))
}

/** The members of an interface in src/results, in order. */
function membersOf(type: string): string[] {
  const folder = new URL('src/results/', root)
  const results = readdirSync(folder)
    .map(name => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const body =
    new RegExp(`export interface ${type}(?: extends \\w+)? \\{\n([\\s\\S]*?)\n\\}`).exec(results)?.[1] ?? ''
  return Array.from(body.matchAll(/^ {2}(\w+):/gm), ([, name]) => name ?? '')
}
