import {expect, test} from 'vitest'
import {turnProblem} from '../../../src/steps/deploy/header-turn.js'

test.each([
  ['2', '1'],
  ['1', '8'],
  ['5', '4'],
  ['3', '3'],
  [undefined, '3'],
  ['7', undefined],
])('turn %s is taken where %s exists', (asked, existing) => {
  expect(turnProblem(asked, existing)).toBeUndefined()
})

test.each([
  ['3', '1', '2'],
  ['1', '2', '3'],
  ['8', '1', '2'],
  ['2', '8', '1'],
])('turn %s is refused where %s exists, with the one that comes next', (asked, existing, next) => {
  const problem = turnProblem(asked, existing)
  expect(problem).toMatchObject({code: 'INVALID_PARAMETER', exitCode: 2})
  expect(problem?.message).toContain(`OriginHeaderTurn is ${existing}`)
  expect(problem?.hint).toBe(`Go one further: --set OriginHeaderTurn=${next}.`)
})
