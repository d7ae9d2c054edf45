import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {RDS} from '@aws-sdk/client-rds'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {headStartKinds} from '../../src/steps/teardown/head-start/kinds.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {runUntil} from './harness/killed.js'
import {belongings} from './harness/neighbours.js'
import {losses, remains} from './harness/oracle.js'
import {stateOf} from './harness/states.js'

let account: DrillAccount
let before: Account

beforeEach(async () => {
  before = JSON.parse(await stateOf('empty'))
  account = await DrillAccount.serve(await stateOf('deployed'))
})
afterEach(() => account.stop())

const stackName = 'mcp-gateway'

/** How long it took, when nothing is left of the environment and everything of everybody else's. */
async function tornDown(line: string): Promise<number> {
  const torn = await runCommand(account, line)
  expect(torn.exitCode, torn.stdout + torn.stderr).toBe(0)
  await expectClean()
  return torn.document.durationSeconds
}

async function expectClean(): Promise<void> {
  const after = await account.state()
  expect(remains(after, before)).toEqual([])
  expect(losses(after, before)).toEqual([])
}

/** What the AWS CLI does: the root is deleted, and once more when that failed. @returns seconds of the account's time */
async function deletePlainly(): Promise<number> {
  const cloudFormation = new CloudFormation(account.clientConfig)
  const {Stacks: [{StackId} = {}] = []} = await cloudFormation.describeStacks({StackName: stackName})
  const from = await account.now()
  for (let asked = 0; asked < 2; asked += 1) {
    await cloudFormation.deleteStack({StackName: StackId})
    for (let step = 0; step < 900; step += 1) {
      const {Stacks: [stack] = []} = await cloudFormation.describeStacks({StackName: StackId})
      if (stack?.StackStatus === 'DELETE_COMPLETE') return ((await account.now()) - from) / 1000
      if (stack?.StackStatus === 'DELETE_FAILED') break
      await account.pass(5)
    }
  }
  throw new Error('twice asked, and not deleted')
}

describe('a teardown with head starts', () => {
  it('takes at most 80 % of what CloudFormation takes alone, in express mode at most 75 %', async () => {
    const plain = await deletePlainly()
    const took = []
    for (const line of ['mcpgw teardown', 'mcpgw teardown --express']) {
      await account.stop()
      account = await DrillAccount.serve(await stateOf('deployed'))
      took.push((await tornDown(line)) / plain)
    }
    expect(took[0]).toBeLessThanOrEqual(0.8)
    expect(took[1]).toBeLessThanOrEqual(0.75)
  })

  it('ends clean with each of them alone', async () => {
    for (const {name} of headStartKinds) {
      await account.stop()
      account = await DrillAccount.serve(await stateOf('deployed'))
      await tornDown(`mcpgw teardown --head-start ${name}`)
    }
  })

  it('ends clean in express mode without any', () => tornDown('mcpgw teardown --express --head-start none'))
})

describe('a database that is protected against deletion', () => {
  it.each(['', ' --express'])('is not touched by a head start (mcpgw teardown%s)', async flag => {
    const rds = new RDS(account.clientConfig)
    const {DBClusters: [cluster] = []} = await rds.describeDBClusters()
    await rds.modifyDBCluster({
      DBClusterIdentifier: cluster?.DBClusterIdentifier,
      DeletionProtection: true,
      ApplyImmediately: true,
    })
    const torn = await runCommand(account, `mcpgw teardown${flag} --text`)
    expect(torn.exitCode).toBe(1)
    expect(torn.stderr).toContain('No head start of the database: it is protected against deletion')
    expect(torn.stderr).not.toMatch(/Head start: \d database/)
    const {DBClusters: [left] = []} = await rds.describeDBClusters()
    expect(left).toMatchObject({DBClusterIdentifier: cluster?.DBClusterIdentifier, Status: 'available'})
  })
})

describe('a second environment beside it', () => {
  it('is as it was, to the last property, after the teardown of the first', async () => {
    await account.stop()
    account = await DrillAccount.serve(await stateOf('empty'))
    await account.setFaults(['quota L-0263D0A3 value=20'])
    const second = await runCommand(account, 'mcpgw deploy --environment mcp-gateway-7')
    expect(second.exitCode, second.stdout).toBe(0)
    const alone = await account.state()
    expect((await runCommand(account, 'mcpgw deploy')).exitCode).toBe(0)
    expect((await runCommand(account, 'mcpgw teardown')).exitCode).toBe(0)
    const after = await account.state()
    const lost = [...belongings(alone)].filter(one => !belongings(after).has(one))
    expect(lost).toEqual([])
    for (const {name, resources} of Object.values(alone.regions))
      for (const [key, {type, properties, tags}] of Object.entries(resources).filter(
        ([, each]) => !each.type.startsWith('mcpgw::'),
      ))
        expect(after.regions[name]?.resources[key], key).toMatchObject({type, properties, tags})
  })
})

describe('a head start that is interrupted', () => {
  it.each([
    /DELETE_IN_PROGRESS/,
    /Head start: 1 database instance/,
    /Head start: 1 database cluster/,
    /Head start: 2 distributions/,
    /Head start: 8 services/,
    /Head start: 3 NAT gateways/,
  ])('at %s leaves nothing that a plain delete-stack does not finish', async moment => {
    await runUntil(account, 'mcpgw teardown --text', moment, child => child.kill('SIGKILL'))
    await deletePlainly()
    const left = remains(await account.state(), before)
    // The bucket with the templates is no stack's.
    expect(left.filter(one => !/ AWS::S3::Bucket|^bucket mcpgw-|^object mcpgw-/.test(one))).toEqual([])
    expect(losses(await account.state(), before)).toEqual([])
  })
})
