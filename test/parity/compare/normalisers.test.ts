import {describe, expect, test} from 'vitest'
import {canonical, structured} from '../../../src/parity/compare/normalisers.js'
import type {Json} from '../../../src/parity/json.js'
import type {Normaliser} from '../../../src/parity/properties/row.js'

const meaning = (value: Json, as: Normaliser) => canonical(structured(value, as), as)

describe('the same are', () => {
  test.each<[Normaliser, Json, Json]>([
    ['scalar', '60', 60],
    ['scalar', 'true', true],
    ['scalar', {a: [1, 'x']}, {a: ['1', 'x']}],
    ['enum', 'ENABLED', 'enabled'],
    ['enum', true, 'ENABLED'],
    ['enum', 'off', false],
    ['set', ['b', 'a', 'a'], ['a', 'b']],
    ['set', 'a', ['a']],
    ['set', [{x: 1, y: 2}, {z: 3}], [{z: '3'}, {y: '2', x: '1'}]],
    ['list', 'a', ['a']],
    ['pairs', [{name: 'a', value: 1}], {a: '1'}],
    ['pairs', [{Name: 'a', Value: '1'}], [{name: 'a', value: 1}]],
    [
      'tags',
      [
        {Key: 'Name', Value: 'x'},
        {Key: 'aws:cloudformation:stack-id', Value: 'y'},
      ],
      {Name: 'x'},
    ],
    ['json', '{"a":[1,true]}', {a: ['1', 'true']}],
    [
      'policy',
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
      {
        Version: '2012-10-17',
        Statement: [{Sid: 'x', Effect: 'Allow', Action: ['s3:*'], Resource: ['*']}],
      },
    ],
  ])('as %s: %j and %j', (as, one, other) => {
    expect(meaning(one, as)).toEqual(meaning(other, as))
  })
})

describe('not the same are', () => {
  test.each<[Normaliser, Json, Json]>([
    ['scalar', '60', 61],
    ['scalar', 'A', 'a'],
    ['scalar', '012', 12],
    ['scalar', '', 'x'],
    ['enum', 'ENABLED', 'disabled'],
    ['set', ['a', 'b'], ['a']],
    ['list', ['a', 'b'], ['b', 'a']],
    ['pairs', [{name: 'a', value: 1}], {a: 2}],
    ['tags', {Name: 'x'}, {Name: 'y'}],
    ['json', '{"a":[1,2]}', {a: [2, 1]}],
    ['json', '{broken', {}],
  ])('as %s: %j and %j', (as, one, other) => {
    expect(meaning(one, as)).not.toEqual(meaning(other, as))
  })
})
