import {expect, test} from 'vitest'
import {type Damage, damages, damagesOfDomain} from '../../drills/table/damage.js'
import {cell, expectWritten} from './written-part.js'

const all = [...damages, ...damagesOfDomain]

function back({back, names}: Damage): string {
  if (back === '--repair') return '`mcpgw deploy --repair`'
  if (back === '--accept-loss') return `\`mcpgw deploy --repair --accept-loss ${names}\``
  return back.startsWith('mcpgw ') ? `\`${back}\`` : `\`${back} …\``
}

const row = (damage: Damage) =>
  `| ${cell(damage.name)} | \`${damage.names}\` | ${back(damage)} | ${damage.lost} |`

test('docs/states.md shows every damage of the drills', () => {
  const head = ['| damage | reported by `verify` | repaired by | lost |', '|---|---|---|---|']
  expectWritten('states.md', 'damage', [...head, ...all.map(row), ''].join('\n'))
})

test('each damage has a name of its own', () => {
  expect(new Set(all.map(({name}) => name)).size).toBe(all.length)
})
