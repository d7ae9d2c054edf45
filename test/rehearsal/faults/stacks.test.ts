import {describe, expect, test} from 'vitest'
import {seenResources, seenStack} from '../../../src/rehearsal/engine/reads.js'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {setFault} from '../../../src/rehearsal/faults/setting.js'
import {ec2Operations} from '../../../src/rehearsal/services/ec2/operations.js'
import {engineWorld, logGroup} from '../engine/engine-world.js'
import {callIn} from '../helpers/call.js'

function accountWith(...faults: string[]) {
  const account = engineWorld()
  for (const fault of faults) setFault(account.world, fault)
  return account
}

const template = (resources: object) => ({Resources: resources})

describe('the examples of faults that apply to stacks', () => {
  test('fail-create: once, with its message; the stack rolls back, and the next one is made', () => {
    const account = accountWith(catalogue['fail-create'].example)
    const resources = template({Other: logGroup('other'), NatGateway1: logGroup('nat')})
    const stack = account.create('demo', resources)
    account.pass(600)
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
    expect(account.events(stack)).toContain(
      'NatGateway1 CREATE_FAILED "The maximum number of addresses has been reached."',
    )
    account.remove('demo')
    account.pass(600)
    const second = account.create('demo', resources)
    account.pass(600)
    expect(second.status).toBe('CREATE_COMPLETE')
  })

  test('fail-update: twice, in the words of a resource handler; the rollback meets the second one', () => {
    const account = accountWith(catalogue['fail-update'].example)
    const cluster = (name: string) =>
      template({
        Cluster: {
          Type: 'AWS::ECS::Cluster',
          Properties: {ClusterName: 'demo', Tags: [{Key: 'a', Value: name}]},
        },
      })
    const stack = account.create('demo', cluster('one'))
    account.pass(600)
    expect(stack.status).toBe('CREATE_COMPLETE')
    account.update('demo', cluster('two'))
    account.pass(600)
    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED')
    const failures = account.events(stack).filter(event => event.startsWith('Cluster UPDATE_FAILED'))
    expect(failures).toHaveLength(2)
    expect(failures[0]).toMatch(
      /^Cluster UPDATE_FAILED "Resource handler returned message: "Rate exceeded" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: ThrottlingException\)"$/,
    )
  })

  test('fail-removal: once; what was going stays, and the next deletion takes it', () => {
    const account = accountWith(catalogue['fail-removal'].example)
    account.create(
      'demo',
      template({
        Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}},
        Subnet: {
          Type: 'AWS::EC2::Subnet',
          Properties: {VpcId: {Ref: 'Vpc'}, CidrBlock: '10.0.0.0/24'},
        },
        NatGateway1: {
          Type: 'AWS::EC2::NatGateway',
          Properties: {SubnetId: {Ref: 'Subnet'}, ConnectivityType: 'private'},
        },
      }),
    )
    account.pass(600)
    const ec2 = ec2Operations(account.world)
    const here = callIn('us-west-2')
    const gateway = () => ec2.DescribeNatGateways({}, here).NatGateways[0]
    const states = ['deleting', 'available', 'deleting', 'deleted']
    for (const [index, expected] of states.entries()) {
      if (index % 2 === 0) ec2.DeleteNatGateway({NatGatewayId: gateway()?.NatGatewayId}, here)
      expect(gateway()?.State).toBe(expected)
      account.pass(70)
    }
  })

  test('fail-delete: once, in the stack that is named', () => {
    const account = accountWith(catalogue['fail-delete'].example)
    const stack = account.create('demo-network', template({Vpc: logGroup('vpc')}))
    const other = account.create('other', template({Vpc: logGroup('other')}))
    account.pass(600)
    for (const name of ['demo-network', 'other']) account.remove(name)
    account.pass(600)
    expect(other.status).toBe('DELETE_COMPLETE')
    expect(stack.status).toBe('DELETE_FAILED')
    expect(account.events(stack)).toContain(
      'Vpc DELETE_FAILED "The vpc has dependencies and cannot be deleted."',
    )
    account.remove('demo-network')
    account.pass(600)
    expect(stack.status).toBe('DELETE_COMPLETE')
  })

  test('slow: four times as long to create, and not to delete', () => {
    const proxyGroup = {
      Type: 'AWS::RDS::DBClusterParameterGroup',
      Properties: {Description: 'demo', Family: 'aurora-mysql8.0', Parameters: {}},
    }
    const seconds = (faults: string[]) => {
      const account = accountWith(...faults)
      const stack = account.create('demo', template({Group: proxyGroup}))
      const took = (status: string) => {
        const [began, ended] = ['IN_PROGRESS', 'COMPLETE'].map(
          part =>
            stack.events.find(event => event.logicalId === 'Group' && event.status === `${status}_${part}`)
              ?.at,
        )
        return ((ended ?? Number.NaN) - (began ?? Number.NaN)) / 1000
      }
      account.pass(600)
      account.remove('demo')
      account.pass(600)
      return [took('CREATE'), took('DELETE')]
    }
    const [create = 0, remove] = seconds([])
    const [slowCreate, slowRemove] = seconds([catalogue.slow.example])
    const initiation = 20
    expect(slowCreate).toBeGreaterThan(4 * create - 3 * initiation)
    expect(slowCreate).toBeGreaterThan(2 * create)
    expect(slowCreate).toBeLessThanOrEqual(4 * create)
    expect(slowRemove).toBe(remove)
  })
})

