import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {ailments, existingStacks, losses} from './harness/oracle.js'
import {interrupted, type StartState, stateOf} from './harness/states.js'

let account: DrillAccount
let before: Account
let runs: string
let runsOfOthers: string | undefined

async function begin(start: StartState): Promise<void> {
  account = await DrillAccount.serve(await stateOf(start))
  before = JSON.parse(await stateOf('empty'))
}

beforeEach(() => {
  // All accounts of drills have the same number: each reset keeps its own file.
  runsOfOthers = process.env.MCPGW_RUNS_DIR
  runs = mkdtempSync(join(tmpdir(), 'mcpgw-reset-'))
  process.env.MCPGW_RUNS_DIR = runs
})
afterEach(async () => {
  if (runsOfOthers === undefined) delete process.env.MCPGW_RUNS_DIR
  else process.env.MCPGW_RUNS_DIR = runsOfOthers
  rmSync(runs, {recursive: true})
  await account.stop()
})

const kept = () => readdirSync(runs).filter(name => name.startsWith('reset-'))

/** Ids of the environment's stacks that exist. */
async function stackIds(): Promise<string[]> {
  const {regions} = await account.state()
  const others = before.regions['us-west-2']?.stacks ?? {}
  return Object.values(regions['us-west-2']?.stacks ?? {})
    .filter(({id, status}) => status !== 'DELETE_COMPLETE' && !Object.hasOwn(others, id))
    .map(({id}) => id)
}

/** It stands anew, healthy, with the parameter that the first run was given, and nothing is kept any more. */
async function expectReset(old: readonly string[]): Promise<void> {
  const after = await account.state()
  expect(ailments(after)).toEqual([])
  expect(losses(after, before)).toEqual([])
  expect((await stackIds()).filter(id => old.includes(id))).toEqual([])
  const {stacks = {}} = after.regions['us-west-2'] ?? {}
  const values = Object.values(stacks)
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .flatMap(({parameters}) => parameters.TargetCpuUtilization ?? [])
  expect([...new Set(values.map(value => JSON.stringify(value).match(/\d+/)?.[0]))]).toEqual(['60'])
  expect(kept()).toEqual([])
}

const given = '--set TargetCpuUtilization=60'

describe('a reset that is interrupted and run again, without what the first run was given', () => {
  it.each([
    ['deployed', 'in the teardown', /data: DELETE_IN_PROGRESS/, 'teardown'],
    ['deployed', 'between', /Check that nothing remains …/, 'teardown'],
    ['deployed', 'in the deployment', /compute: CREATE_IN_PROGRESS/, 'deploy'],
    ['deployed', 'when all stacks stand', /Create the login realm …/, 'deploy'],
    ['individual', 'in the teardown', /compute: DELETE_COMPLETE/, 'teardown'],
    ['individual', 'in the deployment', /services: CREATE_IN_PROGRESS/, 'deploy'],
  ] as const)('goes on where it stood: %s, %s', async (start, _, sign, phase) => {
    await begin(start)
    const old = await stackIds()
    await interrupted(account, `mcpgw reset ${given} --text`, sign)
    expect(kept()).toHaveLength(1)
    const there = await stackIds()
    const again = await runCommand(account, 'mcpgw reset')
    expect(again.exitCode, again.stdout + again.stderr).toBe(0)
    const {teardown, deploy} = again.document
    if (phase === 'deploy') {
      expect(teardown).toBeNull()
      // What the first run had made is there still.
      expect(there.filter(id => !old.includes(id))).not.toEqual([])
      const now = await stackIds()
      expect(there.filter(id => !now.includes(id))).toEqual([])
    } else expect(teardown.proof.certified).toBe(true)
    expect(deploy.layout).toBe(start === 'individual' ? 'individual' : 'nested')
    await expectReset(old)
  })

  it('starts over when that is asked', async () => {
    await begin('deployed')
    const old = await stackIds()
    await interrupted(account, `mcpgw reset ${given} --text`, /Create the login realm …/)
    const there = await stackIds()
    const again = await runCommand(account, 'mcpgw reset --replace')
    expect(again.exitCode, again.stdout + again.stderr).toBe(0)
    expect(again.document.teardown.removed).toHaveLength(5)
    await expectReset([...old, ...there])
  })

  it('goes on after a deployment that failed, and after one that somebody finished by hand begins anew', async () => {
    await begin('deployed')
    await account.setFaults(['fail-create AuthCpuHighAlarm once'])
    const failed = await runCommand(account, `mcpgw reset ${given}`)
    expect(failed, failed.stdout).toMatchObject({exitCode: 1, error: {code: 'STACK_FAILED'}})
    expect(failed.error?.hint).toContain('mcpgw reset')
    await account.clearFaults()
    const again = await runCommand(account, 'mcpgw deploy --set TargetCpuUtilization=60')
    expect(again.exitCode, again.stdout).toBe(0)
    const old = await stackIds()
    await expectReset([])
    const anew = await runCommand(account, 'mcpgw reset')
    expect(anew.document?.teardown?.removed, anew.stdout).toHaveLength(5)
    await expectReset(old)
  })
})

