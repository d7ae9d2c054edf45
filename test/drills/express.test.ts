import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {type Ended, runCommand} from './harness/command.js'
import {ailments, losses, remains} from './harness/oracle.js'
import {interrupted, stateOf} from './harness/states.js'

let account: DrillAccount
let before: Account

beforeEach(async () => {
  account = await DrillAccount.serve(await stateOf('empty'))
  before = JSON.parse(await stateOf('empty'))
})
afterEach(() => account.stop())

const deploy = 'mcpgw deploy --layout individual --express'

async function expectHealthy(ended: Ended): Promise<void> {
  expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0)
  const after = await account.state()
  expect(ailments(after)).toEqual([])
  expect(losses(after, before)).toEqual([])
}

/** The modes of the last operations, by the end of the stacks' names. */
async function modes(): Promise<Record<string, string>> {
  const cloudFormation = new CloudFormation(account.clientConfig)
  const {Stacks = []} = await cloudFormation.describeStacks({})
  const own = Stacks.filter(({StackName = ''}) =>
    /^mcp-gateway-(network|data|compute|services)$/.test(StackName),
  )
  return Object.fromEntries(
    own.map(({StackName = '', DeploymentConfig}) => [
      StackName.replace('mcp-gateway-', ''),
      DeploymentConfig?.Mode ?? 'STANDARD',
    ]),
  )
}

describe('a deployment in express mode', () => {
  it('creates all but the services in it, and these when all the rest is ready', async () => {
    // Longer than the image build, for which CloudFormation waits in any case.
    await account.setFaults(['slow DatabaseWriter factor=3'])
    const done = await runCommand(account, deploy)
    await account.clearFaults()
    await expectHealthy(done)
    const mode = await modes()
    expect(mode).toEqual({network: 'EXPRESS', data: 'EXPRESS', compute: 'EXPRESS', services: 'STANDARD'})
    const {regions} = await account.state()
    const {resources = {}, stacks = {}} = regions['us-west-2'] ?? {}
    const services = Object.values(stacks).find(({name}) => name === 'mcp-gateway-services')
    const readyAt = Object.values(resources).flatMap(({data, type}) =>
      type.startsWith('AWS::RDS::') ? [Number(data.settling ?? 0)] : [],
    )
    expect(Math.max(...readyAt)).toBeGreaterThan(0)
    expect(services?.createdAt).toBeGreaterThan(Math.max(...readyAt))
    // Whoever deploys again finds it ready, and changes nothing.
    expect((await runCommand(account, deploy)).document).toMatchObject({operation: 'none'})
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn, torn.stdout).toMatchObject({exitCode: 0, document: {proof: {certified: true}}})
    expect(remains(await account.state(), before)).toEqual([])
  })

  it.each([
    ['DatabaseWriter', 'rollback'],
    ['DatabaseWriter', 'keep'],
    ['NatGateway2', 'keep'],
    ['MainDistribution', 'keep'],
  ])(
    'that fails at %s (--on-failure %s) is finished by what it says to run next',
    async (resource, onFailure) => {
      await account.setFaults([`fail-create ${resource} once`])
      const failed = await runCommand(account, `${deploy} --on-failure ${onFailure}`)
      expect(failed, failed.stdout).toMatchObject({exitCode: 1, error: {code: 'STACK_FAILED'}})
      expect(failed.stdout).not.toContain('rollback-stack')
      await account.clearFaults()
      const [, next = ''] = /`(mcpgw deploy [^`]*)`/.exec(failed.error?.hint ?? '') ?? []
      expect(next).toContain('--express')
      await expectHealthy(await runCommand(account, next.replace(' --rehearse', '')))
    },
  )

  it('that failed and is kept is torn down by a plain teardown, which asks in express mode', async () => {
    await account.setFaults(['fail-create DatabaseWriter once'])
    expect((await runCommand(account, `${deploy} --on-failure keep`)).exitCode).toBe(1)
    await account.clearFaults()
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn, torn.stdout).toMatchObject({exitCode: 0, document: {proof: {certified: true}}})
    expect(remains(await account.state(), before)).toEqual([])
  })

  it('that is interrupted while something is not ready waits for it in the next run', async () => {
    await interrupted(account, `${deploy} --text`, /Not ready yet in data/)
    const again = await runCommand(account, deploy)
    await expectHealthy(again)
    expect(again.stderr).toContain('Not ready yet in data')
  })

  it('is refused for nested stacks, which it would reach all', async () => {
    const refused = await runCommand(account, 'mcpgw deploy --express')
    expect(refused, refused.stdout).toMatchObject({exitCode: 2, error: {code: 'INVALID_EXPRESS'}})
  })
})
