import {describe, expect, test} from 'vitest'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {brokenLogGroup, engineWorld} from './engine-world.js'

const secrets = {Parameters: {Password: {Type: 'String', NoEcho: true}}}
const setting = (value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: {Name: 'p', Type: 'String', Value: value},
  ...more,
})
const holder = {'Fn::Sub': 'is $' + '{Password}!'}
const template = (more: object = {}) => ({...secrets, Resources: {A: setting(holder), ...more}})
const broken = {Broken: {...brokenLogGroup, DependsOn: 'A'}}
const given = (value: string) => ({parameters: [{name: 'Password', value}]})

/** The account as another server reads it from its file. */
function reread(account: ReturnType<typeof engineWorld>) {
  const later = engineWorld()
  const {regions, ...read} = JSON.parse(JSON.stringify(account.world.account))
  Object.assign(later.world.account, read)
  Object.assign(later.region, regions[later.region.name])
  return {
    ...later,
    all: () => Object.values(later.region.stacks),
    resources: () => Object.keys(later.region.resources),
  }
}

/** What the events of a resource show of its properties, oldest first, each once in a row. */
function shown({events}: Stack, logicalId: string, property: string): unknown[] {
  return events
    .filter(event => event.logicalId === logicalId && event.properties !== undefined)
    .map(event => (JSON.parse(event.properties as string) as Record<string, unknown>)[property])
    .filter((value, index, values) => JSON.stringify(value) !== JSON.stringify(values[index - 1]))
}

