import fc from 'fast-check'
import {expect, test} from 'vitest'
import {labels} from '../../../src/parity/templates/template-set.js'
import {choices, fixedChoices} from './choices.js'
import {loadTemplates} from './template-set.js'
import {worldOf} from './world.js'

const templates = loadTemplates()

test('every parameter of the main template is chosen, with several values', () => {
  const samples = fc.sample(choices, {seed: 1, numRuns: 60})
  for (const name of Object.keys(templates.main.parameters)) {
    const values = new Set(samples.map(({parameters}) => parameters[name]))
    expect(values, name).not.toContain(undefined)
    expect(values.size, name).toBeGreaterThanOrEqual(2)
  }
  const names = samples.map(({parameters}) => parameters.EnvironmentName?.length)
  expect(names).toEqual(expect.arrayContaining([2, 19]))
})

test.each(labels)('the hand-picked choices make every condition of %s true once and false once', label => {
  const {conditions} = templates[label]
  const resolvers = fixedChoices.flatMap(choice =>
    worldOf(templates, choice)
      .deployed.stacks.filter(stack => stack.label === label)
      .map(({resolver}) => resolver),
  )
  for (const name of Object.keys(conditions)) {
    const values = new Set(resolvers.map(resolver => resolver.condition(name)))
    expect([...values].sort(), name).toEqual([false, true])
  }
})
