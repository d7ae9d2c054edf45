import {expect, test} from 'vitest'
import {readHeadStarts} from '../../src/input/head-starts.js'

const read = (given?: string) => [...readHeadStarts(given)]

test('without --head-start those that a source calls safe are on', () => {
  expect(read()).toEqual(['database-writer', 'database-cluster', 'distributions', 'services', 'nat-gateways'])
})

test('--head-start names some, or none; each can be left out', () => {
  expect(read('services, database-proxy')).toEqual(['services', 'database-proxy'])
  expect(read('none')).toEqual([])
})

test('a word that is no head start is named with those that are', () => {
  expect(() => read('services,all')).toThrow('--head-start knows no "all"')
  expect(() => read('none,services')).toThrow('"none"')
})
