/**
 * Writes what the templates say into docs/infrastructure.md and the README, between their markers. Needs a build; `npm run docs` makes
 * one first. With `--check` it writes nothing and exits 1 where the page is not current. `--templates FOLDER`,
 * `--page FILE` and `--readme FILE` take the place of the project's own.
 */
import {readFileSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {costTable, taskTable} from './infrastructure/costs.mjs'
import {readDeployment} from './infrastructure/deployment.mjs'
import {architecture, creationOrder} from './infrastructure/diagram.mjs'
import {daySentence, dayTable} from './infrastructure/prices.mjs'
import {outputTable, parameterTables, resourceTable} from './infrastructure/tables.mjs'

const own = file => fileURLToPath(new URL(`../${file}`, import.meta.url))
const {values} = parseArgs({
  options: {
    check: {type: 'boolean', default: false},
    templates: {type: 'string', default: own('cloudformation')},
    page: {type: 'string', default: own('docs/infrastructure.md')},
    readme: {type: 'string', default: own('README.md')},
  },
})

const pages = {
  [values.page]: {
    architecture,
    order: creationOrder,
    resources: resourceTable,
    parameters: parameterTables,
    outputs: outputTable,
    costs: costTable,
    tasks: taskTable,
    day: dayTable,
  },
  [values.readme]: {day: daySentence},
}

const deployment = readDeployment(values.templates)
const written = Object.entries(pages).map(([file, sections]) => {
  const page = readFileSync(file, 'utf8')
  const current = Object.entries(sections).reduce(
    (text, [marker, write]) => replaced(file, text, marker, write(deployment)),
    page,
  )
  return {file, page, current}
})
for (const {file, current} of written.filter(({page, current}) => page !== current)) {
  if (!values.check) writeFileSync(file, current)
  else {
    process.stderr.write(`${file} is not what the templates say: run "npm run docs".\n`)
    process.exitCode = 1
  }
}

function replaced(file, text, marker, content) {
  const section = new RegExp(`(<!-- ${marker} -->\n)[\\s\\S]*?(<!-- ${marker}stop -->)`)
  if (!section.test(text)) throw new Error(`${file} has no section between ${marker} markers.`)
  return text.replace(section, (_, begin, end) => `${begin}\n${content}\n\n${end}`)
}
