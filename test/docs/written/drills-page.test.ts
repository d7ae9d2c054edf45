import {expect, test} from 'vitest'
import {drillTables} from '../../drills/all.js'
import type {Drill} from '../../drills/harness/drill.js'
import {cell, expectWritten} from './written-part.js'

const code = (text: string) => (text === '' ? '' : `\`${cell(text)}\``)

function row({
  name,
  start,
  faults = [],
  command,
  beside,
  interruptAt,
  expect: {exit, code: error = '', message, next},
}: Drill): string {
  const others = [beside && `beside ${code(beside.command)}`, interruptAt && 'then Ctrl-C'].filter(Boolean)
  const what = [code(command), ...others].join(', ')
  return `| ${cell(name)} | ${start} | ${faults.map(code).join('<br>')} | ${what} | ${exit} ${code(error)} | ${code(message?.source ?? '')} | ${code(next?.source ?? '')} |`
}

function tables(): string {
  return Object.entries(drillTables)
    .flatMap(([title, drills]) => [
      `### ${title}`,
      '',
      '| drill | begins | faults | command | ends | says | advises |',
      '|---|---|---|---|---|---|---|',
      ...drills.map(row),
      '',
    ])
    .join('\n')
}

test('docs/drills.md shows every drill of the tables', () => {
  expectWritten('drills.md', 'drills', tables())
})

test('there are more than sixty drills, each with a name of its own', () => {
  const names = Object.values(drillTables).flatMap(drills => drills.map(({name}) => name))
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThan(60)
})
