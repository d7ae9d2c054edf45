/**
 * Writes the catalogue of known failures into docs/failures.md, between its markers. Needs a build; `npm run docs` makes
 * one first. test/docs/failures.test.ts fails when the page is not current.
 */
import {readFileSync, writeFileSync} from 'node:fs'
import {areas} from '../dist/diagnosis/known-failures/index.js'

const page = new URL('../docs/failures.md', import.meta.url)
const section = /(<!-- failures -->\n)[\s\S]*?(<!-- failuresstop -->)/

const text = readFileSync(page, 'utf8')
if (!section.test(text)) throw new Error('docs/failures.md has no section between failures markers.')
writeFileSync(
  page,
  text.replace(section, (_, begin, end) => `${begin}\n${areas.map(tableOf).join('\n\n')}\n\n${end}`),
)

function tableOf({title, failures}) {
  const head = ["| failure | AWS's words | what it means | what to do |", '|---|---|---|---|']
  return [`## ${title}`, '', ...head, ...failures.map(rowOf)].join('\n')
}

function rowOf({id, types, reason, meaning, advice}) {
  const of = types === undefined ? '' : `, of \`${cell(types)}\``
  return `| \`${id}\` | \`${cell(reason)}\`${of} | ${meaning} | ${advice} |`
}

/** A bar would end the cell, in code as well. */
function cell({source}) {
  return source.replaceAll('|', '\\|')
}
