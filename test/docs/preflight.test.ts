import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {checks} from '../../src/steps/preflight/checks.js'

const page = readFileSync(new URL('../../docs/preflight.md', import.meta.url), 'utf8')

/** The ids of the table whose head begins with `id`, in order. */
function idsOf(text: string): string[] {
  const table = /\| id \|[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)/.exec(text)?.[1] ?? ''
  return Array.from(table.matchAll(/^\| `([\w-]+)` \|/gm), ([, id]) => id ?? '')
}

test('docs/preflight.md has a row for every check, in their order, and no other', () => {
  expect(idsOf(page)).toEqual(checks.map(({id}) => id))
})

test('a check without a row is noticed', () => {
  expect(idsOf(page.replace(/^\| `vpcs`.*\n/m, ''))).not.toContain('vpcs')
})

test('ids are unique, and can be typed', () => {
  const ids = checks.map(({id}) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => !/^[a-z][a-z-]+$/.test(id))).toEqual([])
})
