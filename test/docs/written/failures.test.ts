import {test} from 'vitest'
import {areas, type FailureArea} from '../../../src/diagnosis/known-failures/index.js'
import type {KnownFailure} from '../../../src/diagnosis/known-failures/known-failure.js'
import {cell, expectWritten} from './written-part.js'

function tableOf({title, failures}: FailureArea): string[] {
  const head = ["| failure | AWS's words | what it means | what to do |", '|---|---|---|---|']
  return [`## ${title}`, '', ...head, ...failures.map(rowOf), '']
}

function rowOf({id, types, reason, meaning, advice}: KnownFailure): string {
  const of = types === undefined ? '' : `, of \`${cell(types.source)}\``
  return `| \`${id}\` | \`${cell(reason.source)}\`${of} | ${meaning} | ${cell([advice].flat()[0] ?? '')} |`
}

test('docs/failures.md has every entry of the catalogue in its order, with its words, and no other', () => {
  expectWritten('failures.md', 'failures', areas.flatMap(tableOf).join('\n'))
})
