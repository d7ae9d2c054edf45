import {readdirSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'

const root = new URL('../../', import.meta.url)
const description = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))

/** Everything else is in the bundle. The size of an installation is measured by test/conformance/package.test.ts. */
test('an installation brings what the code in the templates loads, and nothing else', () => {
  const folder = new URL('cloudformation/', root)
  const templates = readdirSync(folder).filter(name => name.endsWith('.yaml'))
  const texts = templates.map(name => readFileSync(new URL(name, folder), 'utf8'))
  const loaded = texts.flatMap(text =>
    Array.from(text.matchAll(/require\('(@[\w./-]+)'\)/g), ([, name]) => name),
  )
  expect(loaded.length).toBeGreaterThan(0)
  expect(Object.keys(description.dependencies).sort()).toEqual([...new Set(loaded)].sort())
})

test('it stays unpublished until it has an owner', () => {
  expect(description.private).toBe(true)
  expect(description.repository).toBeUndefined()
})
