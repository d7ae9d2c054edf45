import {describe, expect, test} from 'vitest'
import {engineWorld, logGroup} from './engine-world.js'

const cluster = (more: object = {}) => ({
  Type: 'AWS::RDS::DBCluster',
  Properties: {Engine: 'aurora-mysql', MasterUsername: 'admin', MasterUserPassword: 'long-enough'},
  ...more,
})
const instance = (properties: object, more: object = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: {DBInstanceClass: 'db.t4g.medium', Engine: 'aurora-mysql', ...properties},
  ...more,
})
const volume = (size: number, more: object = {}) => ({
  Type: 'AWS::EC2::Volume',
  Properties: {AvailabilityZone: 'us-west-2a', Size: size},
  ...more,
})

function left({region}: ReturnType<typeof engineWorld>) {
  return Object.values(region.resources).map(({type, properties}) => ({type, properties}))
}

describe('a stack that is deleted', () => {
  test('leaves a snapshot of a cluster and of an instance of its own unless its template says otherwise', () => {
    const account = engineWorld()
    const {create, pass, remove, find} = account
    const stack = create('demo', {
      Resources: {
        Cluster: cluster(),
        Member: instance({DBClusterIdentifier: {Ref: 'Cluster'}}),
        Alone: instance({DBInstanceIdentifier: 'alone'}),
        Volume: volume(1),
        Gone: cluster({DeletionPolicy: 'Delete'}),
      },
    })
    pass(1200)
    const id = find('demo').resources.Cluster?.physicalId
    remove('demo')
    pass(2400)
    expect(find(stack.id).status).toBe('DELETE_COMPLETE')
    expect(left(account)).toEqual([
      {type: 'AWS::RDS::DBSnapshot', properties: {DBInstanceIdentifier: 'alone'}},
      {type: 'AWS::RDS::DBClusterSnapshot', properties: {DBClusterIdentifier: id}},
    ])
  })

  test('leaves a snapshot of a volume in EC2', () => {
    const account = engineWorld()
    const {create, pass, remove, find} = account
    create('demo', {Resources: {Volume: volume(1, {DeletionPolicy: 'Snapshot'})}})
    pass(120)
    const id = find('demo').resources.Volume?.physicalId
    remove('demo')
    pass(600)
    expect(left(account)).toEqual([{type: 'AWS::EC2::Snapshot', properties: {VolumeId: id}}])
    expect(Object.values(account.region.resources)[0]?.physicalId).toMatch(/^snap-[0-9a-f]{17}$/)
  })
})

describe('an update', () => {
  test('takes no snapshot of what it replaces unless its template says so', () => {
    const account = engineWorld()
    const {create, update, pass} = account
    const named = (name: string, more: object = {}) =>
      cluster({Properties: {...cluster().Properties, DBClusterIdentifier: name}, ...more})
    create('demo', {Resources: {Cluster: named('one')}})
    pass(1200)
    update('demo', {Resources: {Cluster: named('two')}})
    pass(2400)
    expect(left(account).map(({type}) => type)).toEqual(['AWS::RDS::DBCluster'])
    update('demo', {Resources: {Cluster: named('three', {UpdateReplacePolicy: 'Snapshot'})}})
    pass(2400)
    expect(
      left(account)
        .map(({type}) => type)
        .sort(),
    ).toEqual(['AWS::RDS::DBCluster', 'AWS::RDS::DBClusterSnapshot'])
  })

  test('deletes what it replaces where no snapshot can be taken, although its template asks for one', () => {
    const account = engineWorld()
    const {create, update, pass, find} = account
    create('demo', {Resources: {A: logGroup('a', {UpdateReplacePolicy: 'Snapshot'})}})
    pass(60)
    update('demo', {Resources: {A: logGroup('b', {UpdateReplacePolicy: 'Snapshot'})}})
    pass(60)
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
    expect(Object.keys(account.region.resources)).toEqual(['AWS::Logs::LogGroup/b'])
  })

  test('plans the snapshots that it will take', () => {
    const {create, changeSet, pass} = engineWorld()
    create('demo', {Resources: {A: logGroup('a'), Cluster: cluster()}})
    pass(1200)
    const plan = changeSet('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    expect(plan.changes).toMatchObject([{action: 'Remove', logicalId: 'Cluster', policyAction: 'Snapshot'}])
  })
})

test('a snapshot of what has none is refused with the template', () => {
  const {create} = engineWorld()
  expect(() => create('demo', {Resources: {A: logGroup('a', {DeletionPolicy: 'Snapshot'})}})).toThrow(
    'Template error: resource type AWS::Logs::LogGroup does not support deletion policy Snapshot',
  )
})
