import {expect, test} from 'vitest'
import {engineWorld} from './engine-world.js'

const parameter = (Value: string) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: {Name: '/size', Type: 'String', Value},
})
const group = (LogGroupName: string) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: {LogGroupName, Tags: [{Key: 'From', Value: LogGroupName}]},
})

test('any property takes what a dynamic reference names, and the stack keeps the reference', () => {
  const {create, pass, region, world} = engineWorld()
  create('values', {Resources: {Size: parameter('large')}})
  pass(60)
  const stack = create('demo', {Resources: {Group: group('group-{{resolve:ssm:/size}}')}})
  pass(60)

  expect(stack.status).toBe('CREATE_COMPLETE')
  const made = world.resource(region, 'AWS::Logs::LogGroup', 'group-large')
  expect(made?.properties.LogGroupName).toBe('group-large')
  expect(made?.tags.From).toBe('group-large')
  expect(stack.resources.Group?.properties.LogGroupName).toBe('group-{{resolve:ssm:/size}}')
  const shown = stack.events.findLast(({logicalId}) => logicalId === 'Group')?.properties
  expect(shown).toContain('"LogGroupName":"group-{{resolve:ssm:/size}}"')
})

test('a resource whose reference names nothing fails, and its deletion does not ask again', () => {
  const {create, pass, remove, world, region} = engineWorld()
  create('values', {Resources: {Size: parameter('large')}})
  pass(60)
  const good = create('good', {Resources: {Group: group('good-{{resolve:ssm:/size}}')}})
  pass(60)
  remove('values')
  pass(60)
  const bad = create('bad', {Resources: {Group: group('bad-{{resolve:ssm:/size}}')}})
  pass(60)

  expect(bad.status).toBe('ROLLBACK_COMPLETE')
  expect(bad.events.find(({status}) => status === 'CREATE_FAILED')?.reason).toBe(
    'Parameters: [ssm:/size] cannot be found.',
  )
  remove('good')
  pass(60)
  expect(good.status).toBe('DELETE_COMPLETE')
  expect(world.resourcesOf(region, 'AWS::Logs::LogGroup')).toEqual([])
})
