import {describe, expect, test} from 'vitest'
import {receiveAnswer} from '../../../src/rehearsal/services/cloudformation/custom-resources.js'
import {engineWorld, logGroup, withProvider} from './engine-world.js'

const importing = (name: string) => logGroup('i', {Properties: {LogGroupName: {'Fn::ImportValue': name}}})

describe('validation before a deployment', () => {
  const conflict =
    'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information'

  test('stops a creation whose fixed name is taken before it makes anything', () => {
    const {create, pass, events, region} = engineWorld()
    create('first', {Resources: {A: logGroup('taken')}})
    pass(60)
    const stack = create('demo', {Resources: {Other: logGroup('other'), A: logGroup('taken')}})
    pass(60)
    expect(events(stack)).toEqual([
      'demo CREATE_IN_PROGRESS "User Initiated"',
      `demo ROLLBACK_IN_PROGRESS "${conflict}. Rollback requested by user."`,
      'demo ROLLBACK_COMPLETE',
    ])
    expect(stack.detailedStatus).toBe('VALIDATION_FAILED')
    expect(stack.findings).toMatchObject([
      {
        logicalId: 'A',
        name: 'NAME_CONFLICT_VALIDATION',
        path: '/Resources/A/Properties/LogGroupName',
        reason: "Resource of type 'AWS::Logs::LogGroup' with identifier 'taken' already exists.",
      },
    ])
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/taken'])
  })

  test('stops an update in the same way, and lets the stack keep its own names', () => {
    const {create, update, pass, find} = engineWorld()
    create('first', {Resources: {A: logGroup('taken')}})
    create('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    update('demo', {Resources: {A: logGroup('taken')}})
    pass(60)
    expect(find('demo').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(find('demo').resources.A?.physicalId).toBe('a')
    update('demo', {Resources: {A: logGroup('a', {Properties: {LogGroupName: 'a', RetentionInDays: 30}})}})
    pass(60)
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
    expect(find('demo').detailedStatus).toBeUndefined()
  })

  const cluster = {Type: 'AWS::ECS::Cluster', Properties: {ClusterName: 'the-cluster'}}

  test.each([
    ['AWS::SNS::Topic', 'TopicName', {}],
    ['AWS::SQS::Queue', 'QueueName', {}],
    ['AWS::SecretsManager::Secret', 'Name', {SecretString: 'text'}],
    ['AWS::ElasticLoadBalancingV2::TargetGroup', 'Name', {Port: 80, Protocol: 'HTTP', TargetType: 'ip'}],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Name', {}],
    ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName', {PolicyDocument: {Statement: []}}],
    ['AWS::IAM::User', 'UserName', {}],
    ['AWS::IAM::SAMLProvider', 'Name', {}],
    ['AWS::Events::Rule', 'Name', {ScheduleExpression: 'rate(1 day)'}],
    ['AWS::Events::EventBus', 'Name', {}],
  ])('finds the name of a %s, and lets the stack that has it keep it', (type, property, more) => {
    const {create, update, pass, find} = engineWorld()
    const capabilities = ['CAPABILITY_NAMED_IAM']
    const resources = (given: object = {}) => ({
      Resources: {It: {Type: type, Properties: {[property]: 'taken', ...more}}, ...given},
    })
    create('first', resources(), {capabilities})
    pass(600)
    expect(find('first').status).toBe('CREATE_COMPLETE')
    const stack = create('second', resources(), {capabilities})
    pass(60)
    expect(stack.findings).toMatchObject([
      {
        logicalId: 'It',
        path: `/Resources/It/Properties/${property}`,
        reason: `Resource of type '${type}' with identifier 'taken' already exists.`,
      },
    ])
    update('first', resources({Other: logGroup('other')}), {capabilities})
    pass(600)
    expect(find('first').status).toBe('UPDATE_COMPLETE')
  })

  test('finds the name of an ECS service in its own cluster', () => {
    const {create, pass, world, region} = engineWorld()
    const service = (Cluster: string) => ({
      Resources: {S: {Type: 'AWS::ECS::Service', Properties: {ServiceName: 'taken', Cluster}}},
    })
    const serviceArn = `arn:aws:ecs:us-west-2:${world.account.id}:service/the-cluster/taken`
    create('first', {Resources: {Cluster: cluster}})
    pass(120)
    world.put(region, {
      type: 'AWS::ECS::Service',
      physicalId: serviceArn,
      properties: {Cluster: 'the-cluster', ServiceName: 'taken'},
      attributes: {},
      tags: {},
      createdAt: world.now,
      data: {status: 'ACTIVE', desiredCount: 1, deployments: [], events: []},
    })
    const found = create('here', service('the-cluster'))
    const free = create('elsewhere', service('another-cluster'))
    pass(10)
    expect(found.findings).toMatchObject([{name: 'NAME_CONFLICT_VALIDATION', logicalId: 'S'}])
    expect(free.findings).toBeUndefined()
  })

  test('can be turned off, so that the resource itself fails', () => {
    const {create, pass, events} = engineWorld()
    create('first', {Resources: {A: logGroup('taken')}})
    pass(60)
    const stack = create('demo', {Resources: {A: logGroup('taken')}}, {disableValidation: true})
    pass(60)
    expect(events(stack).some(line => line.startsWith('A CREATE_FAILED'))).toBe(true)
  })

  test('looks at names that parameters give, and not at those that other resources will', () => {
    const {create, pass, find} = engineWorld()
    create('first', {Resources: {A: logGroup('taken')}})
    pass(60)
    const named = (name: unknown) => ({
      Parameters: {Name: {Type: 'String', Default: 'taken'}},
      Resources: {
        A: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: name}},
        Topic: {Type: 'AWS::SNS::Topic'},
      },
    })
    create('by-parameter', named({Ref: 'Name'}))
    create('by-resource', named({'Fn::GetAtt': ['Topic', 'TopicName']}))
    pass(120)
    expect(find('by-parameter').detailedStatus).toBe('VALIDATION_FAILED')
    expect(find('by-resource').status).toBe('CREATE_COMPLETE')
  })
})

