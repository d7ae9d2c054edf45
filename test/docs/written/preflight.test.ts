import {expect, test} from 'vitest'
import {checks} from '../../../src/steps/preflight/checks.js'
import {expectWritten} from './written-part.js'

const table = [
  '| id | what is looked at | blocks when |',
  '|---|---|---|',
  ...checks.map(({id, looksAt, blocksWhen = ''}) => `| \`${id}\` | ${looksAt} | ${blocksWhen} |`),
  '',
].join('\n')

test('docs/preflight.md has a row for every check, in their order, and no other', () => {
  expectWritten('preflight.md', 'checks', table)
})

test('ids are unique, and can be typed', () => {
  const ids = checks.map(({id}) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => !/^[a-z][a-z-]+$/.test(id))).toEqual([])
})
