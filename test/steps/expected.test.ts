import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {mainTemplate} from '../../src/environment/stacks.js'
import {readTemplateFolder} from '../../src/input/template-folder.js'
import type {DeployContext} from '../../src/steps/deploy/context.js'
import {tellAllResources, tellResources, tellTimes} from '../../src/steps/deploy/expected.js'
import {type Layout, targetsOfLayout} from '../../src/steps/stacks/stack-targets.js'
import {parseTemplate} from '../../src/template/index.js'
import {deployContext, listener} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'
import {planned} from './plan/planned.js'

const templates = readTemplateFolder(fileURLToPath(new URL('../../cloudformation', import.meta.url)))

/** A deployment of the product's templates where these stacks exist. */
function context(layout: Layout, existingStacks: Record<string, string> = {}): DeployContext {
  const clock = virtualClock()
  const stackTargets = targetsOfLayout(layout, 'demo')
  return {
    ...deployContext(new FakeAws(clock), clock, {layout, templates}),
    identity: {account: '123456789012', partition: 'aws', arn: 'arn:aws:iam::123456789012:user/somebody'},
    templateLocation: {bucket: 'templates', prefix: 'demo/'},
    existingStacks: stackTargets.flatMap(stackTarget => {
      const status = existingStacks[stackTarget.label]
      const stack = {name: stackTarget.stackName, status} as NonNullable<
        DeployContext['existingStacks']
      >[number]['stack']
      return status === undefined ? [] : [{stackTarget, layout, stack}]
    }),
  }
}

function timesTold(layout: Layout, existingStacks?: Record<string, string>) {
  const {events, tell} = listener()
  tellTimes(context(layout, existingStacks), tell)
  return events.flatMap(event => (event.kind === 'times-expected' ? event.resources : []))
}

test.each(['nested', 'individual'] as const)(
  'a new environment, %s: what is left is what plan says',
  async layout => {
    const times = timesTold(layout)
    const {result} = await planned({layout})
    expect(times.length).toBe(
      result.stacks
        .flatMap(({resources}) => resources)
        .filter(({type}) => type !== 'AWS::CloudFormation::Stack').length,
    )
    const longest = Math.max(...times.map(({secondsToEnd}) => secondsToEnd))
    expect(longest).toBeLessThanOrEqual(result.expectedSeconds)
    expect(longest).toBeGreaterThan(0.98 * result.expectedSeconds)
  },
)

test('stacks that are complete are not waited for', () => {
  const labels = new Set(
    timesTold('individual', {network: 'CREATE_COMPLETE', data: 'UPDATE_COMPLETE'}).map(({label}) => label),
  )
  expect([...labels]).toEqual(['compute', 'services'])
})

test('nothing is said of an update, of what is there already, and of templates that cannot be resolved', () => {
  expect(timesTold('nested', {main: 'UPDATE_IN_PROGRESS'})).toEqual([])
  expect(timesTold('nested', {main: 'CREATE_COMPLETE'})).toEqual([])
  const {events, tell} = listener()
  const broken = context('nested')
  tellTimes({...broken, settings: {...broken.settings, parameters: {VpcCidr: 'nonsense'}}}, tell)
  const text = 'Resources:\n  A: {Type: A::B::C, DependsOn: B}\n  B: {Type: A::B::C, DependsOn: A}\n'
  const files = new Map(templates.files)
  files.set(mainTemplate, {name: mainTemplate, text, template: parseTemplate(text)})
  tellTimes({...broken, settings: {...broken.settings, templates: {...templates, files}}}, tell)
  expect(events).toEqual([])
})

test('a secret that AWS masks does not change the number of resources', () => {
  const counts = (given: Record<string, string>) => {
    const {events, tell} = listener()
    const base = context('nested')
    tellResources(
      base,
      targetsOfLayout('nested', 'demo')[0] as never,
      {EnvironmentName: 'demo', TemplateS3Bucket: 'templates', ...given},
      tell,
    )
    return events
  }
  const [told] = counts({})
  expect(told).toMatchObject({kind: 'resources-expected'})
  expect(counts({KeycloakAdminPassword: '****'})).toEqual([told])
  // What cannot be resolved is counted as it is written, both variants of the key and the cluster included.
  expect(counts({VpcCidr: 'nonsense'})).not.toEqual([told])
})

function resourcesTold(layout: Layout, existingStacks?: Record<string, string>) {
  const {events, tell} = listener()
  tellAllResources(context(layout, existingStacks), tell)
  return events.flatMap(event => (event.kind === 'resources-expected' ? event.stacks : []))
}

test('all stacks that will be created are counted before the first begins, equally in both layouts', () => {
  const told = resourcesTold('individual')
  expect(told.map(({label}) => label)).toEqual(['network', 'data', 'compute', 'services'])
  expect(told).toEqual(resourcesTold('nested'))
})

test('stacks that are complete, or updated, are not counted beforehand', () => {
  const stacks = {network: 'CREATE_COMPLETE', data: 'UPDATE_IN_PROGRESS', compute: 'CREATE_IN_PROGRESS'}
  expect(resourcesTold('individual', stacks).map(({label}) => label)).toEqual(['compute', 'services'])
  expect(resourcesTold('nested', {main: 'CREATE_COMPLETE'})).toEqual([])
})
