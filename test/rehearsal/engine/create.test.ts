import {describe, expect, test} from 'vitest'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const two = {
  Resources: {
    First: logGroup('first'),
    Second: logGroup('second', {DependsOn: 'First'}),
  },
  Outputs: {Name: {Value: {Ref: 'Second'}, Export: {Name: 'second-name'}}},
}

describe('creating a stack', () => {
  test('tells every resource twice in progress and once complete, needs first', () => {
    const {create, pass, events} = engineWorld()
    const stack = create('demo', two)
    pass(120)
    expect(events(stack)).toEqual([
      'demo CREATE_IN_PROGRESS "User Initiated"',
      'First CREATE_IN_PROGRESS',
      'First CREATE_IN_PROGRESS "Resource creation Initiated"',
      'First CREATE_COMPLETE',
      'Second CREATE_IN_PROGRESS',
      'Second CREATE_IN_PROGRESS "Resource creation Initiated"',
      'Second CREATE_COMPLETE',
      'demo CREATE_COMPLETE',
    ])
    expect(stack.outputs).toEqual([
      {key: 'Name', value: 'second', description: undefined, exportName: 'second-name'},
    ])
  })

  test('creates what does not depend on each other side by side', () => {
    const {create, pass, events} = engineWorld()
    const stack = create('demo', {Resources: {A: logGroup('a'), B: logGroup('b')}})
    pass(5)
    expect(events(stack).slice(1, 3)).toEqual(['A CREATE_IN_PROGRESS', 'B CREATE_IN_PROGRESS'])
  })

  test('has an empty physical id in the first event of a resource only', () => {
    const {create, pass} = engineWorld()
    const stack = create('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    const ids = stack.events.filter(({logicalId}) => logicalId === 'A').map(({physicalId}) => physicalId)
    expect(ids).toEqual(['', 'a', 'a'])
  })

  test('rolls back in reverse order when a resource fails, and says which', () => {
    const {create, pass, events, region} = engineWorld()
    const stack = create('demo', {
      Resources: {
        A: logGroup('a'),
        B: logGroup('b', {DependsOn: 'A'}),
        Broken: {...brokenLogGroup, DependsOn: 'B'},
      },
    })
    pass(300)
    const told = events(stack)
    expect(told).toContain(
      'demo ROLLBACK_IN_PROGRESS "The following resource(s) failed to create: [Broken]. Rollback requested by user."',
    )
    expect(told.slice(-4)).toEqual([
      'B DELETE_COMPLETE',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'demo ROLLBACK_COMPLETE',
    ])
    expect(Object.keys(region.resources)).toEqual([])
  })

  test('cancels what is under way when something else fails', () => {
    const {create, pass, events} = engineWorld()
    const stack = create('demo', {
      Resources: {
        Slow: {Type: 'AWS::EC2::NatGateway', Properties: {ConnectivityType: 'private', SubnetId: 'subnet-1'}},
        Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}},
        Broken: brokenLogGroup,
      },
    })
    pass(600)
    expect(events(stack)).toContain('Vpc CREATE_FAILED "Resource creation cancelled"')
  })

  test('keeps what was made when rollback is disabled', () => {
    const {create, pass, region, find} = engineWorld()
    create(
      'demo',
      {Resources: {A: logGroup('a'), Broken: {...brokenLogGroup, DependsOn: 'A'}}},
      {disableRollback: true},
    )
    pass(300)
    expect(find('demo').status).toBe('CREATE_FAILED')
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/a'])
  })

  test('deletes the stack when it is told to on failure', () => {
    const {create, pass, find, region} = engineWorld()
    create(
      'demo',
      {Resources: {A: logGroup('a'), Broken: {...brokenLogGroup, DependsOn: 'A'}}},
      {onFailure: 'DELETE'},
    )
    pass(300)
    expect(find('demo').status).toBe('DELETE_COMPLETE')
    expect(region.resources).toEqual({})
  })

  test('fails a resource whose property its type does not have', () => {
    const {create, pass, events} = engineWorld()
    const stack = create(
      'demo',
      {Resources: {A: {Type: 'AWS::Logs::LogGroup', Properties: {Nmae: 'x'}}}},
      {disableValidation: true},
    )
    pass(60)
    expect(events(stack)).toContain('A CREATE_FAILED "Encountered unsupported property Nmae"')
  })

  test('fails on a circle that only its conditions close', () => {
    const {create, pass, find} = engineWorld()
    const needs = (other: string) => ({
      'Fn::If': ['Always', {Ref: other}, 'x'],
    })
    create('demo', {
      Conditions: {Always: {'Fn::Equals': ['a', 'a']}},
      Resources: {
        A: {Type: 'AWS::Logs::LogGroup', Condition: 'Always', Properties: {LogGroupName: needs('B')}},
        B: {Type: 'AWS::Logs::LogGroup', Condition: 'Always', Properties: {LogGroupName: needs('A')}},
      },
    })
    pass(60)
    expect(find('demo').status).toBe('ROLLBACK_COMPLETE')
  })

  test('shows no value of a NoEcho parameter in its events', () => {
    const {create, pass} = engineWorld()
    const stack = create(
      'demo',
      {
        Parameters: {Password: {Type: 'String', NoEcho: true}},
        Resources: {
          A: {
            Type: 'AWS::SSM::Parameter',
            Properties: {Name: 'p', Type: 'String', Value: {'Fn::Sub': 'is $' + '{Password}!'}},
          },
        },
      },
      {parameters: [{name: 'Password', value: 'canary-4711'}]},
    )
    pass(60)
    expect(stack.status).toBe('CREATE_COMPLETE')
    expect(JSON.stringify(stack.events)).not.toContain('canary-4711')
    expect(JSON.stringify(stack.events)).toContain('is ****!')
  })

  test('refuses an unknown type, a second stack of the name, and a missing capability', () => {
    const {create, pass} = engineWorld()
    expect(() => create('demo', {Resources: {A: {Type: 'AWS::Made::Up'}}})).toThrow(
      'Template format error: Unrecognized resource types: [AWS::Made::Up]',
    )
    create('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    expect(() => create('demo', {Resources: {A: logGroup('b')}})).toThrow('Stack [demo] already exists')
    const role = {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}, RoleName: 'r'}}
    expect(() => create('other', {Resources: {A: role}})).toThrow(
      'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    )
  })

  test('fails on an import that nobody exports, and on an export that somebody has', () => {
    const {create, pass, find, events} = engineWorld()
    create('importer', {
      Resources: {A: logGroup('a', {Properties: {LogGroupName: {'Fn::ImportValue': 'nothing'}}})},
    })
    pass(120)
    expect(events(find('importer'))).toEqual([
      'importer CREATE_IN_PROGRESS "User Initiated"',
      'importer ROLLBACK_IN_PROGRESS "No export named nothing found. Rollback requested by user."',
      'importer ROLLBACK_COMPLETE',
    ])
    create('one', two)
    pass(120)
    create('two', {Resources: {A: logGroup('a')}, Outputs: {O: {Value: 'v', Export: {Name: 'second-name'}}}})
    pass(120)
    expect(find('two').status).toBe('ROLLBACK_COMPLETE')
    expect(
      find('two').events.some(({reason}) =>
        reason?.startsWith('Export with name second-name is already exported by stack one'),
      ),
    ).toBe(true)
  })

  test('repeats with the same seed, and differs with another', () => {
    const run = (seed: number) => {
      const {create, pass} = engineWorld(seed)
      const stack = create('demo', two)
      pass(120)
      return stack.events.map(({id, at}) => [id, at])
    }
    expect(run(7)).toEqual(run(7))
    expect(run(7)).not.toEqual(run(8))
  })

  test('continues from its own JSON at any moment', () => {
    const whole = engineWorld()
    const stack = whole.create('demo', two)
    whole.pass(6)
    const copy = engineWorld()
    Object.assign(copy.world.account, JSON.parse(JSON.stringify(whole.world.account)))
    copy.pass(0)
    whole.pass(120)
    copy.pass(126)
    const resumed = Object.values(copy.world.region('us-west-2').stacks)[0]
    expect(resumed?.events.map(({logicalId, status, at}) => [logicalId, status, at])).toEqual(
      stack.events.map(({logicalId, status, at}) => [logicalId, status, at]),
    )
  })
})
