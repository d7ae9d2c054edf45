import {expect, test} from 'vitest'
import {differences} from './written-part.js'

test('a row that is missing is named, and so is one that nothing asks for', () => {
  const wanted = '| a | 1 |\n| b | 2 |'
  expect(differences('| a | 1 |', wanted)).toEqual({missing: ['| b | 2 |'], unknown: []})
  expect(differences(`${wanted}\n| c | 3 |`, wanted)).toEqual({missing: [], unknown: ['| c | 3 |']})
  expect(differences('| a | 1 |\n| b | 3 |', wanted)).toEqual({
    missing: ['| b | 2 |'],
    unknown: ['| b | 3 |'],
  })
})