describe('an import of an export that does not exist', () => {
  test('fails the stack and no resource, whichever resource or output reads it', () => {
    const {create, pass, events} = engineWorld()
    const stack = create('demo', {
      Resources: {A: logGroup('a')},
      Outputs: {O: {Value: {'Fn::ImportValue': 'nothing'}}},
    })
    pass(60)
    expect(events(stack)).toEqual([
      'demo CREATE_IN_PROGRESS "User Initiated"',
      'demo ROLLBACK_IN_PROGRESS "No export named nothing found. Rollback requested by user."',
      'demo ROLLBACK_COMPLETE',
    ])
  })

  test('is refused at once in an update', () => {
    const {create, update, pass} = engineWorld()
    create('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    expect(() => update('demo', {Resources: {A: importing('nothing')}})).toThrow(
      'No export named nothing found',
    )
  })

  test('is no longer held once the importer has stopped to read it', () => {
    const {create, update, remove, pass, find} = engineWorld()
    create('exporter', {
      Resources: {A: logGroup('a')},
      Outputs: {O: {Value: 'value', Export: {Name: 'the-export'}}},
    })
    pass(60)
    create('importer', {Resources: {B: importing('the-export')}})
    pass(60)
    update('importer', {Resources: {B: logGroup('b')}})
    pass(60)
    remove('exporter')
    pass(60)
    expect(find('exporter').status).toBe('DELETE_COMPLETE')
  })
})

