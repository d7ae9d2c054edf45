/**
 * Writes what the embedded account answers into docs/embedded-account.md, between its markers: the operations of
 * every service, from the handler tables, the resource types, from the providers, the quotas that it enforces, the faults
 * that it can be given, and the links that one of them breaks. Needs a build; `npm run docs` makes one first. test/docs/embedded-account.test.ts fails when the page is not current.
 */
import {readFileSync, writeFileSync} from 'node:fs'
import {emptyAccount} from '../dist/rehearsal/account/account.js'
import {allQuotas} from '../dist/rehearsal/account/quotas.js'
import {VirtualClock} from '../dist/rehearsal/account/virtual-clock.js'
import {World} from '../dist/rehearsal/account/world.js'
import {brokenLinks} from '../dist/rehearsal/faults/broken-links.js'
import {catalogue} from '../dist/rehearsal/faults/catalogue.js'
import {handlerTables} from '../dist/rehearsal/services/operations.js'
import {hasSchemaProvider, typesMade} from '../dist/rehearsal/services/providers.js'

const page = new URL('../docs/embedded-account.md', import.meta.url)

/** Where the AWS CLI calls a service otherwise than the account does. */
const commandNames = {
  s3: 's3api',
  servicequotas: 'service-quotas',
  tagging: 'resourcegroupstaggingapi',
  applicationautoscaling: 'application-autoscaling',
}

/** A word of a fault with more values than these is told without them. */
const mostValues = 6

const text = readFileSync(page, 'utf8')
const tables = {
  operations: operations(),
  types: types(),
  quotas: quotas(),
  faults: faults(),
  links: links(),
}
writeFileSync(
  page,
  Object.entries(tables).reduce((whole, [marker, table]) => replaced(whole, marker, table), text),
)

function operations() {
  const world = new World(emptyAccount({seed: 1, now: 0}), new VirtualClock({speed: 'max', now: 0}))
  const rows = Object.entries(handlerTables(world)).map(([service, handlers]) => {
    const names = Object.keys(handlers).sort()
    return `| \`${commandNames[service] ?? service}\` | ${names.map(name => `\`${name}\``).join(', ')} |`
  })
  return ['| service, as the AWS CLI calls it | operations |', '|---|---|', ...rows.sort()].join('\n')
}

/** What is acted out, and what is only made, by service. */
function types() {
  const known = typesMade()
  const services = [...new Set(known.map(type => type.split('::')[1]))]
  const rows = services.map(service => {
    const ofService = known.filter(type => type.split('::')[1] === service)
    const names = some => some.map(type => `\`${type.split('::')[2]}\``).join(', ')
    const simulated = names(ofService.filter(type => !hasSchemaProvider(type)))
    return `| \`AWS::${service}\` | ${simulated} | ${names(ofService.filter(hasSchemaProvider))} |`
  })
  return ['| service | simulated | by rule |', '|---|---|---|', ...rows].join('\n')
}

function quotas() {
  const rows = allQuotas.map(({code, name, service, awsDefault, begins}) => {
    return `| \`${code}\` | \`${service.code}\` | ${name} | ${awsDefault} | ${begins ?? awsDefault} |`
  })
  return [
    '| code | service | quota | AWS gives a new account | the account begins with |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function faults() {
  const groups = [...new Set(Object.values(catalogue).map(({group}) => group))]
  return groups.map(group => `#### ${group}\n\n${faultTable(group)}`).join('\n\n')
}

function faultTable(group) {
  const rows = Object.entries(catalogue)
    .filter(([, entry]) => entry.group === group)
    .map(([kind, {place, everywhere, options, needs = [], effect, example}]) => {
      const words = Object.entries(options).map(([name, {values = []}]) => {
        const word = `${name}=${values.length > 0 && values.length <= mostValues ? values.join('\\|') : '…'}`
        return needs.includes(name) ? word : `[${word}]`
      })
      const syntax = [kind, everywhere === undefined ? place : `[${place}]`, ...words].join(' ')
      return `| \`${syntax}\` | ${effect} | \`${example}\` |`
    })
  return ['| fault | what happens | example |', '|---|---|---|', ...rows].join('\n')
}

function links() {
  const rows = Object.entries(brokenLinks).map(([name, {service, effect}]) => {
    return `| \`${name}\` | ${service} | ${effect} |`
  })
  return ['| `what` | in | what happens |', '|---|---|---|', ...rows].join('\n')
}

function replaced(text, marker, table) {
  const section = new RegExp(`(<!-- ${marker} -->\n)[\\s\\S]*?(<!-- ${marker}stop -->)`)
  if (!section.test(text))
    throw new Error(`docs/embedded-account.md has no section between ${marker} markers.`)
  return text.replace(section, (_, begin, end) => `${begin}\n${table}\n\n${end}`)
}