test('a creation that fails at its end has used its time, and what it made is removed', () => {
  const account = accountWith('fail-create AWS::EC2::VPC when=end code=NotStabilized')
  const vpc = {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}
  const stack = account.create('demo', template({Vpc: vpc}))
  account.pass(600)
  const events = account.events(stack).filter(event => event.startsWith('Vpc '))
  expect(events.map(event => event.split('"')[0]?.trim())).toEqual([
    'Vpc CREATE_IN_PROGRESS',
    'Vpc CREATE_IN_PROGRESS',
    'Vpc CREATE_FAILED',
    'Vpc DELETE_IN_PROGRESS',
    'Vpc DELETE_COMPLETE',
  ])
  expect(events[2]).toContain('HandlerErrorCode: NotStabilized')
  expect(account.world.resourcesOf(account.region, 'AWS::EC2::VPC')).toEqual([])
})

test('stale: what is read of a stack is as old as the example says, but for the begin of its operation', () => {
  const account = accountWith(catalogue.stale.example)
  const [stack, other] = ['demo-services', 'other'].map(name =>
    account.create(name, template({Logs: logGroup(name)})),
  )
  if (!stack || !other) throw new Error('no stacks')
  account.pass(30)
  const seen = () => [stack, other].map(one => seenStack(account.world, one).status)
  expect([stack.status, other.status]).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE'])
  expect(seen()).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'])
  expect(seenResources(account.world, stack)).toEqual([])
  account.pass(90)
  expect(seen()).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE'])
  expect(seenResources(account.world, stack)).toHaveLength(1)
})

test.each([
  ['us-west-2', 'CREATE_IN_PROGRESS'],
  ['eu-west-1', 'CREATE_COMPLETE'],
])('stale in %s: a stack of us-west-2 is read as %s', (region, status) => {
  const account = accountWith(`stale * by=90s region=${region}`)
  const stack = account.create('demo', template({Logs: logGroup('demo')}))
  account.pass(30)
  expect(seenStack(account.world, stack).status).toBe(status)
})

test('without always being said, a failure comes every time', () => {
  const account = accountWith('fail-create Logs')
  for (const name of ['one', 'two']) {
    const stack = account.create(name, template({Logs: logGroup(name)}))
    account.pass(600)
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
  }
  expect(account.world.account.faults).toMatchObject([{struck: 2}])
})

test('a resource of a nested stack is named by the resource of its stack', () => {
  const account = accountWith('fail-create NetworkStack/Logs message=No')
  const url = account.upload('child.json', template({Logs: logGroup('child')}))
  const stack = account.create(
    'demo',
    template({
      Logs: logGroup('root'),
      NetworkStack: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}},
    }),
  )
  account.pass(600)
  const [child] = account.children(stack)
  expect(child && account.events(child)).toContain('Logs CREATE_FAILED "No"')
  expect(account.events(stack)).toContain('Logs CREATE_COMPLETE')
})

test('a nested stack can fail as a whole', () => {
  const account = accountWith('fail-create AWS::CloudFormation::Stack message="Stack limit exceeded" once')
  const url = account.upload('child.json', template({Logs: logGroup('child')}))
  const stack = account.create(
    'demo',
    template({Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}}),
  )
  account.pass(600)
  expect(account.events(stack)).toContain('Child CREATE_FAILED "Stack limit exceeded"')
  expect(stack.status).toBe('ROLLBACK_COMPLETE')
})