describe('tags of a stack', () => {
  test('reach resources that an update touches for nothing else, and go back with it', () => {
    const {create, update, pass, find, world, region} = engineWorld()
    const template = {Resources: {A: logGroup('a'), Alarmless: logGroup('b')}}
    create('demo', template, {tags: {class: '1'}})
    pass(60)
    update('demo', template, {tags: {class: '2'}})
    pass(60)
    const tags = () => world.resource(region, 'AWS::Logs::LogGroup', 'a')?.tags.class
    expect([find('demo').status, tags()]).toEqual(['UPDATE_COMPLETE', '2'])
    const broken = {
      ...template.Resources,
      Broken: {Type: 'AWS::Logs::LogGroup', DependsOn: ['A', 'Alarmless'], Properties: {RetentionInDays: 8}},
    }
    update('demo', {Resources: broken}, {tags: {class: '3'}})
    pass(120)
    expect([find('demo').status, tags()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', '2'])
  })
})

describe('a service role', () => {
  test('has to exist and to trust CloudFormation', () => {
    const {create, pass, world, find} = engineWorld()
    const role = (service: string) => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: service,
        AssumeRolePolicyDocument: {
          Statement: [
            {Effect: 'Allow', Action: 'sts:AssumeRole', Principal: {Service: `${service}.amazonaws.com`}},
          ],
        },
      },
    })
    const capabilities = ['CAPABILITY_NAMED_IAM']
    create('roles', {Resources: {Good: role('cloudformation'), Bad: role('lambda')}}, {capabilities})
    pass(120)
    const arn = (name: string) => `arn:aws:iam::${world.account.id}:role/${name}`
    const simple = {Resources: {A: logGroup('a')}}
    for (const name of ['lambda', 'nothing']) {
      expect(() => create('demo', simple, {roleArn: arn(name)})).toThrow(
        `Role ${arn(name)} is invalid or cannot be assumed`,
      )
    }
    create('demo', simple, {roleArn: arn('cloudformation')})
    expect(find('demo').roleArn).toBe(arn('cloudformation'))
  })
})

describe('a ClientRequestToken', () => {
  const template = {Resources: {A: logGroup('a')}}

  test('that comes again starts nothing, and stands for one operation only', () => {
    const {create, update, remove, pass, find} = engineWorld()
    const stack = create('demo', template, {clientRequestToken: 'one'})
    expect(create('demo', template, {clientRequestToken: 'one'})).toBe(stack)
    pass(60)
    expect(() => update('demo', {Resources: {A: logGroup('b')}}, {clientRequestToken: 'one'})).toThrow(
      'Token one',
    )
    expect(() => remove('demo', {clientRequestToken: 'not good'})).toThrow("at 'clientRequestToken'")
    update('demo', {Resources: {A: logGroup('b')}}, {clientRequestToken: 'two'})
    update('demo', {Resources: {A: logGroup('b')}}, {clientRequestToken: 'two'})
    pass(60)
    expect(
      find('demo').events.filter(({clientRequestToken}) => clientRequestToken === 'two').length,
    ).toBeGreaterThan(2)
  })
})

describe('a custom resource whose provider makes a new thing', () => {
  test('keeps the old one until the update has succeeded', () => {
    const {create, update, pass, events, world, region, find} = engineWorld()
    const answer = (id: string) => {
      for (const resource of world.resourcesOf(region, 'Custom::Thing')) {
        const pending = resource.data.pending as {token: string; requestId: string} | undefined
        if (!pending) continue
        const body = {Status: 'SUCCESS', RequestId: pending.requestId, PhysicalResourceId: id}
        receiveAnswer(world, pending.token, JSON.stringify(body))
      }
    }
    const settle = (id: string) => {
      for (let seconds = 0; seconds < 60; seconds += 1) {
        // The function is not run: the test answers in its place.
        world.unschedule('lambda.invoke', () => true)
        pass(1)
        answer(id)
      }
    }
    create('demo', withProvider('one'), {capabilities: ['CAPABILITY_IAM']})
    settle('first')
    expect(find('demo').resources.Thing?.physicalId).toBe('first')
    const told = find('demo').events.length
    update('demo', withProvider('two'), {capabilities: ['CAPABILITY_IAM']})
    settle('second')
    expect(events(find('demo')).slice(told)).toEqual([
      'demo UPDATE_IN_PROGRESS "User Initiated"',
      'Thing UPDATE_IN_PROGRESS',
      'Thing UPDATE_IN_PROGRESS "Requested update required the provider to create a new physical resource"',
      'Thing UPDATE_COMPLETE',
      'demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Thing DELETE_IN_PROGRESS',
      'Thing DELETE_COMPLETE',
      'demo UPDATE_COMPLETE',
    ])
    expect(world.resourcesOf(region, 'Custom::Thing').map(({physicalId}) => physicalId)).toEqual(['second'])
  })
})
