import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {emptyHead} from '../../../src/app/document-head.js'
import {failureDocument} from '../../../src/app/failure-document.js'
import {invalidInput} from '../../../src/errors.js'
import {commandNames} from '../../helpers/commands.js'
import {problemsOfDocument as problems, publishedDocument} from '../../helpers/published-schemas.js'
import {resultTypeOf} from '../result-types.js'
import {type Schema, schemasOf} from './json-schema.js'

const root = new URL('../../../', import.meta.url)
const folder = new URL('schemas/', root)

const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const results = readdirSync(new URL('src/results/', root)).map(name => read(`src/results/${name}`))
const app = ['document-head', 'failure-document'].map(name => read(`src/app/${name}.ts`))
const all = schemasOf([...results, read('src/foreseen.ts'), ...app].join('\n'))

/** The documents of all commands that have a result, and of a failure. */
const documents = Object.fromEntries([
  ...commandNames.flatMap(command => {
    const type = resultTypeOf(command)
    return type === undefined ? [] : [[command.replaceAll(' ', '-'), type] as const]
  }),
  ['failure', 'FailureDocument'] as const,
  ['certificate', 'Certificate'] as const,
])

/** What a document of that type is: its own members, and those that every document begins with. */
function schemaFor(name: string, type: string): Schema {
  const needed = new Set<string>()
  const need = (schema: unknown) => {
    for (const [, each = ''] of JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)) {
      if (needed.has(each)) continue
      needed.add(each)
      need(all[each])
    }
  }
  const calls = alwaysAsksAws(name) ? [{type: 'object', required: ['apiCalls']}] : []
  const own = {allOf: [{$ref: '#/$defs/DocumentHead'}, {$ref: `#/$defs/${type}`}, ...calls]}
  need(own)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name === 'certificate' ? 'mcpgw teardown --certificate FILE.json' : `mcpgw ${name} --json`,
    ...own,
    $defs: Object.fromEntries([...needed].sort().map(each => [each, all[each]])),
  }
}

/** Others ask nobody, or not with every flag. */
function alwaysAsksAws(name: string): boolean {
  if (['failure', 'rehearse', 'certificate'].includes(name)) return false
  const specification = read(`src/app/specifications/${name}.ts`)
  return /: CommandSpecification</.test(specification) && !/: LocalSpecification</.test(specification)
}

const written = new Map(
  Object.entries(documents).map(([name, type]) => [
    `${name}.schema.json`,
    `${JSON.stringify(schemaFor(name, type), null, 2)}\n`,
  ]),
)

describe('schemas/ (npm run docs:tables writes it)', () => {
  test('has a schema of every document, as the result types say', () => {
    if (process.env.UPDATE_DOCS !== undefined)
      for (const [name, text] of written) writeFileSync(new URL(name, folder), text)
    const published = readdirSync(folder).filter(name => name.endsWith('.json'))
    expect(published.sort()).toEqual([...written.keys()].sort())
    for (const name of published) expect(read(`schemas/${name}`), name).toBe(written.get(name))
  })

  test.each(Object.keys(documents).filter(name => name !== 'failure'))('takes the example of %s', name => {
    const [, section = ''] = read('docs/errors.md').split(`\n### ${name.replaceAll('-', ' ')}\n`)
    const [, json = '{}'] = /```json\n([\s\S]*?)```/.exec(section) ?? []
    expect(problems(name, {...emptyHead, apiCalls: {}, ...JSON.parse(json)})).toEqual([])
  })

  test('misses what a document has and no schema tells of, and the calls of a command that asks AWS', () => {
    const verified = {healthy: true, resourcesChecked: 0}
    const lists = {services: [], targetGroups: [], endpoints: [], links: [], resources: []}
    const document = {...emptyHead, ...verified, ...lists, apiCalls: {}}
    expect(problems('verify', document)).toEqual([])
    expect(problems('verify', {...document, mood: 'fine'})).toEqual([expect.stringContaining('mood')])
    const {apiCalls: _, ...without} = document
    expect(problems('verify', without)).toEqual([expect.stringContaining('apiCalls')])
    expect(() => publishedDocument(['verify'], JSON.stringify(without))).toThrow('what schemas/ does not say')
  })

  test('takes a failure, and refuses what a member is missing or has it of another kind', () => {
    const document = failureDocument(invalidInput('X', 'x', 'x'))
    expect(problems('failure', document)).toEqual([])
    const {schemaVersion: _, ...without} = document
    expect(problems('failure', without)).not.toEqual([])
    expect(problems('failure', {...document, error: {...document.error, code: 7}})).not.toEqual([])
    expect(problems('failure', {...document, layout: 'round'})).not.toEqual([])
  })
})
