import {expect, test} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {commandsInHint} from './harness/next-step.js'
import {ailments, losses, remains} from './harness/oracle.js'
import {ruleOf} from './harness/rule-drill.js'
import {stateOf} from './harness/states.js'
import {anotherRegion} from './situations/another-region.js'
import {wordsOfRule} from './situations/lifted.js'

const deploy = 'mcpgw deploy --layout individual'
const [refusing, other] = ['us-west-2', 'eu-west-1']

/** What AWS refuses stays refused: the advice is to go where it is not, and to leave nothing behind that costs money. */
test.each(anotherRegion)(
  '%s: healthy in another region, and nothing is left in this one',
  async (rule, of) => {
    const before: Account = JSON.parse(await stateOf('empty'))
    const account = await DrillAccount.serve(await stateOf('empty'))
    try {
      await account.setFaults([`fail-create ${of} region=${refusing} message="${wordsOfRule(rule)}"`])
      const ended = await runCommand(account, deploy)
      expect(ruleOf(ended), ended.stdout).toBe(rule)
      expect(ended.error?.hint).toMatch(/^Deploy to another region with `--region`/)

      const deployed = await runCommand(account, `${deploy} --region ${other}`)
      expect(deployed.exitCode, deployed.stdout).toBe(0)
      expect(commandsInHint(ended.error?.hint ?? '')).toEqual([
        expect.stringMatching(/^mcpgw teardown --rehearse\b/),
      ])
      for (const command of commandsInHint(ended.error?.hint ?? '')) {
        const removed = await runCommand(account, command)
        expect(removed.exitCode, removed.stdout).toBe(0)
      }

      const after = await account.state()
      expect(ailments(after, other)).toEqual([])
      expect(remains(after, before).filter(one => one.startsWith(`${refusing} `))).toEqual([])
      expect(losses(after, before)).toEqual([])
      expect(await runCommand(account, `mcpgw verify --region ${other}`)).toMatchObject({exitCode: 0})
    } finally {
      await account.stop()
    }
  },
)
