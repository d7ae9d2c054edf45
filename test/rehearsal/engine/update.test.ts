import {describe, expect, test} from 'vitest'
import {updateStack} from '../../../src/rehearsal/engine/update-stack.js'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const before = {Resources: {A: logGroup('a'), B: logGroup('b')}}

function existing(template: object = before) {
  const account = engineWorld()
  const stack = account.create('demo', template)
  account.pass(120)
  const told = stack.events.length
  return {...account, stack, news: () => account.events(stack).slice(told)}
}

describe('updating a stack', () => {
  test('refuses when nothing changes', () => {
    const {update} = existing()
    expect(() => update('demo', before)).toThrow('No updates are to be performed.')
  })

  test('sees changed tags alone', () => {
    const {update, pass, find} = existing()
    update('demo', before, {tags: {class: '7'}})
    pass(120)
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
    expect(find('demo').tags).toEqual({class: '7'})
    expect(() => update('demo', before, {tags: {class: '7'}})).toThrow('No updates are to be performed.')
  })

  test('touches only the resource that changed', () => {
    const {update, pass, news} = existing()
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

  test('shows neither the old nor the new value of a NoEcho parameter in its events', () => {
    const {create, pass, world} = engineWorld()
    const template = {
      Parameters: {Password: {Type: 'String', NoEcho: true}},
      Resources: {
        A: {Type: 'AWS::SSM::Parameter', Properties: {Name: 'p', Type: 'String', Value: {Ref: 'Password'}}},
      },
    }
    const given = (value: string) => ({parameters: [{name: 'Password', value}]})
    create('demo', template, given('canary-old'))
    pass(60)
    const later = engineWorld()
    // Another server, which has read the account from its file.
    Object.assign(later.world.account, JSON.parse(JSON.stringify(world.account)))
    const find = () => Object.values(later.world.region('us-west-2').stacks)[0] ?? expect.fail('no stack')
    updateStack(later.world, later.world.region('us-west-2'), {
      ...{name: 'demo', templateBody: JSON.stringify(template), capabilities: []},
      ...given('canary-new'),
    })
    later.pass(120)
    expect(find().status).toBe('UPDATE_COMPLETE')
    expect(find().events.filter(({logicalId}) => logicalId === 'A')).toHaveLength(5)
    expect(JSON.stringify(find().events)).not.toContain('canary')
  })

  test('replaces what cannot be changed in place and deletes the old one last', () => {
    const {update, pass, news, region} = existing()
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
    const {update, pass, region} = existing()
    update('demo', {Resources: {B: logGroup('b'), C: logGroup('c')}})
    pass(120)
    expect(Object.keys(region.resources).sort()).toEqual(['AWS::Logs::LogGroup/b', 'AWS::Logs::LogGroup/c'])
  })

  test('returns to what was when a resource fails', () => {
    const {update, pass, region, find, news} = existing()
    update('demo', {
      Resources: {A: logGroup('renamed'), B: logGroup('b'), Broken: {...brokenLogGroup, DependsOn: 'A'}},
    })
    pass(300)
    expect(find('demo').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(news()).toContain(
      'demo UPDATE_ROLLBACK_IN_PROGRESS "The following resource(s) failed to update: [Broken]. "',
    )
    expect(Object.keys(region.resources).sort()).toEqual(['AWS::Logs::LogGroup/a', 'AWS::Logs::LogGroup/b'])
    expect(find('demo').resources.A?.physicalId).toBe('a')
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

  test('sees that a condition turned, there and back', () => {
    const template = {
      Parameters: {More: {Type: 'String', Default: 'yes'}},
      Conditions: {HasMore: {'Fn::Equals': [{Ref: 'More'}, 'yes']}},
      Resources: {A: logGroup('a'), B: logGroup('b', {Condition: 'HasMore'})},
    }
    const {update, pass, region} = existing(template)
    const groups = () => Object.keys(region.resources).length
    for (const [value, count] of [
      ['no', 1],
      ['yes', 2],
      ['no', 1],
    ] as const) {
      update('demo', template, {parameters: [{name: 'More', value}]})
      pass(120)
      expect(groups()).toBe(count)
    }
  })

  test('keeps what a replacement leaves when it is to be retained', () => {
    const {update, pass, region} = existing({Resources: {A: logGroup('a')}})
    update('demo', {Resources: {A: logGroup('renamed', {UpdateReplacePolicy: 'Retain'})}})
    pass(120)
    expect(Object.keys(region.resources).sort()).toEqual([
      'AWS::Logs::LogGroup/a',
      'AWS::Logs::LogGroup/renamed',
    ])
  })

  test('goes back when it would change an export that another stack reads', () => {
    const exporter = (name: string) => ({
      Resources: {A: logGroup('a')},
      Outputs: {O: {Value: name, Export: {Name: 'the-export'}}},
    })
    const {create, update, pass, find} = engineWorld()
    create('exporter', exporter('one'))
    pass(60)
    create('importer', {
      Resources: {
        B: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: {'Fn::ImportValue': 'the-export'}}},
      },
    })
    pass(60)
    update('exporter', exporter('two'))
    pass(120)
    expect(find('exporter').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(
      find('exporter').events.some(({reason}) =>
        reason?.includes('Export the-export cannot be updated as it is in use by importer'),
      ),
    ).toBe(true)
    expect(find('exporter').outputs[0]?.value).toBe('one')
  })

  test('without rollback stays as it failed, and continues from there when it is tried again', () => {
    const {update, pass, find, region} = existing()
    const broken = {Resources: {A: logGroup('a'), B: logGroup('b'), C: {...brokenLogGroup}}}
    update('demo', broken, {disableRollback: true})
    pass(120)
    expect(find('demo').status).toBe('UPDATE_FAILED')
    expect(find('demo').statusReason).toContain('failed to update: [C]')
    const mended = {Resources: {A: logGroup('a'), B: logGroup('b'), C: logGroup('c')}}
    expect(() => update('demo', mended)).toThrow('is in UPDATE_FAILED state and can not be updated.')
    update('demo', mended, {disableRollback: true})
    pass(120)
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
    expect(Object.keys(region.resources).sort()).toEqual(
      ['a', 'b', 'c'].map(name => `AWS::Logs::LogGroup/${name}`),
    )
  })

  test('without rollback tries what failed in place again, and replaces nothing', () => {
    const days = (retention: number) => ({
      Resources: {
        A: logGroup('a', {Properties: {LogGroupName: 'a', RetentionInDays: retention}}),
        B: logGroup('b'),
      },
    })
    const {update, pass, find, region} = existing()
    update('demo', days(8), {disableRollback: true})
    pass(120)
    expect(find('demo').status).toBe('UPDATE_FAILED')
    update('demo', days(14), {disableRollback: true})
    pass(120)
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
    expect(region.resources['AWS::Logs::LogGroup/a']?.properties.RetentionInDays).toBe(14)
    update('demo', {Resources: {A: logGroup('renamed'), B: logGroup('b')}}, {disableRollback: true})
    pass(120)
    expect(find('demo').events.map(({reason}) => reason)).toContain(
      'Replacement type updates not supported on stack with disable-rollback.',
    )
  })

  test('is refused when it breaks a rule of the template', () => {
    const ruled = {
      Parameters: {Size: {Type: 'String', Default: 'small'}},
      Rules: {
        OnlySmall: {
          Assertions: [{Assert: {'Fn::Equals': [{Ref: 'Size'}, 'small']}, AssertDescription: 'Small only.'}],
        },
      },
      Resources: {A: logGroup('a')},
    }
    const {create, update, pass} = engineWorld()
    expect(() => create('demo', ruled, {parameters: [{name: 'Size', value: 'large'}]})).toThrow('Small only.')
    create('demo', ruled)
    pass(60)
    expect(() => update('demo', ruled, {parameters: [{name: 'Size', value: 'large'}]})).toThrow('Small only.')
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
