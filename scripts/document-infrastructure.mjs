/**
 * Writes what the templates say into docs/infrastructure.md, between its markers. Needs a build; `npm run docs` makes
 * one first. With `--check` it writes nothing and exits 1 where the page is not current. `--templates FOLDER` and
 * `--page FILE` take the place of the project's own.
 */
import {readFileSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {costTable, taskTable} from './infrastructure/costs.mjs'
import {readDeployment} from './infrastructure/deployment.mjs'
import {architecture, creationOrder} from './infrastructure/diagram.mjs'
import {outputTable, parameterTables, resourceTable} from './infrastructure/tables.mjs'

const own = file => fileURLToPath(new URL(`../${file}`, import.meta.url))
const {values} = parseArgs({
  options: {
    check: {type: 'boolean', default: false},
    templates: {type: 'string', default: own('cloudformation')},
    page: {type: 'string', default: own('docs/infrastructure.md')},
  },
})

const sections = {
  architecture,
  order: creationOrder,
  resources: resourceTable,
  parameters: parameterTables,
  outputs: outputTable,
  costs: costTable,
  tasks: taskTable,
}

const deployment = readDeployment(values.templates)
const page = readFileSync(values.page, 'utf8')
const current = Object.entries(sections).reduce(
  (text, [marker, write]) => replaced(text, marker, write(deployment)),
  page,
)
if (!values.check) writeFileSync(values.page, current)
else if (current !== page) {
  process.stderr.write(`${values.page} is not what the templates say: run "npm run docs".\n`)
  process.exitCode = 1
}

function replaced(text, marker, content) {
  const section = new RegExp(`(<!-- ${marker} -->\n)[\\s\\S]*?(<!-- ${marker}stop -->)`)
  if (!section.test(text)) throw new Error(`${values.page} has no section between ${marker} markers.`)
  return text.replace(section, (_, begin, end) => `${begin}\n${content}\n\n${end}`)
}
