import {describe, expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {type Prefix, prefixesOf} from './harness/prefixes.js'
import {isNightly, sampled} from './harness/sample.js'
import {tearDown} from './harness/torn-down.js'

/** Of each layout; all of them in the nightly mode. */
const sampleSize = 20
/** A hundred times what one takes here. */
const patienceMs = (isNightly ? 400 : sampleSize) * 100_000

const layouts = ['nested', 'individual'] as const

/** How a deployment stops: nobody waits for it any more, or the next resource fails and all stays as it is. */
const stops: readonly {how: string; stop: (account: DrillAccount) => Promise<void>}[] = [
  {how: 'nobody waits for the rest', stop: async () => {}},
  {
    how: 'the next resource fails',
    async stop(account) {
      await account.setFaults(['fail-create * message="No more."'])
      await account.pass(120)
      await account.clearFaults()
    },
  },
]

describe.each(layouts)('a deployment in layout %s that stopped after one of its resources', layout => {
  const title = isNightly ? 'is torn down from each of them' : `is torn down from ${sampleSize} of them`
  test(
    `${title}, with a certificate and nothing else touched`,
    async () => {
      const all = await prefixesOf(layout)
      expect(all.length).toBeGreaterThan(100)
      const failures: string[] = []
      for (const [index, prefix] of sampled(all, sampleSize).entries())
        for (const each of isNightly ? stops : stops.slice(index % stops.length).slice(0, 1))
          failures.push(...(await failuresOf(prefix, each)))
      expect(failures).toEqual([])
    },
    patienceMs,
  )
})

async function failuresOf(prefix: Prefix, {how, stop}: (typeof stops)[number]): Promise<string[]> {
  const account = await DrillAccount.serve(await prefix.text())
  try {
    await stop(account)
    await tearDown(account)
    return []
  } catch (error) {
    return [`after ${prefix.name}, ${how}: ${error instanceof Error ? error.message : error}`]
  } finally {
    await account.stop()
  }
}
