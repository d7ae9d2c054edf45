import {describe, expect, it} from 'vitest'
import {setFault} from '../../../src/rehearsal/faults/setting.js'
import {ec2Operations} from '../../../src/rehearsal/services/ec2/operations.js'
import {efsOperations} from '../../../src/rehearsal/services/efs/operations.js'
import {callIn} from '../helpers/call.js'
import {brokenLogGroup, engineWorld, logGroup, withProvider} from './engine-world.js'

const express = {mode: 'EXPRESS'} as const
const here = callIn('us-west-2')
/** As one request has it: without rollback, the mode's default. */
const expressly = {deploymentConfig: express, disableRollback: true}
const reason =
  'Resource operation completed using Express Mode. It may continue becoming available in the background.'

const network = {
  Resources: {
    Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}},
    Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: {Ref: 'Vpc'}, CidrBlock: '10.0.0.0/24'}},
    Gateway: {
      Type: 'AWS::EC2::NatGateway',
      Properties: {SubnetId: {Ref: 'Subnet'}, ConnectivityType: 'private'},
    },
  },
}

function account() {
  const engine = engineWorld()
  const ec2 = ec2Operations(engine.world)
  return {
    ...engine,
    gateways: () => ec2.DescribeNatGateways({}, here).NatGateways.map(({State}) => State),
    /** Seconds until the stack of a name rests. */
    rest(name: string) {
      const from = engine.world.now
      for (let step = 0; step < 3000 && engine.find(name).operation; step += 1) engine.pass(1)
      return (engine.world.now - from) / 1000
    },
  }
}

describe('a creation in express mode', () => {
  it('is complete when the calls have succeeded, says so on every row, and goes on in the background', () => {
    const {create, rest, find, gateways, pass} = account()
    create('demo', network, expressly)
    expect(rest('demo')).toBeLessThan(30)
    expect(find('demo').status).toBe('CREATE_COMPLETE')
    for (const row of Object.values(find('demo').resources)) expect(row.reason).toBe(reason)
    expect(find('demo').statusReason).toBeUndefined()
    expect(gateways()).toEqual(['pending'])
    pass(130)
    expect(gateways()).toEqual(['available'])
  })

  it('tries again what fails because its needs are not ready yet', () => {
    const {create, rest, find, events, world, region} = account()
    const target = {
      Files: {Type: 'AWS::EFS::FileSystem'},
      Subnet: network.Resources.Subnet,
      Vpc: network.Resources.Vpc,
      Target: {
        Type: 'AWS::EFS::MountTarget',
        Properties: {FileSystemId: {Ref: 'Files'}, SubnetId: {Ref: 'Subnet'}, SecurityGroups: []},
      },
    }
    create('demo', {Resources: target}, expressly)
    expect(rest('demo')).toBeLessThan(60)
    expect(find('demo').status).toBe('CREATE_COMPLETE')
    expect(events(find('demo')).filter(event => event.startsWith('Target CREATE_FAILED'))).toEqual([])
    const [files] = world.resourcesOf(region, 'AWS::EFS::FileSystem')
    const [made] = world.resourcesOf(region, 'AWS::EFS::MountTarget')
    expect(made?.createdAt).toBeGreaterThan((files?.createdAt ?? 0) + 9_000)
  })

  it('waits for custom resources all the same', () => {
    const {create, rest, find, pass} = account()
    create('demo', withProvider('a'), {...expressly, capabilities: ['CAPABILITY_IAM']})
    pass(60)
    expect(find('demo').resources.Thing?.status).toBe('CREATE_IN_PROGRESS')
    rest('demo')
    expect(find('demo').resources.Role?.status).toBe('CREATE_COMPLETE')
  })

  it('leaves things as they are when it fails, unless rollback is asked for', () => {
    const {create, rest, find} = account()
    const failing = {Resources: {Good: logGroup('good'), Bad: {...brokenLogGroup, DependsOn: 'Good'}}}
    create('left', failing, {...expressly, disableValidation: true})
    rest('left')
    expect(find('left').status).toBe('CREATE_FAILED')
    create('back', failing, {
      deploymentConfig: {...express, disableRollback: false},
      disableRollback: false,
      disableValidation: true,
    })
    rest('back')
    expect(find('back').status).toBe('ROLLBACK_COMPLETE')
  })

  it('reaches nested stacks', () => {
    const {upload, create, rest, find, children} = account()
    const url = upload('network.json', network)
    const root = {Resources: {Network: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}}}
    create('demo', root, expressly)
    expect(rest('demo')).toBeLessThan(50)
    const [child] = children(find('demo'))
    expect(child?.deploymentConfig).toEqual(express)
    expect(find('demo').resources.Network?.reason).toBe(reason)
    expect(child?.resources.Gateway?.reason).toBe(reason)
  })
})

