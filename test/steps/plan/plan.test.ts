import {beforeAll, describe, expect, test} from 'vitest'
import {childStacks, mainTemplate} from '../../../src/environment/stacks.js'
import type {PlanResult} from '../../../src/results.js'
import {spanOf, type Timeline} from '../../../src/steps/plan/timeline.js'
import {parseTemplate} from '../../../src/template/index.js'
import {planned, templates, variants} from './planned.js'

const twentyMinutes = 1200

describe.each(variants)('the plan of the templates, $title', ({layout, parameters}) => {
  let result: PlanResult
  let timeline: Timeline
  beforeAll(async () => {
    const found = await planned({layout, parameters})
    result = found.result
    timeline = found.timeline
  })

  test('stays under 20 minutes', () => {
    expect(result.expectedSeconds).toBeLessThan(twentyMinutes)
    expect(result.expectedSeconds).toBeGreaterThan(0.8 * twentyMinutes)
  })

  test('names a critical path whose links follow each other and add up', () => {
    const {criticalPath, expectedSeconds, stacks} = result
    expect(criticalPath.reduce((sum, {seconds}) => sum + seconds, 0)).toBe(expectedSeconds)
    const {path, spans} = timeline
    for (const [index, link] of path.entries()) {
      const before = path[index - 1]
      expect(spans.get(link.key)?.begin).toBe(before === undefined ? 0 : spans.get(before.key)?.end)
      if (before !== undefined) expect(link.needs).toContain(before.key)
    }
    const names = stacks.map(({name}) => name)
    expect(criticalPath.every(({stack}) => names.includes(stack))).toBe(true)
    expect(criticalPath.map(({logicalId}) => logicalId)).toEqual(expect.arrayContaining(['DatabaseWriter']))
  })

  test('lets nothing begin before what it needs has ended', () => {
    const {links, spans} = timeline
    for (const {key, needs} of links) {
      for (const need of needs) {
        expect(spans.get(key)?.begin, key).toBeGreaterThanOrEqual(spans.get(need)?.end ?? Number.NaN)
      }
    }
  })

  test('makes data and compute side by side, each after the network and before the services', () => {
    const span = (logicalId: string) => {
      const stack = timeline.links.find(link => link.stack.logicalId === logicalId)?.stack
      return stack === undefined ? {begin: Number.NaN, end: Number.NaN} : spanOf(timeline, stack)
    }
    expect(span('DataStack').begin).toBe(span('ComputeStack').begin)
    expect(span('NetworkStack').end).toBe(span('DataStack').begin)
    expect(span('ServicesStack').begin).toBe(Math.max(span('DataStack').end, span('ComputeStack').end))
  })

  test('is quicker than one stack after another by what compute hides', () => {
    const compute = result.stacks.find(({logicalId}) => logicalId === 'ComputeStack')
    expect(result.serialSeconds - result.expectedSeconds).toBe(compute?.expectedSeconds)
  })

  test('hides what takes long and is not on the path, with the time that it has to spare', () => {
    const onPath = result.criticalPath.map(({logicalId}) => logicalId)
    expect(result.hidden.length).toBeGreaterThan(4)
    for (const {logicalId, slackSeconds, seconds} of result.hidden) {
      expect(onPath).not.toContain(logicalId)
      expect(slackSeconds).toBeGreaterThan(0)
      expect(seconds).toBeGreaterThanOrEqual(60)
    }
    expect(result.hidden.map(({logicalId}) => logicalId)).toContain('ContainerImages')
  })

  test('creates every resource whose condition holds, each once', () => {
    for (const {resources} of result.stacks) {
      const names = resources.map(({logicalId}) => logicalId)
      expect(new Set(names).size).toBe(names.length)
      expect(resources.every(({action}) => action === 'create')).toBe(true)
    }
    const has = (logicalId: string) =>
      result.stacks.some(({resources}) => resources.some(each => each.logicalId === logicalId))
    expect(has('RegistryCertificate')).toBe('BaseDomain' in parameters)
    expect(has('MainDistribution')).toBe(!('BaseDomain' in parameters))
    expect(has('KeptDatabaseCluster')).toBe('KeepDatabaseSnapshot' in parameters)
    expect(has('RegistryCpuScalingPolicy')).toBe(!('EnableAutoScaling' in parameters))
  })
})

describe('what would change it', () => {
  test('the images, built or imported, with what the other way would take', async () => {
    const source = (await planned({layout: 'nested'})).result
    const parameters = {ContainerImagesBucket: 'prebuilt', ContainerImagesPrefix: 'v1/'}
    const imported = (await planned({layout: 'nested', parameters})).result
    expect(source.images).toMatchObject({
      mode: 'source',
      logicalId: 'ContainerImages',
      stack: 'demo-ComputeStack',
    })
    expect(imported.images).toMatchObject({mode: 'import', otherwiseSeconds: source.expectedSeconds})
    expect(source.images?.otherwiseSeconds).toBe(imported.expectedSeconds)
    expect(source.images?.seconds).toBeGreaterThan((imported.images?.seconds ?? 0) + 300)
  })

  test('the layout: the four stacks of the individual one have names of their own', async () => {
    const {result} = await planned({layout: 'individual'})
    expect(result.stacks.map(({name, logicalId}) => [name, logicalId])).toEqual(
      childStacks.map(({key, logicalId}) => [`demo-${key}`, logicalId]),
    )
  })

  test('nothing else: the same input gives the same plan', async () => {
    expect((await planned({layout: 'nested'})).result).toEqual((await planned({layout: 'nested'})).result)
  })
})

describe('templates of somebody else', () => {
  const withMain = (text: string) => {
    const files = new Map(templates.files)
    files.set(mainTemplate, {name: mainTemplate, text, template: parseTemplate(text, mainTemplate)})
    return planned({layout: 'nested', templates: {...templates, files}})
  }

  test('may nest a stack that is not one of the four: it counts as a resource', async () => {
    const {result} = await withMain(
      `Resources:\n  Other: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x}}\n  Topic: {Type: AWS::SNS::Topic, DependsOn: Other}\n`,
    )
    expect(result.criticalPath.map(({logicalId}) => logicalId)).toEqual(['demo', 'Other', 'Topic', 'demo'])
    expect(result.images).toBeNull()
  })

  test('may put a function into a VPC, which takes longer than one beside it', async () => {
    const seconds = async (properties: string) => {
      const {result} = await withMain(
        `Resources: {F: {Type: AWS::Lambda::Function, Properties: {${properties}}}}\n`,
      )
      return result.criticalPath.find(({logicalId}) => logicalId === 'F')?.seconds
    }
    expect(await seconds('VpcConfig: {SubnetIds: [subnet-1]}')).toBe(61)
    expect(await seconds('VpcConfig: {SubnetIds: []}')).toBe(9)
    expect(await seconds('')).toBe(9)
  })

  test.each([
    [
      'a circle',
      'Resources:\n  A: {Type: A::B::C, DependsOn: B}\n  B: {Type: A::B::C, DependsOn: A}\n',
      'Circular dependency',
    ],
    [
      'a parameter without a value',
      'Parameters: {P: {Type: String}}\nResources: {A: {Type: A::B::C}}\n',
      'P',
    ],
  ])('are refused for %s', async (_, text, message) => {
    await expect(withMain(text)).rejects.toMatchObject({
      code: 'INVALID_TEMPLATE',
      exitCode: 2,
      message: expect.stringContaining(message),
    })
  })
})
