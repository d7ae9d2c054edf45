import {describe, expect, test} from 'vitest'
import {headStartKinds} from '../../src/steps/teardown/head-start/kinds.js'
import {DrillAccount} from './harness/account.js'
import {runAwsCommand} from './harness/aws-command.js'
import {type Ended, runCommand} from './harness/command.js'
import {commandsInHint} from './harness/next-step.js'
import {existingStacks} from './harness/oracle.js'
import {idsIn} from './harness/rule-drill.js'
import {interrupted, stateOf} from './harness/states.js'
import {expectCertified, expectClean, tearDown} from './harness/torn-down.js'
import {changesToOthers} from './harness/whole-account.js'
import type {Mess, MessScene} from './messes/mess.js'
import {others} from './messes/others.js'
import {within} from './messes/within.js'

const defaults = headStartKinds.filter(({isDefault}) => isDefault).map(({name}) => name)
/** Each of the head starts that are on unless switched off is off in one of the teardowns that end clean. */
const headStarts = within.map((_, index) => defaults.filter((__, at) => at !== index).join(','))

async function inMess(mess: Mess, work: (scene: MessScene) => Promise<void>): Promise<void> {
  const account = await DrillAccount.serve(await stateOf('deployed'))
  try {
    const scene = {account, id: idsIn(await account.state())}
    await mess.make(scene)
    await work(scene)
  } finally {
    await account.stop()
  }
}

describe('what somebody added to the environment, or took from it, goes with it', () => {
  test.each(within.map((mess, index) => ({mess, name: mess.name, chosen: headStarts[index]})))(
    '$name (--head-start $chosen)',
    ({mess, chosen}) =>
      inMess(mess, async scene => {
        const torn = await tearDown(scene.account, `mcpgw teardown --head-start ${chosen}`)
        await mess.after?.(scene, torn)
      }),
  )
})

describe('what others are to decide about is named, with whose it is, why and what to do', () => {
  test.each(others.map(mess => ({mess, name: mess.name})))('$name', ({mess}) =>
    inMess(mess, async scene => {
      const {account} = scene
      const {exit, says, byHand, gone} = mess.stops ?? {exit: 1, says: []}
      const before = await account.state()
      const stopped = await runCommand(account, 'mcpgw teardown')
      expect(stopped.exitCode, stopped.stdout).toBe(exit)
      for (const words of says) expect(toldBy(stopped)).toMatch(words)
      expect(changesToOthers(before, await account.state()), 'what became of others').toEqual([])
      expect(notThere(stopped, await account.text()), 'what is told to remain and does not').toEqual([])
      if (byHand) await byHand(scene)
      else for (const line of commandsOf(stopped)) await runAwsCommand(account, line)
      const after = await account.state()
      const lost = changesToOthers(before, after)
      expect(
        lost.filter(line => !gone?.test(line)),
        'what following the advice took',
      ).toEqual([])
      expectCertified(await runCommand(account, teardownIn(stopped)))
      await expectClean(account, after)
    }),
  )
})

test('a second environment beside it is as it was, to the last property, and never told of', async () => {
  const account = await DrillAccount.serve(await stateOf('empty'))
  try {
    await account.setFaults(['quota L-0263D0A3 value=20'])
    // Created while nobody waits.
    const make = async (name: string) => {
      await interrupted(account, `mcpgw deploy --environment ${name} --text`, /CREATE_IN_PROGRESS/)
      await account.pass(3600)
    }
    await make('mcp-gateway-7')
    const without = await account.state()
    await make('mcp-gateway')
    expect(existingStacks(await account.state())).toEqual({'mcp-gateway': 'CREATE_COMPLETE'})
    const torn = await tearDown(account, 'mcpgw teardown', without)
    expect(torn.stdout).not.toContain('mcp-gateway-7')
    const proved = await runCommand(account, 'mcpgw teardown --environment mcp-gateway-7 --prove')
    expect(proved.exitCode).toBe(1)
    expect(remainingOf(proved).length).toBeGreaterThan(110)
    expect(remainingOf(proved).filter(({command}) => !command?.startsWith('mcpgw teardown'))).toEqual([])
  } finally {
    await account.stop()
  }
})

interface Told {
  kind: string
  name: string
  reason: string
  command: string | null
}

const remainingOf = ({error, document}: Ended): Told[] => error?.remaining ?? document.remaining

function toldBy(ended: Ended): string {
  const {error} = ended
  const listed = remainingOf(ended).map(({name, reason, command}) => `${name}: ${reason} ${command}`)
  return [error?.message, error?.hint, ...listed].join('\n')
}

/** Entries of a list that are not in the account at all, or leave open why they are there or what to do about them. */
function notThere(ended: Ended, state: string): Told[] {
  return remainingOf(ended).filter(({name, reason, command}) => !state.includes(name) || !reason || !command)
}

/** The first teardown that it advises: it may take a flag, as for what is protected. */
function teardownIn({error}: Ended): string {
  const advised = commandsInHint(error?.hint ?? '')
  return advised.find(line => line.startsWith('mcpgw teardown')) ?? 'mcpgw teardown'
}

/** The commands of the AWS CLI that delete, or lift a protection. */
function commandsOf(ended: Ended): string[] {
  const ofList = remainingOf(ended).map(({command}) => command ?? '')
  return [...commandsInHint(ended.error?.hint ?? ''), ...ofList].filter(line => line.startsWith('aws '))
}
