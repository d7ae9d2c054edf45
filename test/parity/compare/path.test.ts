import {expect, test} from 'vitest'
import {follow, isEmpty, parsePath} from '../../../src/parity/compare/path.js'
import type {Json} from '../../../src/parity/json.js'

const at = (value: Json, path: string) => parsePath(path).reduce<Json | undefined>(follow, value)

test.each<[string, Json, Json | undefined]>([
  ['', {a: 1}, {a: 1}],
  ['a.0.b', {a: [{b: 'x'}]}, 'x'],
  ['a.1.b', {a: [{b: 'x'}]}, undefined],
  ['List[idle.seconds]', {List: [{Key: 'idle.seconds', Value: '60'}]}, '60'],
  ['List[idle.seconds]', {List: [{name: 'idle.seconds', value: 60}]}, 60],
  ['List[other]', {List: [{Key: 'idle.seconds', Value: '60'}]}, undefined],
  ['toString', {}, undefined],
  ['a.length', {a: [1]}, undefined],
  ['*', {a: [1]}, undefined],
])('%s leads to a value', (path, value, found) => {
  expect(at(value, path)).toEqual(found)
})

test.each<Json>([null, '', [], {}, [null, ''], {a: [{b: null}]}])('%j says nothing', value => {
  expect(isEmpty(value)).toBe(true)
})

test.each<Json>([0, false, ' ', [0], {a: [{b: false}]}])('%j says something', value => {
  expect(isEmpty(value)).toBe(false)
})
