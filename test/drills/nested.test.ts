import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {followAdvice} from './harness/follow.js'
import {advised} from './harness/next-step.js'
import {ailments, losses, remains} from './harness/oracle.js'
import {stateOf} from './harness/states.js'

/** Whatever CloudFormation does here alone is over by then. */
const longEnoughSeconds = 7200

type LogicalId = 'NetworkStack' | 'DataStack' | 'ComputeStack' | 'ServicesStack'

let account: DrillAccount
let before: Account
let cloudFormation: CloudFormation

beforeEach(async () => {
  before = JSON.parse(await stateOf('empty'))
  account = await DrillAccount.serve(await stateOf('deployed'))
  cloudFormation = new CloudFormation(account.clientConfig)
})

afterEach(async () => {
  cloudFormation.destroy()
  await account.stop()
})

async function idOf(logicalId: LogicalId): Promise<string> {
  const {StackResourceDetail} = await cloudFormation.describeStackResource({
    StackName: 'mcp-gateway',
    LogicalResourceId: logicalId,
  })
  return StackResourceDetail?.PhysicalResourceId ?? ''
}

/** Somebody begins to delete a nested stack by itself, in the console. */
async function beginDeletion(logicalId: LogicalId): Promise<void> {
  await cloudFormation.deleteStack({StackName: await idOf(logicalId)})
}

async function deleteByHand(...logicalIds: LogicalId[]): Promise<void> {
  for (const logicalId of logicalIds) {
    await beginDeletion(logicalId)
    await account.pass(longEnoughSeconds)
  }
}

/** Somebody begins to update a nested stack by itself. */
async function beginUpdate(logicalId: LogicalId, changed: Record<string, string>): Promise<void> {
  const StackName = await idOf(logicalId)
  const {Stacks} = await cloudFormation.describeStacks({StackName})
  const keys = (Stacks?.[0]?.Parameters ?? []).map(({ParameterKey = ''}) => ParameterKey)
  await cloudFormation.updateStack({
    StackName,
    UsePreviousTemplate: true,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Parameters: keys.map(key =>
      key in changed
        ? {ParameterKey: key, ParameterValue: changed[key]}
        : {ParameterKey: key, UsePreviousValue: true},
    ),
  })
}

const isHealthy = async () => expect(ailments(await account.state())).toEqual([])
const nothingOfOthersIsLost = async () => expect(losses(await account.state(), before)).toEqual([])

describe('a nested stack is deleted by somebody, the root is not', () => {
  test('verify, credentials and diagnose say so from the first moment, and watch sees its end', async () => {
    await beginDeletion('ServicesStack')
    for (const command of ['verify', 'credentials', 'realm']) {
      const {exitCode, error} = await runCommand(account, `mcpgw ${command}`)
      expect({command, exitCode, code: error?.code}).toEqual({command, exitCode: 1, code: 'ENVIRONMENT_BUSY'})
      expect(error?.message).toMatch(/mcp-gateway-ServicesStack-\w+ is in DELETE_IN_PROGRESS/)
    }
    const diagnosed = await runCommand(account, 'mcpgw diagnose')
    expect(diagnosed.document).toMatchObject({state: 'running'})
    const cancelled = await runCommand(account, 'mcpgw cancel')
    expect(cancelled).toMatchObject({exitCode: 3, error: {code: 'CANNOT_BE_CANCELLED'}})
    expect(cancelled.document.layout).toBe('nested')
    const watched = await runCommand(account, 'mcpgw watch')
    expect(watched).toMatchObject({exitCode: 0, document: {operation: 'delete'}})
    expect(watched.document.stacks).toMatchObject([
      {logicalId: expect.any(String), status: 'DELETE_COMPLETE'},
    ])
    const {exitCode, error} = await runCommand(account, 'mcpgw verify')
    expect({exitCode, code: error?.code}).toEqual({exitCode: 1, code: 'ENVIRONMENT_FAILED'})
    expect(error?.message).toMatch(/mcp-gateway-ServicesStack-\w+ was deleted directly/)
    expect(advised(watched)[0]).toBe('mcpgw deploy --rehearse')
    await followAdvice(account, watched, {goal: 'healthy', before})
    await nothingOfOthersIsLost()
  })

  test('deploy follows the deletion, makes the services anew, and leaves what is beside them', async () => {
    const [network, data, compute] = await Promise.all(
      (['NetworkStack', 'DataStack', 'ComputeStack'] as const).map(idOf),
    )
    await beginDeletion('ServicesStack')
    const deployed = await runCommand(account, 'mcpgw deploy')
    expect(deployed.exitCode, deployed.stdout).toBe(0)
    expect(deployed.document.verification.healthy).toBe(true)
    await isHealthy()
    expect(await Promise.all((['NetworkStack', 'DataStack', 'ComputeStack'] as const).map(idOf))).toEqual([
      network,
      data,
      compute,
    ])
    expect((await runCommand(account, 'mcpgw verify')).exitCode).toBe(0)
    await nothingOfOthersIsLost()
  })

  test('compute, too: the images are built anew', async () => {
    await deleteByHand('ServicesStack', 'ComputeStack')
    const deployed = await runCommand(account, 'mcpgw deploy')
    expect(deployed.exitCode, deployed.stdout).toBe(0)
    await isHealthy()
  })

  test('the data, too: nothing is made anew in silence, and what starting over takes is said', async () => {
    await deleteByHand('ServicesStack', 'DataStack')
    const refused = await runCommand(account, 'mcpgw deploy')
    expect(refused).toMatchObject({exitCode: 3, error: {code: 'STACK_NEEDS_ATTENTION'}})
    expect(refused.error?.hint).toMatch(
      /the database with its users and their passwords.* are created again, empty/,
    )
    expect(await followAdvice(account, refused, {goal: 'healthy', before})).toEqual([
      'mcpgw deploy --rehearse --replace',
    ])
    await nothingOfOthersIsLost()
  })

  test('and cannot be: what is left of it is removed first', async () => {
    await account.setFaults(['fail-delete AWS::CloudWatch::Alarm message="Try later."'])
    await deleteByHand('ServicesStack')
    await account.clearFaults()
    const verified = await runCommand(account, 'mcpgw verify')
    expect(verified.error).toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      message: expect.stringMatching(/DELETE_FAILED/),
    })
    const diagnosed = await runCommand(account, 'mcpgw diagnose')
    expect(diagnosed.document).toMatchObject({state: 'failed', diagnosis: {reason: 'Try later.'}})
    const deployed = await runCommand(account, 'mcpgw deploy')
    expect(deployed.exitCode, deployed.stdout).toBe(0)
    await isHealthy()
  })

  test('which exports in use forbid: it is busy for a while, and well again', async () => {
    for (const logicalId of ['NetworkStack', 'DataStack', 'ComputeStack'] as const) {
      await beginDeletion(logicalId)
      expect((await runCommand(account, 'mcpgw verify')).error?.code).toBe('ENVIRONMENT_BUSY')
      await account.pass(longEnoughSeconds)
      expect((await runCommand(account, 'mcpgw verify')).exitCode).toBe(0)
    }
  })

  test('teardown leaves nothing, during the deletion and after it', async () => {
    await beginDeletion('ServicesStack')
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(remains(await account.state(), before)).toEqual([])
  })
})

