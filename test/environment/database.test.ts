import {expect, it} from 'vitest'
import {
  compareEngineVersions,
  majorEngineVersion,
  nearestEngineVersion,
} from '../../src/environment/database.js'

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

it.each([
  ['3.07.1', '3.08.2'],
  ['3.09.0', '3.10.0'],
  ['3.11.0', '3.10.3'],
])('the nearest to %s is %s', (wanted, nearest) => {
  const offered = ['3.10.3', '3.08.2', '3.10.0'].map(line => `8.0.mysql_aurora.${line}`)
  expect(nearestEngineVersion(`8.0.mysql_aurora.${wanted}`, offered)).toBe(`8.0.mysql_aurora.${nearest}`)
  expect(nearestEngineVersion(`8.0.mysql_aurora.${wanted}`, [])).toBeUndefined()
})

it('the major version is that of MySQL', () => {
  expect(majorEngineVersion('8.0.mysql_aurora.3.10.3')).toBe('8.0')
})
