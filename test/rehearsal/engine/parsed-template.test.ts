import {expect, test} from 'vitest'
import {noEchoParameters, sharedText, templateOf} from '../../../src/rehearsal/engine/parsed-template.js'

const numbered = (index: number) =>
  JSON.stringify({
    Description: `template ${index}`,
    Parameters: {Open: {Type: 'String'}, Secret: {Type: 'String', NoEcho: true}},
    Resources: {A: {Type: 'AWS::SNS::Topic'}},
  })

test('a template is read once while somebody holds it, however many others are read', () => {
  const held = templateOf(numbered(0))
  for (let index = 1; index < 100; index += 1) templateOf(numbered(index))
  expect(templateOf(numbered(0))).toBe(held)
  expect(templateOf(numbered(99)).description).toBe('template 99')
})

test('names the parameters whose values never show, also of a template that is not held any more', () => {
  for (let index = 0; index < 3000; index += 1) templateOf(numbered(index))
  for (const index of [0, 1500, 2999]) {
    expect([...noEchoParameters(numbered(index))]).toEqual(['Secret'])
  }
})

test('a text that does not hold is refused each time', () => {
  for (const ask of [templateOf, sharedText, noEchoParameters]) {
    expect(() => ask('{}')).toThrow('At least one Resources member must be defined.')
  }
})