describe('a nested stack is updated by somebody, the root is not', () => {
  test('verify does not say healthy, cancel says why not, and deploy continues after it', async () => {
    await beginUpdate('ServicesStack', {TargetCpuUtilization: '60'})
    expect((await runCommand(account, 'mcpgw verify')).error?.code).toBe('ENVIRONMENT_BUSY')
    expect((await runCommand(account, 'mcpgw cancel')).error?.code).toBe('CANNOT_BE_CANCELLED')
    const deployed = await runCommand(account, 'mcpgw deploy')
    expect(deployed.exitCode, deployed.stdout).toBe(0)
    await isHealthy()
  })

  test('teardown waits for its end, with a note', async () => {
    await beginUpdate('ServicesStack', {TargetCpuUtilization: '60'})
    const torn = await runCommand(account, 'mcpgw teardown --text')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(torn.stdout + torn.stderr).toMatch(
      /mcp-gateway-ServicesStack-\w+ is in UPDATE_\w*IN_PROGRESS, and cannot be deleted before that has ended/,
    )
    expect(remains(await account.state(), before)).toEqual([])
  })

  test('and gets stuck in its rollback: the services are made anew', async () => {
    await account.setFaults(['fail-update AWS::ApplicationAutoScaling::ScalingPolicy message="Try later."'])
    await beginUpdate('ServicesStack', {TargetCpuUtilization: '60'})
    await account.pass(longEnoughSeconds)
    await account.clearFaults()
    const verified = await runCommand(account, 'mcpgw verify')
    expect(verified.error?.message).toMatch(/ServicesStack-\w+ is in UPDATE_ROLLBACK_FAILED/)
    await followAdvice(account, verified, {goal: 'healthy', before})
  })
})

test('a rollback is stuck at the services, and somebody deletes them: it is continued past them', async () => {
  await account.setFaults(['fail-update AWS::ApplicationAutoScaling::ScalingPolicy message="Try later."'])
  const failed = await runCommand(account, 'mcpgw deploy --set TargetCpuUtilization=60')
  expect(failed.error?.code, failed.stdout).toBe('STACK_FAILED')
  await account.clearFaults()
  await deleteByHand('ServicesStack')
  const {Stacks} = await cloudFormation.describeStacks({StackName: 'mcp-gateway'})
  expect(Stacks?.[0]?.StackStatus).toBe('UPDATE_ROLLBACK_FAILED')
  const deployed = await runCommand(account, 'mcpgw deploy')
  expect(deployed.exitCode, deployed.stdout).toBe(0)
  await isHealthy()
})
