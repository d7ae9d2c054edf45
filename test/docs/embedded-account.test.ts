import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {emptyAccount} from '../../src/rehearsal/account/account.js'
import {allQuotas, quotaValue} from '../../src/rehearsal/account/quotas.js'
import {VirtualClock} from '../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../src/rehearsal/account/world.js'
import {kindOf} from '../../src/rehearsal/kinds/index.js'
import {handlerTables} from '../../src/rehearsal/services/index.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/embedded-account.md', root), 'utf8')

/** Where the AWS CLI calls a service otherwise than the account does. */
const commandNames: Readonly<Record<string, string>> = {
  s3: 's3api',
  servicequotas: 'service-quotas',
  tagging: 'resourcegroupstaggingapi',
}

describe('docs/embedded-account.md (npm run docs writes its tables)', () => {
  test('lists the operations that the account has, and no others', () => {
    const world = new World(emptyAccount({seed: 1, now: 0}), new VirtualClock({speed: 'max', now: 0}))
    const tables = Object.entries(handlerTables(world)).map(([service, handlers]) => [
      commandNames[service] ?? service,
      Object.keys(handlers).sort(),
    ])
    expect(rowsOf(page, 'operations')).toEqual(Object.fromEntries(tables))
  })

  test('lists the resource types that the account can make, and no others', () => {
    const listed = Object.entries(rowsOf(page, 'types')).flatMap(([service, names]) =>
      names.map(name => `${service}::${name}`),
    )
    expect(listed.sort()).toEqual(knownTypes())
  })

  test('lists every resource type of the templates', () => {
    const folder = new URL('cloudformation/', root)
    const texts = readdirSync(folder)
      .filter(name => name.endsWith('.yaml'))
      .map(name => readFileSync(new URL(name, folder), 'utf8'))
    const used = texts.flatMap(text => text.match(/(?<=^ {4}Type: )AWS::\w+::\w+/gm) ?? [])
    const missing = [...new Set(used)].filter(type => !knownTypes().includes(type))
    expect(missing).toEqual(['AWS::CloudFormation::Stack'])
  })

  test('lists the quotas that the account enforces, with what AWS gives and what it begins with', () => {
    const section = /<!-- quotas -->([\s\S]*?)<!-- quotasstop -->/.exec(page)?.[1] ?? ''
    const rows = section.match(/^\| `L-.*$/gm)
    expect(rows).toEqual(
      allQuotas.map(quota => {
        const {code, name, service, awsDefault} = quota
        const begins = quotaValue(emptyAccount({seed: 1, now: 0}), quota)
        return `| \`${code}\` | \`${service.code}\` | ${name} | ${awsDefault} | ${begins} |`
      }),
    )
  })

  test('names the variables that mcpgw rehearse prints', () => {
    const source = readFileSync(new URL('src/commands/rehearse.ts', root), 'utf8')
    const body = /function variablesFor[\s\S]*?return \{([\s\S]*?)\n {2}\}/.exec(source)?.[1] ?? ''
    const names = Array.from(body.matchAll(/^ {4}(\w+):/gm), ([, name]) => name)
    expect(names.length).toBeGreaterThan(4)
    expect(names.filter(name => !page.includes(`export ${name}=`))).toEqual([])
  })
})

/** Asked of the kinds for every type that the account's code and data name: they have no list of their own. */
function knownTypes(): string[] {
  const folder = new URL('src/rehearsal/kinds/', root)
  const named = readdirSync(folder).flatMap(
    name => readFileSync(new URL(name, folder), 'utf8').match(/AWS::\w+::\w+/g) ?? [],
  )
  return [...new Set(named)].filter(type => kindOf(type) !== undefined).sort()
}

/** The rows of the table between two markers: the names of the second column by that of the first. */
function rowsOf(text: string, marker: string): Record<string, string[]> {
  const section = new RegExp(`<!-- ${marker} -->([\\s\\S]*?)<!-- ${marker}stop -->`).exec(text)?.[1] ?? ''
  const rows = Array.from(section.matchAll(/^\| `([\w:-]+)` \| (.*) \|$/gm), ([, first = '', names = '']) => [
    first,
    Array.from(names.matchAll(/`(\w+)`/g), ([, name]) => name ?? ''),
  ])
  return Object.fromEntries(rows)
}
