import {readFileSync} from 'node:fs'
import {describe, expect, it, test} from 'vitest'
import {areas, knownFailures} from '../../src/diagnosis/known-failures/index.js'

const page = readFileSync(new URL('../../docs/failures.md', import.meta.url), 'utf8')
const rows = page.match(/^\| `.*$/gm) ?? []

describe('docs/failures.md (npm run docs writes its tables)', () => {
  it('has every entry of the catalogue in its order, and no others', () => {
    expect(rows.map(row => /^\| `([\w-]+)` \|/.exec(row)?.[1])).toEqual(knownFailures.map(({id}) => id))
  })

  test.each(knownFailures.map((known, index) => [known.id, known, index] as const))(
    'says of %s what the catalogue says',
    (_id, {types, reason, meaning, advice}, index) => {
      const row = (rows[index] ?? '').replaceAll('\\|', '|')
      expect(row).toContain(` | \`${reason.source}\``)
      expect(row.includes(', of `')).toBe(types !== undefined)
      if (types !== undefined) expect(row).toContain(`, of \`${types.source}\` |`)
      expect(row.endsWith(` | ${meaning} | ${advice} |`)).toBe(true)
    },
  )

  it('has a heading for each area', () => {
    expect(page.match(/(?<=^## ).*$/gm)).toEqual(areas.map(({title}) => title))
  })
})
