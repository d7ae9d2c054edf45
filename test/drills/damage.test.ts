import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {describe, expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runAwsCommand} from './harness/aws-command.js'
import {type Ended, runCommand} from './harness/command.js'
import {followAdvice} from './harness/follow.js'
import {commandOf} from './harness/next-step.js'
import {losses} from './harness/oracle.js'
import {stateOf} from './harness/states.js'
import {type Damage, damages, damagesOfDomain} from './table/damage.js'

const verify = 'mcpgw verify'
/** Following one command after the other comes to an end. */
const mostCommands = 4

/** What is behind nested stacks comes back in the same way; these go all of the ways that there are. */
const nestedToo = [
  'log group deleted',
  'role deleted',
  'access point deleted',
  'secret deleted without recovery',
]

describe('what somebody damages by hand', () => {
  const layouts = [
    {layout: 'individual', state: 'individual', all: damages},
    {layout: 'individual', state: 'domain', all: damagesOfDomain},
    {layout: 'nested', state: 'deployed', all: damages.filter(({name}) => nestedToo.includes(name))},
  ] as const
  const resources = layouts.flatMap(({layout, state, all}) =>
    all.map(damage => ({layout, state, damage, name: damage.name})),
  )
  test.each(resources)('$name ($layout)', async ({damage, layout, state}) => {
    const account = await DrillAccount.serve(await stateOf(state))
    try {
      const before = await account.state()
      await damage.do({account, id: logicalId => physicalId(before, logicalId)})
      const found = await runCommand(account, verify)
      expect(found.exitCode, found.stdout).toBe(1)
      const named = resourceIn(found, damage)
      expect(named.reason).toMatch(damage.says)
      const advised = commandOf(named.hint) ?? ''
      expect(advised.replace(/ --rehearse| --layout individual/g, '')).toContain(damage.back)
      if (damage.back === '--accept-loss') await refusesToLose(account, damage, layout)
      await follow(account, advised)
      expect(losses(await account.state(), JSON.parse(await stateOf('empty')))).toEqual([])
    } finally {
      await account.stop()
    }
  })
})

test('a secret that somebody emptied is named by deploy, and put back by hand', async () => {
  const account = await DrillAccount.serve(await stateOf('individual'))
  try {
    const secrets = new SecretsManager(account.clientConfig)
    const SecretId = 'mcp-gateway-keycloak-client-secret'
    const {SecretString} = await secrets.getSecretValue({SecretId})
    await secrets.putSecretValue({SecretId, SecretString: '{}'})
    const found = await runCommand(account, 'mcpgw deploy --layout individual')
    expect(found.error).toMatchObject({code: 'SECRET_UNUSABLE', resource: SecretId})
    const realm = /`(mcpgw realm[^`]*)`/.exec(found.error?.hint ?? '')?.[1] ?? ''
    // Until it is back the way in stays closed.
    const early = await runCommand(account, realm)
    expect(early.error?.code).toBe('SECRET_UNUSABLE')
    await secrets.putSecretValue({SecretId, SecretString})
    const fixed = await runCommand(account, realm)
    expect(fixed.exitCode, fixed.stdout).toBe(0)
    const after = await runCommand(account, verify)
    expect(after.exitCode, after.stdout).toBe(0)
  } finally {
    await account.stop()
  }
})

function physicalId({regions}: Awaited<ReturnType<DrillAccount['state']>>, logicalId: string): string {
  const resources = Object.values(regions['us-west-2']?.stacks ?? {})
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .flatMap(({resources}) => Object.values(resources))
  const stackResource = resources.find(candidate => candidate.logicalId === logicalId)
  if (!stackResource) throw new Error(`No resource ${logicalId}`)
  return stackResource.physicalId
}

function resourceIn({document, stdout}: Ended, {names}: Damage): {reason: string; hint: string} {
  const found = document.resources.find(({logicalId}: {logicalId: string}) => logicalId === names)
  expect(found, `${names} in ${stdout}`).toBeDefined()
  return found
}

/** What held data is made anew by name only. */
async function refusesToLose(account: DrillAccount, {names}: Damage, layout: string): Promise<void> {
  const ended = await runCommand(account, `mcpgw deploy --layout ${layout} --repair`)
  expect(ended.exitCode, ended.stdout).toBe(3)
  expect(ended.error?.code).toBe('REPAIR_LOSES_DATA')
  expect(ended.error?.hint).toContain(`--accept-loss ${names}`)
}

/** Runs what verify says until it says that all is well. */
async function follow(account: DrillAccount, first: string): Promise<void> {
  const ran: string[] = []
  let command: string | undefined = first
  while (command !== undefined && ran.length < mostCommands) {
    ran.push(command)
    if (command.startsWith('mcpgw ')) {
      const ended = await runCommand(account, command)
      expect(ended.exitCode, `${ran.join('\n')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    } else await runAwsCommand(account, command)
    const after = await runCommand(account, verify)
    if (after.exitCode === 0) return
    const [wrong] = after.document.resources
    command = wrong && commandOf(wrong.hint)
    if (command === undefined) expect(after.exitCode, `${ran.join('\n')}\n${after.stdout}`).toBe(0)
  }
  expect.fail(`not healthy after ${ran.join('\n')}`)
}

test('a secret that somebody deleted is named by realm, and made anew as verify says', async () => {
  const account = await DrillAccount.serve(await stateOf('individual'))
  try {
    const SecretId = 'mcp-gateway-admin-password'
    await new SecretsManager(account.clientConfig).deleteSecret({SecretId, ForceDeleteWithoutRecovery: true})
    const found = await runCommand(account, 'mcpgw realm')
    expect(found.error).toMatchObject({code: 'SECRET_UNUSABLE', resource: SecretId})
    const before = JSON.parse(await stateOf('empty'))
    const followed = await followAdvice(account, found, {goal: 'healthy', before})
    expect(followed.join()).toMatch(/^mcpgw verify .*mcpgw deploy .*--accept-loss AdminPasswordSecret/)
  } finally {
    await account.stop()
  }
})
