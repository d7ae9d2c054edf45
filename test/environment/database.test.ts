import {expect, it} from 'vitest'
import {compareEngineVersions} from '../../src/environment/database.js'

it.each([
  ['8.0.mysql_aurora.3.08.2', '8.0.mysql_aurora.3.10.0'],
  ['8.0.mysql_aurora.3.9.0', '8.0.mysql_aurora.3.10.0'],
  ['8.0.mysql_aurora.3.10.0', '8.0.mysql_aurora.3.10.1'],
  ['5.7.mysql_aurora.2.12.5', '8.0.mysql_aurora.3.04.4'],
  ['8.0.mysql_aurora.3.10.3', '8.4.mysql_aurora.8.4.7'],
])('%s is older than %s', (older, newer) => {
  expect(compareEngineVersions(older, newer)).toBeLessThan(0)
  expect(compareEngineVersions(newer, older)).toBeGreaterThan(0)
  expect(compareEngineVersions(newer, newer)).toBe(0)
})
