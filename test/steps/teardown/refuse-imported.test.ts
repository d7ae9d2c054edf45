import {beforeEach, expect, test} from 'vitest'
import {stackNameOf} from '../../../src/aws/arn.js'
import {failed} from '../../../src/errors.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {refuseImported} from '../../../src/steps/teardown/refuse-imported.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const id = 'arn:aws:cloudformation:us-west-2:123456789012:stack/demo-network/1'
const other = 'arn:aws:cloudformation:us-west-2:123456789012:stack/somebody-elses/1'
const gone = 'arn:aws:cloudformation:us-west-2:123456789012:stack/somebody-elses/0'
const entry = (stack: string, status = 'CREATE_COMPLETE') => ({id: stack, name: stackNameOf(stack), status})
let aws: FakeAws
let context: TeardownContext

beforeEach(() => {
  const clock = virtualClock()
  aws = new FakeAws(clock)
  const nested = {
    ...{logicalId: 'NetworkStack', physicalId: id},
    ...{type: 'AWS::CloudFormation::Stack', status: 'CREATE_COMPLETE'},
  }
  context = {...teardownContext(aws, clock), inventory: [{label: 'main', resources: [nested]}]}
  aws.stacks.list = async () => [entry(id), entry(other), entry(gone, 'DELETE_COMPLETE')]
  aws.stacks.exportsOf = async ids => (ids.has(id) ? [{name: 'demo-VpcId', stackId: id}] : [])
})

const check = () =>
  refuseImported().run(context, {tell: listener().tell, signal: new AbortController().signal})

test('stacks of others that import are named, with what they use', async () => {
  aws.stacks.importsOf = async () => ['somebody-elses', 'demo-network']
  await expect(check()).rejects.toMatchObject({
    code: 'IMPORTED_ELSEWHERE',
    exitCode: 3,
    points: ['demo-VpcId of stack demo-network, used by somebody-elses'],
    message: expect.stringMatching(/^Stack somebody-elses, .* Nothing was deleted\.$/),
  })
})

test("imports among the environment's own stacks are no hindrance", async () => {
  aws.stacks.importsOf = async () => ['demo-network']
  await check()
  expect(context.importsAreKnown).toBe(true)
})

test('where there is no other stack, nobody is asked about each export', async () => {
  aws.stacks.list = async () => [entry(id), entry(gone, 'DELETE_COMPLETE')]
  aws.stacks.importsOf = async () => {
    throw new Error('asked')
  }
  await check()
  expect(context.importsAreKnown).toBe(true)
})

test('where the templates of all others import nothing, nobody is asked about each export', async () => {
  aws.stacks.exportsOf = async () => [1, 2].map(each => ({name: `demo-${each}`, stackId: id}))
  aws.stacks.importsOf = async () => {
    throw new Error('asked')
  }
  aws.stacks.template = async () => '{"Resources": {}}'
  await check()
  expect(context.importsAreKnown).toBe(true)
})

const theirs = {
  Parameters: {Name: {Type: 'String'}, Secret: {Type: 'String', NoEcho: true, MinLength: 8}},
  Conditions: {Never: {'Fn::Equals': ['a', 'b']}},
  Resources: {
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: {DisplayName: {'Fn::ImportValue': {'Fn::Join': ['-', [{Ref: 'Name'}, 'VpcId']]}}},
    },
    NotMade: {
      Type: 'AWS::SNS::Topic',
      Condition: 'Never',
      Properties: {DisplayName: {'Fn::ImportValue': 'demo-VpcId'}},
    },
  },
}

async function importing(parameters: Record<string, string>, template: object = theirs) {
  const asked: string[] = []
  aws.stacks.exportsOf = async () => ['VpcId', 'Zone'].map(each => ({name: `demo-${each}`, stackId: id}))
  aws.stacks.importsOf = async name => {
    asked.push(name)
    return []
  }
  aws.stacks.template = async () => JSON.stringify(template)
  const stack = {...entry(other), parameters} as never
  context = {
    ...context,
    identity: {account: '123456789012', partition: 'aws', arn: ''},
    standingStacks: [stack],
  }
  await check()
  return asked
}

test('of another environment, whose stacks import from each other, no export is asked about', async () => {
  expect(await importing({Name: 'other', Secret: '****'})).toEqual([])
  expect(context.importsAreKnown).toBe(true)
})

test('of a stack that imports one export that export alone is asked about', async () => {
  expect(await importing({Name: 'demo', Secret: '****'})).toEqual(['demo-VpcId'])
})

test('where an import depends on what is hidden, or cannot be evaluated, all are asked about', async () => {
  const hidden = JSON.parse(JSON.stringify(theirs).replace('{"Ref":"Name"}', '{"Ref":"Secret"}'))
  expect(await importing({Name: 'other', Secret: '****'}, hidden)).toEqual(['demo-VpcId', 'demo-Zone'])
  const wrong = JSON.parse(JSON.stringify(theirs).replace('{"Ref":"Name"}', '{"Ref":"Nothing"}'))
  expect(await importing({Name: 'other'}, wrong)).toEqual(['demo-VpcId', 'demo-Zone'])
})

test.each<[string, () => Promise<string>]>([
  ['imports', async () => '{"Fn::ImportValue": "demo-1"}'],
  ['is transformed', async () => '{"Transform": "AWS::Include"}'],
  ['may not be read', () => Promise.reject(failed('ACCESS_DENIED', 'You may not.'))],
])('where the template of another %s, the exports are asked about', async (_what, template) => {
  aws.stacks.exportsOf = async () => [1, 2].map(each => ({name: `demo-${each}`, stackId: id}))
  aws.stacks.importsOf = async () => ['somebody-elses']
  aws.stacks.template = template
  await expect(check()).rejects.toMatchObject({code: 'IMPORTED_ELSEWHERE'})
})

test('whoever may not ask goes on, and is not taken to know', async () => {
  aws.stacks.importsOf = async () => {
    throw failed('ACCESS_DENIED', 'You may not.')
  }
  await check()
  expect(context.importsAreKnown).toBe(false)
  expect(context.unchecked).toEqual(['whether stacks of others import from these: You may not.'])
})
