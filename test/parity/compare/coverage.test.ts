import {expect, test} from 'vitest'
import {uncovered} from '../../../src/parity/compare/coverage.js'
import {parsePath} from '../../../src/parity/compare/path.js'
import type {Json} from '../../../src/parity/json.js'

const left = (value: Json, ...paths: string[]) => uncovered(value, paths.map(parsePath)).map(({path}) => path)

test('every leaf that no path leads to is told, with its place', () => {
  const value: Json = {a: {b: 1, c: 2}, list: [{name: 'x', size: 1}, {name: 'y'}]}
  expect(left(value)).toEqual(['a.b', 'a.c', 'list.0.name', 'list.0.size', 'list.1.name'])
  expect(left(value, 'a', 'list.*.name')).toEqual(['list.0.size'])
  expect(left(value, 'a.b', 'list.1')).toEqual(['a.c', 'list.0.name', 'list.0.size'])
  expect(left(value, '')).toEqual([])
})

test('false and 0 are values, nothing is none', () => {
  expect(left({a: false, b: 0, c: null, d: '', e: [], f: {g: [null]}})).toEqual(['a', 'b'])
})

test('a key of a list of keys and values stands for its whole element', () => {
  const value = {
    Attributes: [
      {Key: 'a', Value: 1},
      {Key: 'b', Value: 2},
    ],
  }
  expect(left(value, 'Attributes[a]')).toEqual(['Attributes.1.Key', 'Attributes.1.Value'])
})

test('a longer path does not stand for what is beside it', () => {
  expect(left({a: {b: 1, c: 2}}, 'a.b.d')).toEqual(['a.b', 'a.c'])
})
