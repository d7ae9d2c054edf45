import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {RDS} from '@aws-sdk/client-rds'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {headStartKinds} from '../../src/steps/teardown/head-start/kinds.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {runUntil} from './harness/killed.js'
import {losses, remains} from './harness/oracle.js'
import {stateOf} from './harness/states.js'

let account: DrillAccount
let before: Account

const {MCPGW_RUNS_DIR} = process.env
let runs: string

beforeEach(async () => {
  before = JSON.parse(await stateOf('empty'))
  account = await DrillAccount.serve(await stateOf('deployed'))
  // Forecasts learn from what earlier runs have measured: those of other drills had faults.
  runs = mkdtempSync(join(tmpdir(), 'mcpgw-runs-'))
  process.env.MCPGW_RUNS_DIR = runs
})
afterEach(async () => {
  process.env.MCPGW_RUNS_DIR = MCPGW_RUNS_DIR
  rmSync(runs, {recursive: true, force: true})
  await account.stop()
})

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
      const foreseen = (await runCommand(account, `${line} --dry-run`)).document.forecast.seconds
      const planned = await runCommand(account, `${line.replace('teardown', 'plan --teardown')}`)
      expect(Math.round(planned.document.expectedSeconds)).toBe(foreseen)
      const seconds = await tornDown(line)
      expect(Math.abs(seconds - foreseen) / foreseen, `${line}: ${seconds} s`).toBeLessThanOrEqual(0.1)
      took.push(seconds / plain)
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

describe('an environment that is protected against deletion', () => {
  it('is refused by name with nothing deleted, and goes with --lift-protection', async () => {
    const rds = new RDS(account.clientConfig)
    const elb = new ElasticLoadBalancingV2(account.clientConfig)
    const {DBClusters: [cluster] = []} = await rds.describeDBClusters()
    const DBClusterIdentifier = cluster?.DBClusterIdentifier
    await rds.modifyDBCluster({DBClusterIdentifier, DeletionProtection: true, ApplyImmediately: true})
    const {LoadBalancers: [balancer] = []} = await elb.describeLoadBalancers()
    await elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: balancer?.LoadBalancerArn,
      Attributes: [{Key: 'deletion_protection.enabled', Value: 'true'}],
    })
    const deployed = await account.state()
    const refused = await runCommand(account, 'mcpgw teardown')
    expect(refused).toMatchObject({exitCode: 3, error: {code: 'DELETION_PROTECTED'}})
    expect(refused.error?.message).toContain(`atabase cluster ${DBClusterIdentifier}`)
    expect(refused.error?.message).toContain(`load balancer ${balancer?.LoadBalancerName}`)
    expect(refused.error?.hint).toContain('aws rds modify-db-cluster --no-deletion-protection')
    expect(losses(await account.state(), deployed)).toEqual([])
    await new CloudFormation(account.clientConfig).updateTerminationProtection({
      StackName: stackName,
      EnableTerminationProtection: true,
    })
    const stack = await runCommand(account, 'mcpgw teardown')
    expect(stack).toMatchObject({exitCode: 3, error: {code: 'TERMINATION_PROTECTED'}})
    const dry = await runCommand(account, 'mcpgw teardown --dry-run --lift-protection')
    expect(dry.document.forecast.blocks.map(({kind, cleared}: any) => [kind, cleared])).toEqual([
      ['cloudformation:stack', true],
      ['rds:cluster', true],
      ['elasticloadbalancing:loadbalancer', true],
    ])
    expect(losses(await account.state(), deployed)).toEqual([])
    await tornDown('mcpgw teardown --lift-protection')
  })
})

describe('a head start that is interrupted', () => {
  it.each([
    [/DELETE_IN_PROGRESS/, ''],
    [/Head start: 1 database instance/, ''],
    [/Head start: 1 database cluster/, ''],
    [/Head start: 1 database proxy/, ' --head-start database-proxy'],
    [/Head start: 2 distributions/, ''],
    [/Head start: 8 services/, ''],
    [/Head start: 3 NAT gateways/, ''],
    [/Head start: \d+ VPC endpoints/, ' --head-start vpc-endpoints'],
  ])('at %s leaves nothing that a plain delete-stack does not finish%s', async (moment, flags) => {
    const {signal} = await runUntil(account, `mcpgw teardown${flags}`, moment, child => child.kill('SIGKILL'))
    expect(signal).toBe('SIGKILL')
    await deletePlainly()
    const left = remains(await account.state(), before)
    // The bucket with the templates is no stack's.
    expect(left.filter(one => !/ AWS::S3::Bucket|^bucket mcpgw-|^object mcpgw-/.test(one))).toEqual([])
    expect(losses(await account.state(), before)).toEqual([])
  })
})
