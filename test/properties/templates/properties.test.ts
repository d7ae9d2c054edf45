import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Choice} from '../../../src/parity/templates/choice.js'
import {labels} from '../../../src/parity/templates/template-set.js'
import {properties} from './all.js'
import {choices, fixedChoices} from './choices.js'
import type {World} from './property.js'
import {loadTemplates} from './template-set.js'
import {worldOf} from './world.js'

/**
 * Drawing a choice and evaluating it take most of the time, and are done once for all properties: hence one seed, and
 * always the same, so that no change is blamed for what another one did. `PROPERTY_SEED` draws others (a failure names
 * its seed), `PROPERTY_RUNS` more than the few of every day.
 */
const seed = Number(process.env.PROPERTY_SEED ?? 1707)
const numRuns = Number(process.env.PROPERTY_RUNS ?? 40)
const examples = fixedChoices.map((choice): [Choice] => [choice])
const drawn = fc.sample(fc.tuple(choices), {seed, numRuns, examples})
const templates = loadTemplates()

describe('whatever is chosen', () => {
  test('every stack accepts what it is given, and all of it can be evaluated', () => {
    whateverIsChosen(({deployed, choice}) => {
      expect(deployed.stacks).toHaveLength(choice.layout === 'nested' ? 5 : 4)
      for (const {resources, outputs} of deployed.stacks) {
        for (const {properties} of resources) expect(properties).toBeTypeOf('object')
        for (const value of Object.values(outputs)) expect(value).toBeTypeOf('string')
      }
    })
  })

  test.each(properties)('$title', ({violations}) => {
    whateverIsChosen(world => expect(violations(world)).toEqual([]))
  })
})

function whateverIsChosen(judge: (world: World) => void): void {
  try {
    for (const [choice] of drawn) judge(worldOf(templates, choice))
  } catch (error) {
    // Looks for the smallest choice of which it does not hold.
    fc.assert(
      fc.property(choices, choice => judge(worldOf(templates, choice))),
      {seed, numRuns, examples},
    )
    throw error
  }
}

test('as many choices are judged as are asked for', () => {
  expect(drawn).toHaveLength(numRuns)
  expect(new Set(drawn.map(([choice]) => JSON.stringify(choice))).size).toBeGreaterThan(numRuns / 2)
})

describe('a property does not hold of nothing', () => {
  const empty = loadTemplates(documents => {
    for (const label of labels) {
      const document = documents[label]
      const {EnvironmentName: environment} = document.Parameters
      document.Parameters = {EnvironmentName: environment}
      document.Resources = {Nothing: {Type: 'AWS::CloudFormation::WaitConditionHandle'}}
      for (const section of ['Conditions', 'Rules', 'Outputs', 'Metadata']) delete document[section]
    }
  })
  const choice: Choice = {
    region: 'us-west-2',
    partition: 'aws',
    account: '123456789012',
    layout: 'individual',
    parameters: {EnvironmentName: 'empty'},
  }

  test.each(properties)('$title', ({violations}) => {
    expect(violations(worldOf(empty, choice))).not.toEqual([])
  })
})
