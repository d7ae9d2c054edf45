import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {emptyAccount} from '../../src/rehearsal/account/account.js'
import {allQuotas} from '../../src/rehearsal/account/quotas.js'
import {VirtualClock} from '../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../src/rehearsal/account/world.js'
import {catalogue} from '../../src/rehearsal/faults/catalogue.js'
import {quotaValue} from '../../src/rehearsal/faults/quota-value.js'
import {handlerTables} from '../../src/rehearsal/services/operations.js'
import {hasSchemaProvider, typesMade} from '../../src/rehearsal/services/providers.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/embedded-account.md', root), 'utf8')

/** Where the AWS CLI calls a service otherwise than the account does. */
const commandNames: Readonly<Record<string, string>> = {
  s3: 's3api',
  servicequotas: 'service-quotas',
  tagging: 'resourcegroupstaggingapi',
  applicationautoscaling: 'application-autoscaling',
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
    const section = /<!-- types -->([\s\S]*?)<!-- typesstop -->/.exec(page)?.[1] ?? ''
    const listed = {simulated: [] as string[], byRule: [] as string[]}
    for (const [, service, simulated = '', byRule = ''] of section.matchAll(
      /^\| `(AWS::\w+)` \| (.*?) ?\| (.*?) ?\|$/gm,
    )) {
      const named = (names: string) =>
        Array.from(names.matchAll(/`(\w+)`/g), ([, name]) => `${service}::${name}`)
      listed.simulated.push(...named(simulated))
      listed.byRule.push(...named(byRule))
    }
    expect(listed.simulated.sort()).toEqual(typesMade().filter(type => !hasSchemaProvider(type)))
    expect(listed.byRule.sort()).toEqual(typesMade().filter(hasSchemaProvider))
  })

  test('lists every resource type of the templates', () => {
    const folder = new URL('cloudformation/', root)
    const texts = readdirSync(folder)
      .filter(name => name.endsWith('.yaml'))
      .map(name => readFileSync(new URL(name, folder), 'utf8'))
    const used = texts.flatMap(text => text.match(/(?<=^ {4}Type: )AWS::\w+::\w+/gm) ?? [])
    const missing = [...new Set(used)].filter(type => !typesMade().includes(type))
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

  test('lists every fault that the account can be given, with what it does and an example', () => {
    const section = /<!-- faults -->([\s\S]*?)<!-- faultsstop -->/.exec(page)?.[1] ?? ''
    const rows = section.match(/^\| `[a-z].*$/gm) ?? []
    const ends = Object.values(catalogue).map(({effect, example}) => `| ${effect} | \`${example}\` |`)
    expect(rows.map(row => row.slice(row.indexOf('` | ') + 2))).toEqual(ends)
    const kinds = rows.map(row => /^\| `([a-z-]+)/.exec(row)?.[1])
    expect(kinds).toEqual(Object.keys(catalogue))
  })

  test('names the variables that mcpgw rehearse prints', () => {
    const source = readFileSync(new URL('src/commands/rehearse.ts', root), 'utf8')
    const body = /function variablesFor[\s\S]*?return \{([\s\S]*?)\n {2}\}/.exec(source)?.[1] ?? ''
    const names = Array.from(body.matchAll(/^ {4}(\w+):/gm), ([, name]) => name)
    expect(names.length).toBeGreaterThan(4)
    expect(names.filter(name => !page.includes(`export ${name}=`))).toEqual([])
  })
})

/** The rows of the table between two markers: the names of the second column by that of the first. */
function rowsOf(text: string, marker: string): Record<string, string[]> {
  const section = new RegExp(`<!-- ${marker} -->([\\s\\S]*?)<!-- ${marker}stop -->`).exec(text)?.[1] ?? ''
  const rows = Array.from(section.matchAll(/^\| `([\w:-]+)` \| (.*) \|$/gm), ([, first = '', names = '']) => [
    first,
    Array.from(names.matchAll(/`(\w+)`/g), ([, name]) => name ?? ''),
  ])
  return Object.fromEntries(rows)
}
