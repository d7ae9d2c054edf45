import {describe, expect, it} from 'vitest'
import {rdsOperations} from '../../../src/rehearsal/services/rds/operations.js'
import {callIn} from '../helpers/call.js'
import {engineWorld} from './engine-world.js'

const database = {
  Resources: {
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      DeletionPolicy: 'Delete',
      Properties: {
        DBClusterIdentifier: 'demo',
        Engine: 'aurora-mysql',
        MasterUsername: 'admin',
        MasterUserPassword: 'secret-enough',
      },
    },
    Writer: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        DBInstanceIdentifier: 'demo-writer',
        DBClusterIdentifier: {Ref: 'Cluster'},
        DBInstanceClass: 'db.serverless',
        Engine: 'aurora-mysql',
      },
    },
  },
}

function withDatabase(seed = 1) {
  const engine = engineWorld(seed)
  engine.create('demo', database)
  engine.pass(900)
  const rds = rdsOperations(engine.world)
  const call = callIn('us-west-2')
  return {
    ...engine,
    deleteInstance: () => rds.DeleteDBInstance({DBInstanceIdentifier: 'demo-writer'}, call),
    deleteCluster: () =>
      rds.DeleteDBCluster({DBClusterIdentifier: 'demo', SkipFinalSnapshot: true}, call).DBCluster.Status,
    status: () => rds.DescribeDBInstances({}, call).DBInstances.map(each => each.DBInstanceStatus),
    clusters: () => rds.DescribeDBClusters({}, call).DBClusters.map(each => each.Status),
    /** Seconds from now until the stack rests. */
    secondsToRest() {
      const from = engine.world.now
      for (let step = 0; step < 2000 && engine.find('demo').operation; step += 1) engine.pass(1)
      return (engine.world.now - from) / 1000
    },
  }
}

describe('a deletion that a service was asked for before its stack', () => {
  it('shows as deleting for as long as a deletion takes, then is gone', () => {
    const {deleteInstance, status, pass} = withDatabase()
    expect(deleteInstance().DBInstance.DBInstanceStatus).toBe('deleting')
    pass(300)
    expect(status()).toEqual(['deleting'])
    pass(300)
    expect(status()).toEqual([])
  })

  it('is refused a second time in the words that the handler of CloudFormation knows', () => {
    const {deleteInstance} = withDatabase()
    deleteInstance()
    expect(deleteInstance).toThrow(/is already being deleted/)
  })

  it('lets a cluster go when its instances are going, and not before', () => {
    const {deleteCluster, deleteInstance, clusters, pass} = withDatabase()
    expect(deleteCluster).toThrow(/still contains DB instances in non-deleting state/)
    deleteInstance()
    expect(deleteCluster()).toBe('deleting')
    pass(350)
    expect(clusters()).toEqual(['deleting'])
    pass(200)
    expect(clusters()).toEqual([])
  })

  it('is waited for by the stack, which then finds the instance gone', () => {
    const {deleteInstance, remove, find, pass, secondsToRest} = withDatabase()
    deleteInstance()
    pass(200)
    remove('demo')
    const took = secondsToRest()
    expect(find('demo').status).toBe('DELETE_COMPLETE')
    expect(took).toBeLessThan(430)
  })

  it('is found gone by the stack in a second', () => {
    const {deleteCluster, deleteInstance, remove, find, pass, secondsToRest} = withDatabase()
    deleteInstance()
    deleteCluster()
    pass(600)
    remove('demo')
    expect(secondsToRest()).toBeLessThan(15)
    expect(find('demo').status).toBe('DELETE_COMPLETE')
  })

  it('fails the row of a cluster that is still going, and the next deletion finishes', () => {
    const {world, region, remove, find, secondsToRest, events} = withDatabase()
    const cluster = world.resource(region, 'AWS::RDS::DBCluster', 'demo')
    if (!cluster) throw new Error('no cluster')
    remove('demo')
    // As if it took longer than its instance, which nothing rules out.
    cluster.data.going = {since: world.now, until: world.now + 3_600_000}
    secondsToRest()
    expect(find('demo').status).toBe('DELETE_FAILED')
    expect(events(find('demo')).find(event => event.startsWith('Cluster DELETE_FAILED'))).toMatch(
      /not currently in the available state.*HandlerErrorCode: ResourceConflict/,
    )
    world.remove(region, cluster)
    remove('demo')
    secondsToRest()
    expect(find('demo').status).toBe('DELETE_COMPLETE')
  })
})

describe('the automated backups of a cluster', () => {
  function deleted(DeleteAutomatedBackups?: boolean) {
    const account = withDatabase()
    const rds = rdsOperations(account.world)
    const call = callIn('us-west-2')
    const input = {DBClusterIdentifier: 'demo', SkipFinalSnapshot: true, DeleteAutomatedBackups}
    const backups = () =>
      rds.DescribeDBClusterAutomatedBackups({}, call).DBClusterAutomatedBackups.map(each => each.Status)
    const [active] = rds.DescribeDBClusterAutomatedBackups({}, call).DBClusterAutomatedBackups
    const drop = () =>
      rds.DeleteDBClusterAutomatedBackup({DbClusterResourceId: active?.DbClusterResourceId}, call)
    expect(backups()).toEqual(['active'])
    expect(drop).toThrow(/its cluster still exists/)
    account.deleteInstance()
    rds.DeleteDBCluster(input, call)
    account.pass(900)
    return {backups, drop}
  }

  it('go with it, unless they are to stay', () => {
    expect(deleted().backups()).toEqual([])
    const {backups, drop} = deleted(false)
    expect(backups()).toEqual(['retained'])
    drop()
    expect(backups()).toEqual([])
    expect(drop).toThrow(/No automated backup/)
  })
})
