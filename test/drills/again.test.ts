import {describe, expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runAtOnce, runCommand} from './harness/command.js'
import {atMoments} from './harness/moments.js'
import {isNightly, sampled} from './harness/sample.js'
import {stateOf} from './harness/states.js'
import {expectCertified, expectClean, tearDown} from './harness/torn-down.js'

/** How many calls are sampled; in the nightly mode the teardown is interrupted before every one. */
const sampleSize = 3
/** A hundred times what one takes here. */
const patienceMs = (isNightly ? 400 : sampleSize) * 200_000

async function withAccount(work: (account: DrillAccount) => Promise<unknown>): Promise<void> {
  const account = await DrillAccount.serve(await stateOf('deployed'))
  try {
    await work(account)
  } finally {
    await account.stop()
  }
}

test('two people tear down at once, and a third one after them: all have the certificate', () =>
  withAccount(async account => {
    const before = await account.state()
    for (const ended of await runAtOnce(account, ['mcpgw teardown', 'mcpgw teardown'])) expectCertified(ended)
    await expectClean(account, before)
    const again = await tearDown(account)
    expect(again.document).toMatchObject({removed: [], cleaned: [], remaining: []})
  }))

describe('a teardown that is interrupted, and run again', () => {
  test(
    `ends the same, before whichever call ${isNightly ? '' : `(${sampleSize} of them) `}Ctrl-C comes`,
    async () => {
      const failures: string[] = []
      for (const afterCalls of sampled(await callsOfOne(), sampleSize))
        await withAccount(account => interruptedAfter(account, afterCalls)).catch((error: unknown) =>
          failures.push(`after ${afterCalls} calls: ${error instanceof Error ? error.message : error}`),
        )
      expect(failures).toEqual([])
    },
    patienceMs,
  )
})

/** 0, 1, 2 … as many as a whole teardown makes, but the last: it would be over. */
async function callsOfOne(): Promise<number[]> {
  let made = 0
  await withAccount(async account => {
    made = (await atMoments(account, [], () => runCommand(account, 'mcpgw teardown'))).calls.made
  })
  return Array.from({length: made - 1}, (_, index) => index)
}

async function interruptedAfter(account: DrillAccount, afterCalls: number): Promise<void> {
  const before = await account.state()
  const press = {afterCalls, act: () => void process.emit('SIGINT')}
  const {result} = await atMoments(account, [press], () => runCommand(account, 'mcpgw teardown'))
  // The proof looks once more without a pause in which it could be interrupted: then it has ended, and says so.
  if (result.exitCode !== 130) expectCertified(result)
  expectCertified(await runCommand(account, 'mcpgw teardown'))
  await expectClean(account, before)
}