describe('a stack that an express operation left failed', () => {
  const good = {Resources: {Good: logGroup('good')}}
  const bad = {Resources: {Good: logGroup('good'), Bad: brokenLogGroup}}
  const follow =
    /^This stack is in a UPDATE_FAILED state from a previous operation that used EXPRESS deployment mode/
  function failed() {
    const engine = account()
    engine.create('demo', good)
    engine.rest('demo')
    engine.update('demo', bad, {...expressly, disableValidation: true})
    engine.rest('demo')
    expect(engine.find('demo').status).toBe('UPDATE_FAILED')
    return engine
  }

  it('takes express operations only', () => {
    const {update, remove, changeSet, rest, find} = failed()
    expect(() => update('demo', good, {disableRollback: true})).toThrow(follow)
    expect(() => changeSet('demo', good)).toThrow(follow)
    expect(() => remove('demo')).toThrow(follow)
    expect(() => remove('demo', {deploymentConfig: {mode: 'STANDARD'}})).toThrow(follow)
    update('demo', good, expressly)
    rest('demo')
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
    remove('demo')
    rest('demo')
    expect(find('demo').status).toBe('DELETE_COMPLETE')
  })

  it('cannot be rolled back, even in express mode', () => {
    const {rollBack} = failed()
    const refusal = /^RollbackStack is not supported for stacks that were last updated using EXPRESS/
    expect(() => rollBack('demo')).toThrow(refusal)
    expect(() => rollBack('demo', {deploymentConfig: express})).toThrow(refusal)
  })

  it('is deleted in express mode', () => {
    const {remove, rest, find} = failed()
    remove('demo', {deploymentConfig: express})
    rest('demo')
    expect(find('demo').status).toBe('DELETE_COMPLETE')
  })
})

it('an express update without rollback refuses to replace a resource', () => {
  const {create, update, rest, find, events} = account()
  create('demo', {Resources: {Group: logGroup('one')}})
  rest('demo')
  update('demo', {Resources: {Group: logGroup('two')}}, expressly)
  rest('demo')
  expect(find('demo').status).toBe('UPDATE_FAILED')
  expect(events(find('demo')).join('\n')).toContain(
    'Replacement type updates not supported on stack with disable-rollback.',
  )
})

describe('a deletion in express mode', () => {
  function running() {
    const engine = account()
    engine.create('demo', network)
    engine.rest('demo')
    return engine
  }

  it('says that a row is done while the thing is still going, and retries what that holds up', () => {
    const {remove, rest, find, gateways, pass, events} = running()
    remove('demo', {deploymentConfig: express})
    pass(10)
    expect(find('demo').resources.Gateway).toMatchObject({status: 'DELETE_COMPLETE', reason})
    expect(gateways()).toEqual(['deleting'])
    expect(find('demo').resources.Subnet?.status).toBe('DELETE_IN_PROGRESS')
    rest('demo')
    expect(find('demo').status).toBe('DELETE_COMPLETE')
    expect(events(find('demo')).filter(event => event.includes('FAILED'))).toEqual([])
  })

  it('ends before what it deleted has gone when nothing waits for that', () => {
    const {create, remove, rest, find, gateways, pass} = account()
    create('base', {
      Resources: {Vpc: network.Resources.Vpc, Subnet: network.Resources.Subnet},
      Outputs: {Subnet: {Value: {Ref: 'Subnet'}}},
    })
    rest('base')
    const subnet = find('base').outputs[0]?.value
    const gateway = {
      Type: 'AWS::EC2::NatGateway',
      Properties: {SubnetId: subnet, ConnectivityType: 'private'},
    }
    create('demo', {Resources: {Gateway: gateway}})
    rest('demo')
    remove('demo', {deploymentConfig: express})
    expect(rest('demo')).toBeLessThan(15)
    expect(gateways()).toEqual(['deleting'])
    pass(70)
    expect(gateways()).toEqual(['deleted'])
  })

  it('has said that a thing is gone which then stays, when its removal fails later', () => {
    const {remove, rest, find, gateways, world} = running()
    setFault(world, 'fail-removal Gateway once')
    remove('demo', {deploymentConfig: express})
    rest('demo')
    // The gateway is back, and keeps its subnet.
    expect(gateways()).toEqual(['available'])
    expect(find('demo').resources.Gateway?.status).toBe('DELETE_COMPLETE')
    expect(find('demo').status).toBe('DELETE_FAILED')
  })
})

it('a file system that is made in express mode shows as creating until it is there', () => {
  const {create, rest, world, pass} = account()
  create('demo', {Resources: {Files: {Type: 'AWS::EFS::FileSystem'}}}, expressly)
  rest('demo')
  const efs = efsOperations(world)
  const state = () => efs.DescribeFileSystems({}, here).FileSystems[0]?.LifeCycleState
  expect(state()).toBe('creating')
  pass(15)
  expect(state()).toBe('available')
})
