import {expect, test} from 'vitest'
import {readHeadStarts} from '../../src/input/head-starts.js'

const read = (given?: string) => [...readHeadStarts(given)]

test('without --head-start all are on but the one of which a source says that CloudFormation fails on it', () => {
  expect(read()).toEqual([
    ...['database-writer', 'database-cluster', 'distributions', 'services', 'nat-gateways'],
    'vpc-endpoints',
  ])
})

test('--head-start names some, or none; each can be left out', () => {
  expect(read('services, database-proxy')).toEqual(['services', 'database-proxy'])
  expect(read('none')).toEqual([])
})

test('a word that is no head start is named with those that are', () => {
  expect(() => read('services,all')).toThrow('--head-start knows no "all"')
  expect(() => read('none,services')).toThrow('"none"')
  expect(() => read('databse-writer')).toThrow('Did you mean database-writer?')
})
