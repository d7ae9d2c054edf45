import {describe, test} from 'vitest'
import {allQuotas} from '../../../src/rehearsal/account/quotas.js'
import {brokenLinks} from '../../../src/rehearsal/faults/broken-links.js'
import {catalogue, type FaultKindEntry} from '../../../src/rehearsal/faults/catalogue.js'
import {quotaValue} from '../../../src/rehearsal/faults/quota-value.js'
import {hasSchemaProvider} from '../../../src/rehearsal/resources/by-schema/index.js'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import {typesMade} from '../../../src/rehearsal/services/providers.js'
import {testWorld} from '../../rehearsal/helpers/world.js'
import {expectWritten} from './written-part.js'

/** Where the AWS CLI calls a service otherwise than the account does. */
const commandNames: Readonly<Record<string, string>> = {
  s3: 's3api',
  servicequotas: 'service-quotas',
  tagging: 'resourcegroupstaggingapi',
  applicationautoscaling: 'application-autoscaling',
}

/** A word of a fault with more values than these is told without them. */
const mostValues = 6

const code = (name: string) => `\`${name}\``
const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`

function operations(): string {
  const rows = Object.entries(handlerTables(testWorld().world)).map(([service, handlers]) => {
    const names = Object.keys(handlers).sort()
    return `| ${code(commandNames[service] ?? service)} | ${names.map(code).join(', ')} |`
  })
  return lines('| service, as the AWS CLI calls it | operations |', '|---|---|', ...rows.sort())
}

/** What is acted out, and what is only made, by service. */
function types(): string {
  const known = typesMade()
  const services = [...new Set(known.map(type => type.split('::')[1]))]
  const rows = services.map(service => {
    const ofService = known.filter(type => type.split('::')[1] === service)
    const names = (some: readonly string[]) => some.map(type => code(type.split('::')[2] ?? '')).join(', ')
    const simulated = names(ofService.filter(type => !hasSchemaProvider(type)))
    return `| \`AWS::${service}\` | ${simulated} | ${names(ofService.filter(hasSchemaProvider))} |`
  })
  return lines('| service | simulated | by schema |', '|---|---|---|', ...rows)
}

function quotas(): string {
  const {account} = testWorld().world
  const rows = allQuotas.map(quota => {
    const {name, service, awsDefault} = quota
    const begins = quotaValue(account, quota)
    return `| \`${quota.code}\` | \`${service.code}\` | ${name} | ${awsDefault} | ${begins} |`
  })
  return lines(
    '| code | service | quota | AWS gives a new account | the account begins with |',
    '|---|---|---|---|---|',
    ...rows,
  )
}

function faults(): string {
  const entries: [string, FaultKindEntry][] = Object.entries(catalogue)
  const groups = [...new Set(entries.map(([, {group}]) => group))]
  const tableOf = (wanted: string) => {
    const rows = entries.filter(([, {group}]) => group === wanted).map(faultRow)
    return lines(`#### ${wanted}`, '', '| fault | what happens | example |', '|---|---|---|', ...rows)
  }
  return groups.map(tableOf).join('\n')
}

function faultRow([kind, {place, everywhere, options, needs = [], effect, example}]: [
  string,
  FaultKindEntry,
]) {
  const words = Object.entries(options).map(([name, {values = []}]) => {
    const word = `${name}=${values.length > 0 && values.length <= mostValues ? values.join('\\|') : '…'}`
    return needs.includes(name) ? word : `[${word}]`
  })
  const syntax = [kind, everywhere === undefined ? place : `[${place}]`, ...words].join(' ')
  return `| \`${syntax}\` | ${effect} | \`${example}\` |`
}

function links(): string {
  const rows = Object.entries(brokenLinks).map(
    ([name, {service, effect}]) => `| \`${name}\` | ${service} | ${effect} |`,
  )
  return lines('| `what` | in | what happens |', '|---|---|---|', ...rows)
}

describe('docs/embedded-account.md has, with their words and no others,', () => {
  test.each([
    ['operations', 'the operations that the account answers', operations],
    ['types', 'the resource types that it can make', types],
    ['quotas', 'the quotas that it enforces', quotas],
    ['faults', 'the faults that it can be given', faults],
    ['links', 'the links that a fault can break', links],
  ] as const)('%s: %s', (marker, _what, table) => {
    expectWritten('embedded-account.md', marker, table())
  })
})
