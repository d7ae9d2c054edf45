import {expect, it} from 'vitest'
import {checkSkipped} from '../../src/input/skipped-checks.js'

it('takes the ids of checks', () => {
  expect(checkSkipped(['clock', 'elastic-ips'])).toEqual(['clock', 'elastic-ips'])
})

it('names the check that a mistyped id was meant for', () => {
  expect(() => checkSkipped(['clok'])).toThrow(
    '--skip-check: preflight has no check clok. Did you mean clock?',
  )
})