it('a reset in express mode deletes and creates so in the individual layout', async () => {
  await begin('individual')
  const old = await stackIds()
  const done = await runCommand(account, `mcpgw reset --express ${given}`)
  expect(done.exitCode, done.stdout + done.stderr).toBe(0)
  const {stacks = {}} = (await account.state()).regions['us-west-2'] ?? {}
  const express = Object.values(stacks).filter(({deploymentConfig}) => deploymentConfig?.mode === 'EXPRESS')
  const places = express.map(({name, status}) => `${name.replace('mcp-gateway-', '')} ${status}`)
  expect(places.sort()).toEqual([
    ...['compute CREATE_COMPLETE', 'compute DELETE_COMPLETE', 'data CREATE_COMPLETE', 'data DELETE_COMPLETE'],
    ...['network CREATE_COMPLETE', 'network DELETE_COMPLETE', 'services DELETE_COMPLETE'],
  ])
  await expectReset(old)
})

describe('a reset of an account that is not clean', () => {
  it('deploys nothing while something remains of the environment that is not its own to delete', async () => {
    await begin('deployed')
    const secrets = new SecretsManager(account.clientConfig)
    const Tags = [{Key: 'mcpgw:environment', Value: 'mcp-gateway'}]
    const {ARN = ''} = await secrets.createSecret({Name: 'notes', SecretString: 'x', Tags})
    const refused = await runCommand(account, `mcpgw reset ${given}`)
    expect(refused.exitCode, refused.stdout).toBe(1)
    expect(refused.document).toMatchObject({
      deploy: null,
      teardown: {
        proof: {certified: false},
        remaining: [expect.objectContaining({kind: 'secretsmanager:secret'})],
      },
      next: expect.stringContaining('--allow-remaining'),
    })
    expect(existingStacks(await account.state())).toEqual({})
    expect(kept()).toHaveLength(1)
    const allowed = await runCommand(account, 'mcpgw reset --allow-remaining')
    expect(allowed.exitCode, allowed.stdout + allowed.stderr).toBe(0)
    expect(allowed.document.teardown.proof.certified).toBe(false)
    await expectReset([])
    expect((await secrets.describeSecret({SecretId: ARN})).DeletedDate).toBeUndefined()
  })

  it('writes a certificate before it deploys, and what preflight finds then is a failure', async () => {
    await begin('deployed')
    const certificate = join(runs, 'clean.json')
    await account.setFaults(['deny ec2:DescribeNatGateways'])
    const refused = await runCommand(account, `mcpgw reset --certificate ${certificate}`)
    expect(refused.exitCode, refused.stdout).toBe(1)
    expect(existsSync(certificate)).toBe(false)
    await account.clearFaults()
    const done = await runCommand(account, `mcpgw reset ${given} --certificate ${certificate}`)
    expect(done.exitCode, done.stdout + done.stderr).toBe(0)
    expect(JSON.parse(readFileSync(certificate, 'utf8')).proof.certified).toBe(true)
    await expectReset([])
  })

  it('changes nothing with --dry-run, and says what it would keep', async () => {
    await begin('deployed')
    const there = await account.text()
    const told = await runCommand(account, `mcpgw reset --dry-run ${given}`)
    expect(told.exitCode, told.stdout).toBe(0)
    expect(told.document).toMatchObject({
      kept: {layout: 'nested', parameters: {TargetCpuUtilization: '60'}, file: null},
      teardown: {forecast: {stacks: expect.any(Array)}},
      deploy: null,
    })
    expect(told.document.deploySeconds).toBeGreaterThan(600)
    expect(kept()).toEqual([])
    const names = (text: string) => Object.keys(JSON.parse(text).regions['us-west-2'].resources)
    expect(names(await account.text())).toEqual(names(there))
  })
})

describe('an environment that is protected against deletion', () => {
  it('is refused by name before anything is deleted, and reset with --lift-protection', async () => {
    await begin('deployed')
    const old = await stackIds()
    const {regions} = await account.state()
    const root = Object.values(regions['us-west-2']?.stacks ?? {}).find(({id}) => old.includes(id))
    const cloudFormation = new CloudFormation(account.clientConfig)
    const StackName = root?.name
    await cloudFormation.updateTerminationProtection({StackName, EnableTerminationProtection: true})
    const deployed = await account.state()
    const refused = await runCommand(account, `mcpgw reset --yes ${given}`)
    expect(refused).toMatchObject({exitCode: 3, error: {code: 'TERMINATION_PROTECTED'}})
    expect(losses(await account.state(), deployed)).toEqual([])
    const reset = await runCommand(account, `mcpgw reset --yes --lift-protection ${given}`)
    expect(reset.exitCode, reset.stdout).toBe(0)
    await expectReset(old)
  })
})
