/**
 * Writes what the embedded account answers into docs/embedded-account.md, between its markers: the operations of
 * every service, from the handler tables, the resource types, from the kinds, and the quotas that it enforces. Needs
 * a build; `npm run docs` makes one first. test/docs/embedded-account.test.ts fails when the page is not current.
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {emptyAccount} from '../dist/rehearsal/account/account.js'
import {allQuotas} from '../dist/rehearsal/account/quotas.js'
import {VirtualClock} from '../dist/rehearsal/account/virtual-clock.js'
import {World} from '../dist/rehearsal/account/world.js'
import {kindOf} from '../dist/rehearsal/kinds/index.js'
import {handlerTables} from '../dist/rehearsal/services/index.js'

const page = new URL('../docs/embedded-account.md', import.meta.url)
const kinds = new URL('../src/rehearsal/kinds/', import.meta.url)

/** Where the AWS CLI calls a service otherwise than the account does. */
const commandNames = {
  s3: 's3api',
  servicequotas: 'service-quotas',
  tagging: 'resourcegroupstaggingapi',
}

const text = readFileSync(page, 'utf8')
const tables = {operations: operations(), types: types(), quotas: quotas()}
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

/** The kinds are asked about every type that the account's code and data name, because they have no list of their own. */
function types() {
  const files = readdirSync(kinds).filter(name => /\.(ts|json)$/.test(name))
  const named = files.flatMap(
    name => readFileSync(new URL(name, kinds), 'utf8').match(/AWS::\w+::\w+/g) ?? [],
  )
  const known = [...new Set(named)].filter(type => kindOf(type) !== undefined).sort()
  const services = [...new Set(known.map(type => type.split('::')[1]))]
  const rows = services.map(service => {
    const names = known.filter(type => type.split('::')[1] === service).map(type => type.split('::')[2])
    return `| \`AWS::${service}\` | ${names.map(name => `\`${name}\``).join(', ')} |`
  })
  return ['| service | resource types |', '|---|---|', ...rows].join('\n')
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

function replaced(text, marker, table) {
  const section = new RegExp(`(<!-- ${marker} -->\n)[\\s\\S]*?(<!-- ${marker}stop -->)`)
  if (!section.test(text))
    throw new Error(`docs/embedded-account.md has no section between ${marker} markers.`)
  return text.replace(section, (_, begin, end) => `${begin}\n${table}\n\n${end}`)
}
