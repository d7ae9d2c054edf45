import {existsSync, readdirSync, readFileSync} from 'node:fs'
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

test('each drill has a name of its own', () => {
  const names = Object.values(drillTables).flatMap(drills => drills.map(({name}) => name))
  expect(new Set(names).size).toBe(names.length)
})

test('each table has a file of its name that runs it, and is among those of test/drills/all.ts', async () => {
  const drills = new URL('../../drills/', import.meta.url)
  const shown: readonly unknown[] = Object.values(drillTables)
  const wrong = []
  for (const file of readdirSync(new URL('table/', drills))) {
    const test = new URL(file.replace('.ts', '.test.ts'), drills)
    if (!existsSync(test)) wrong.push(`test/drills/table/${file} is run by no test`)
    else if (readFileSync(test, 'utf8').includes('testDrills(')) {
      const table: object = await import(new URL(`table/${file}`, drills).href)
      if (!Object.values(table).some(one => shown.includes(one))) wrong.push(`all.ts lacks ${file}`)
    }
  }
  expect(wrong).toEqual([])
})
