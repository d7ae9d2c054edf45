import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Account} from '../../../src/rehearsal/account/account.js'
import {DrillAccount} from './account.js'
import {type Ended, runCommand} from './command.js'
import {type Drill, goalOf} from './drill.js'
import {followAdvice} from './follow.js'
import {losses} from './oracle.js'
import {compare, outcomeOf} from './run-drill.js'
import {stateOf} from './states.js'

/**
 * Drills that begin alike and fail, in one account, one after the other. What each advises is what the next one runs,
 * with another fault; at the end the advice of the last one must lead to the goal past everything that had failed.
 * That costs half of what it would cost to come to the goal after each.
 */
export function testChain(title: string, drills: readonly [Drill, ...Drill[]]): void {
  describe(title, () => {
    let account: DrillAccount
    let before: Account
    let last: Ended | undefined
    beforeAll(async () => {
      before = JSON.parse(await stateOf('empty'))
      account = await DrillAccount.serve(await stateOf(drills[0].start))
    })
    afterAll(() => account.stop())

    for (const drill of drills) {
      test(drill.name, async ({task}) => {
        await account.setFaults(drill.faults ?? [])
        const ended = await runCommand(account, drill.command)
        await account.clearFaults()
        compare(ended, drill.expect)
        last = ended
        task.meta.drill = {outcome: outcomeOf(ended), followed: []}
      })
    }

    test(`${title}: what the last of them advises leads past all of them`, async ({task}) => {
      if (last === undefined) return expect(drills.length).toBeGreaterThan(0)
      const followed = await followAdvice(account, last, {goal: goalOf(drills[0]), before})
      expect(losses(await account.state(), before), 'what other people lost').toEqual([])
      task.meta.drill = {outcome: outcomeOf(last), followed}
    })
  })
}
