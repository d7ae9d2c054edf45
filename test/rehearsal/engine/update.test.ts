import {describe, expect, test} from 'vitest'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const before = {Resources: {A: logGroup('a'), B: logGroup('b')}}

function standing(template: object = before) {
  const account = engineWorld()
  const stack = account.create('demo', template)
  account.pass(120)
  const told = stack.events.length
  return {...account, stack, news: () => account.events(stack).slice(told)}
}

describe('updating a stack', () => {
  test('refuses when nothing changes', () => {
    const {update} = standing()
    expect(() => update('demo', before)).toThrow('No updates are to be performed.')
  })

  test('touches only the resource that changed', () => {
    const {update, pass, news} = standing()
    update('demo', {
      Resources: {
        A: {...logGroup('a'), Properties: {LogGroupName: 'a', RetentionInDays: 30}},
        B: logGroup('b'),
      },
    })
    pass(120)
    expect(news()).toEqual([
      'demo UPDATE_IN_PROGRESS "User Initiated"',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'demo UPDATE_COMPLETE',
    ])
  })

  test('replaces what cannot be changed in place and deletes the old one last', () => {
    const {update, pass, news, region} = standing()
    update('demo', {Resources: {A: logGroup('renamed'), B: logGroup('b')}})
    pass(120)
    expect(news()).toEqual([
      'demo UPDATE_IN_PROGRESS "User Initiated"',
      'A UPDATE_IN_PROGRESS "Requested update requires the creation of a new physical resource; hence creating one."',
      'A UPDATE_IN_PROGRESS "Resource creation Initiated"',
      'A UPDATE_COMPLETE',
      'demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'demo UPDATE_COMPLETE',
    ])
    expect(Object.keys(region.resources).sort()).toEqual([
      'AWS::Logs::LogGroup/b',
      'AWS::Logs::LogGroup/renamed',
    ])
  })

  test('creates what is new and deletes what is gone', () => {
    const {update, pass, region} = standing()
    update('demo', {Resources: {B: logGroup('b'), C: logGroup('c')}})
    pass(120)
    expect(Object.keys(region.resources).sort()).toEqual(['AWS::Logs::LogGroup/b', 'AWS::Logs::LogGroup/c'])
  })

  test('returns to what was when a resource fails', () => {
    const {update, pass, region, find, news} = standing()
    update('demo', {
      Resources: {A: logGroup('renamed'), B: logGroup('b'), Broken: {...brokenLogGroup, DependsOn: 'A'}},
    })
    pass(300)
    expect(find('demo').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(news()).toContain(
      'demo UPDATE_ROLLBACK_IN_PROGRESS "The following resource(s) failed to update: [Broken]. "',
    )
    expect(Object.keys(region.resources).sort()).toEqual(['AWS::Logs::LogGroup/a', 'AWS::Logs::LogGroup/b'])
    expect(find('demo').rows.A?.physicalId).toBe('a')
  })

  test('keeps previous parameter values when asked to', () => {
    const withParameter = (days: object) => ({
      Parameters: {Days: {Type: 'Number', Default: 7}, Name: {Type: 'String', Default: 'a'}},
      Resources: {
        A: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: {Ref: 'Name'}, RetentionInDays: days}},
      },
    })
    const {create, update, pass, find} = engineWorld()
    create('demo', withParameter({Ref: 'Days'}), {parameters: [{name: 'Days', value: '30'}]})
    pass(60)
    const usePrevious = [{name: 'Days', usePrevious: true}]
    expect(() => update('demo', withParameter({Ref: 'Days'}), {parameters: usePrevious})).toThrow(
      'No updates',
    )
    update('demo', withParameter({Ref: 'Days'}))
    pass(60)
    expect(find('demo').parameters.Days).toBe('7')
  })

  test('is refused while the stack is busy or beyond update', () => {
    const {create, update, pass, find} = engineWorld()
    const stack = create('demo', {Resources: {Broken: brokenLogGroup}})
    expect(() => update('demo', before)).toThrow(
      `Stack:${stack.id} is in CREATE_IN_PROGRESS state and can not be updated.`,
    )
    pass(120)
    expect(() => update('demo', before)).toThrow('is in ROLLBACK_COMPLETE state and can not be updated.')
    expect(() => update('nothing', before)).toThrow('Stack [nothing] does not exist')
    expect(find('demo').status).toBe('ROLLBACK_COMPLETE')
  })
})