describe('the value of a NoEcho parameter', () => {
  test('shows in no event of a creation, an update and its rollback', () => {
    const {create, update, pass} = engineWorld()
    const stack = create('demo', template(), given('canary-old'))
    pass(60)
    update('demo', template(broken), given('canary-new'))
    pass(120)
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(shown(stack, 'A', 'Value')).toEqual(['is ****!'])
    expect(stack.events.filter(({logicalId}) => logicalId === 'A').map(({status}) => status)).toEqual([
      'CREATE_IN_PROGRESS',
      'CREATE_IN_PROGRESS',
      'CREATE_COMPLETE',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE',
    ])
    expect(JSON.stringify(stack.events)).not.toContain('canary')
  })

  test('shows in no event of an update that failed, and of the deletion after it', () => {
    const {create, update, remove, pass} = engineWorld()
    const stack = create('demo', template(), given('canary-old'))
    pass(60)
    update('demo', template(broken), {...given('canary-new'), disableRollback: true})
    pass(60)
    expect(stack.status).toBe('UPDATE_FAILED')
    update('demo', template(broken), {...given('canary-last'), disableRollback: true})
    pass(60)
    remove('demo')
    pass(60)
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(stack.events.at(-2)).toMatchObject({logicalId: 'A', status: 'DELETE_COMPLETE'})
    expect(JSON.stringify(stack.events)).not.toContain('canary')
  })

  test('shows in no event of a parameter or a resource that the template has no more', () => {
    const account = engineWorld()
    account.create(
      'demo',
      template({B: setting('b', {Properties: {Name: 'b', Type: 'String', Value: 'b'}})}),
      given('canary-old'),
    )
    account.pass(60)
    const {update, pass, all, resources} = reread(account)
    update('demo', {Resources: {B: setting('b', {Properties: {Name: 'b', Type: 'String', Value: 'b'}})}})
    pass(120)
    expect(all().map(({status}) => status)).toEqual(['UPDATE_COMPLETE'])
    expect(resources()).toEqual(['AWS::SSM::Parameter/b'])
    expect(JSON.stringify(all().flatMap(({events}) => events))).not.toContain('canary')
  })

  test('shows in no event of nested stacks that get it as a parameter, there and back', () => {
    const account = engineWorld()
    const url = account.upload('child.json', template())
    const root = (more: object = {}) => ({
      ...secrets,
      Resources: {
        Child: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: {TemplateURL: url, Parameters: {Password: {Ref: 'Password'}}},
        },
        ...more,
      },
    })
    account.create('root', root(), given('canary-old'))
    account.pass(120)
    const {update, remove, pass, all, resources} = reread(account)
    const told = () => JSON.stringify(all().flatMap(({events}) => events))
    update('root', root({Broken: {...brokenLogGroup, DependsOn: 'Child'}}), given('canary-new'))
    pass(240)
    expect(all().map(({status}) => status)).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])
    expect(told()).not.toContain('canary')
    const retry = {...given('canary-last'), disableRollback: true}
    update('root', root({Broken: {...brokenLogGroup, DependsOn: 'Child'}}), retry)
    pass(240)
    remove('root')
    pass(120)
    expect(all().map(({status}) => status)).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
    expect(resources()).toEqual([])
    expect(told()).not.toContain('canary')
    expect(shown(all()[0] as Stack, 'Child', 'Parameters')).toEqual([{Password: '****'}])
    expect(shown(all()[1] as Stack, 'A', 'Value')).toEqual(['is ****!'])
  })

  test('is not looked for in what only looks like it', () => {
    const {create, pass} = engineWorld()
    const stack = create(
      'demo',
      {
        ...secrets,
        Resources: {A: setting('t1t', {Properties: {Name: 't1t', Type: 'String', Value: {Ref: 'Password'}}})},
      },
      given('1'),
    )
    pass(60)
    expect(shown(stack, 'A', 'Name')).toEqual(['t1t'])
    expect(shown(stack, 'A', 'Value')).toEqual(['****'])
  })

  test('still decides conditions, and hides what cannot be made without it', () => {
    const {create, pass} = engineWorld()
    const value = (expression: unknown) => setting(expression)
    const stack = create(
      'demo',
      {
        ...secrets,
        Conditions: {IsCanary: {'Fn::Equals': [{Ref: 'Password'}, 'canary,more']}},
        Mappings: {Names: {'canary,more': {Name: 'mapped'}}},
        Resources: {
          Decided: {
            Type: 'AWS::SSM::Parameter',
            Condition: 'IsCanary',
            Properties: {Name: 'a', Type: 'String', Value: {'Fn::If': ['IsCanary', {Ref: 'Password'}, 'no']}},
          },
          Part: {
            ...value(''),
            Properties: {
              Name: 'b',
              Type: 'String',
              Value: {'Fn::Select': [1, {'Fn::Split': [',', {Ref: 'Password'}]}]},
            },
          },
          Mapped: {
            ...value(''),
            Properties: {
              Name: 'c',
              Type: 'String',
              Value: {'Fn::FindInMap': ['Names', {Ref: 'Password'}, 'Name']},
            },
          },
          Encoded: {
            ...value(''),
            Properties: {Name: 'd', Type: 'String', Value: {'Fn::Base64': {Ref: 'Password'}}},
          },
        },
      },
      given('canary,more'),
    )
    pass(60)
    expect(stack.status).toBe('CREATE_COMPLETE')
    expect(shown(stack, 'Decided', 'Value')).toEqual(['****'])
    expect(shown(stack, 'Part', 'Value')).toEqual(['****'])
    expect(shown(stack, 'Mapped', 'Value')).toEqual(['****'])
    expect(shown(stack, 'Encoded', 'Value')).toEqual([Buffer.from('****').toString('base64')])
    expect(stack.resources.Mapped?.properties.Value).toBe('mapped')
  })

  test('shows in no change set, whether it is old or new', () => {
    const {create, changeSet, pass} = engineWorld()
    create('demo', template(), given('canary-old'))
    pass(60)
    const plan = changeSet('demo', template(), given('canary-new'))
    pass(10)
    expect(plan.changes[0]).toMatchObject({
      before: '{"Properties":{"Name":"p","Type":"String","Value":"is ****!"}}',
      after: '{"Properties":{"Name":"p","Type":"String","Value":"is ****!"}}',
    })
  })
})
