import {expect, it} from 'vitest'
import {canDraw, columnsOf} from '../../src/report/terminal-size.js'

it.each([
  [0, 0, false],
  [80, 0, false],
  [0, 24, false],
  [80, 1, false],
  [1, 24, false],
  [20, 4, true],
  [200, 60, true],
])('a terminal of %i columns and %i rows: drawn on is %s', (columns, rows, drawn) => {
  expect(canDraw({isTTY: true, columns, rows})).toBe(drawn)
})

it('draws on nothing that is no terminal', () => {
  expect(canDraw({isTTY: false, columns: 80, rows: 24})).toBe(false)
})

it('breaks no lines where a terminal does not say how wide it is', () => {
  expect(columnsOf({isTTY: true, columns: 0, rows: 0})).toBeUndefined()
  expect(columnsOf({isTTY: true, columns: 60, rows: 0})).toBe(60)
})
