import {beforeEach, describe, expect, it} from 'vitest'
import {newEngineVersion} from '../../../src/environment/database.js'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import {targetParameters} from '../../../src/steps/deploy/target-parameters.js'
import {templateOf} from '../../../src/steps/deploy/template-set.js'
import type {Layout} from '../../../src/steps/stacks/stack-targets.js'
import {targetsOfLayout} from '../../../src/steps/stacks/stack-targets.js'
import {deployContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'
import {templates} from '../plan/planned.js'

let context: DeployContext
beforeEach(() => {
  context = contextFor('individual')
})

function contextFor(layout: Layout, parameters: Record<string, string> = {}): DeployContext {
  const clock = virtualClock()
  const made = deployContext(new FakeAws(clock), clock, {layout, templates, parameters})
  made.templateLocation = {bucket: 'templates', prefix: 'demo/'}
  return made
}

function unitOf(layout: Layout, template: string) {
  const stackTarget = targetsOfLayout(layout, 'demo').find(each => each.template === template)
  if (stackTarget === undefined) throw new Error(`no stackTarget with ${template}`)
  return stackTarget
}

describe('the version of Aurora, which only goes up', () => {
  const cases = [
    ['individual', 'data-stack.yaml'],
    ['nested', 'main-stack.yaml'],
  ] as const

  it.each(cases)('is the one with long-term support in a new environment, layout %s', (layout, template) => {
    const {values} = targetParameters(contextFor(layout), unitOf(layout, template), undefined)
    expect(values.DatabaseEngineVersion).toBe(newEngineVersion)
  })

  it.each(cases)('stays where it is in an environment that never chose, layout %s', (layout, template) => {
    const stack = {parameters: {EnvironmentName: 'demo'}}
    const {values, usePrevious} = targetParameters(contextFor(layout), unitOf(layout, template), stack)
    expect(values.DatabaseEngineVersion).toBeUndefined()
    expect(usePrevious).not.toContain('DatabaseEngineVersion')
    // What CloudFormation then takes is what such an environment has.
    const {parameters} = templateOf(context.settings.templates, template)
    expect(parameters.DatabaseEngineVersion?.default).toBe('8.0.mysql_aurora.3.08.2')
  })

  it.each(cases)('stays what was chosen, layout %s', (layout, template) => {
    const stack = {parameters: {DatabaseEngineVersion: '8.0.mysql_aurora.3.12.0'}}
    const {values, usePrevious} = targetParameters(contextFor(layout), unitOf(layout, template), stack)
    expect(values.DatabaseEngineVersion).toBeUndefined()
    expect(usePrevious).toContain('DatabaseEngineVersion')
  })

  it.each(cases)('is the one that somebody asks for, layout %s', (layout, template) => {
    const asked = '8.0.mysql_aurora.3.12.0'
    for (const stack of [undefined, {parameters: {DatabaseEngineVersion: newEngineVersion}}]) {
      const given = contextFor(layout, {DatabaseEngineVersion: asked})
      expect(targetParameters(given, unitOf(layout, template), stack).values.DatabaseEngineVersion).toBe(
        asked,
      )
    }
  })

  it('reaches no stack that has no database', () => {
    const {values} = targetParameters(context, unitOf('individual', 'services-stack.yaml'), undefined)
    expect(values.DatabaseEngineVersion).toBeUndefined()
  })
})

describe('a parameter that the templates no longer have', () => {
  it('is not asked to keep its value, which CloudFormation would refuse', () => {
    const stack = {parameters: {EnvironmentName: 'demo', OnceThereWasOne: 'x'}}
    const {values, usePrevious} = targetParameters(context, unitOf('individual', 'data-stack.yaml'), stack)
    expect([...Object.keys(values), ...usePrevious]).not.toContain('OnceThereWasOne')
  })
})
