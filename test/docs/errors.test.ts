import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {failureDocument} from '../../src/app/failure-document.js'
import {invalidInput} from '../../src/errors.js'
import {commandNames} from '../helpers/commands.js'
import {errorCodesIn, UnreadableCall} from './error-codes.js'
import {disagreements, resultTypeOf, resultTypes} from './result-types.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/errors.md', root), 'utf8')

/** Where failures are defined, and where one is copied with what it had: no codes of their own. */
const exempt = ['errors.ts', 'app/redactor.ts']

describe('docs/errors.md', () => {
  test('has exactly the codes of the source, with their exit codes', () => {
    const row = 'docs/errors.md has a row by hand for every code: code, exit codes, meaning, what to do'
    expect(codesOfPage(page), row).toEqual(codesOf(sources()))
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

  test('shows the document of every command, and every type in it, with their members in order', () => {
    const shown = new Set<string>()
    const wrong = commandNames.flatMap(command => {
      const [example] = documents(sectionOf(page, command))
      if (example === undefined) return [`there is no \`### ${command}\` with a document`]
      return disagreements(example, resultTypeOf(command) ?? '', command, shown)
    })
    const [certificate] = documents(sectionOf(page, 'certificate'))
    wrong.push(...disagreements(certificate, 'Certificate', 'certificate', shown))
    const untold = [...resultTypes.keys()].filter(type => !shown.has(type))
    expect([...wrong, ...untold.map(type => `no document shows a ${type}`)], 'docs/errors.md').toEqual([])
  })

  test('knows the document of every command', () => {
    expect(commandNames.filter(command => !resultTypes.has(resultTypeOf(command) ?? ''))).toEqual([])
  })

  test('misses members that a document lacks, at any depth', () => {
    const [example = {}] = documents(sectionOf(page, 'verify'))
    const {services: _, ...lacking} = example
    expect(disagreements(lacking, 'Health', 'verify', new Set())).toHaveLength(1)
    const renamed = {...example, services: [{called: 'x'}]}
    expect(disagreements(renamed, 'Health', 'verify', new Set())).toEqual([
      expect.stringContaining('verify.services[] has called; its type has name, cluster'),
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

/** What is below the heading of a command. */
function sectionOf(text: string, command: string): string {
  return text.split(`\n### ${command}\n`)[1]?.split(/\n##/)[0] ?? ''
}

/** The JSON examples; `…` stands for what was left out. */
function documents(text: string): Record<string, unknown>[] {
  return Array.from(text.matchAll(/```json\n([\s\S]*?)```/g), ([, json = '']) => JSON.parse(json))
}
