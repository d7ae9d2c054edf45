import {existsSync, writeFileSync} from 'node:fs'
import {afterEach, describe, expect, test} from 'vitest'
import {askAccount} from '../../../src/rehearsal/process/holder.js'
import {joinRehearsal} from '../../../src/rehearsal/process/join.js'
import {type ServedAccount, serveAccount} from '../../../src/rehearsal/process/serve.js'
import {readAccount} from '../../../src/rehearsal/process/state-file.js'
import {freshStateFile} from './files.js'

let served: ServedAccount | undefined
afterEach(async () => {
  await served?.stop()
  served = undefined
})

describe('joining an account', () => {
  test('whose file is not one fails at once and says so', async () => {
    const stateFile = freshStateFile()
    writeFileSync(stateFile, 'mine')
    const start = Date.now()
    await expect(joinRehearsal({stateFile})).rejects.toMatchObject({
      code: 'REHEARSAL_STATE_INVALID',
      exitCode: 2,
    })
    expect(Date.now() - start).toBeLessThan(1000)
  })

  test('takes the one that is being served, sets its speed and keeps its seed', async () => {
    const stateFile = freshStateFile()
    served = await serveAccount({stateFile, speed: 1, seed: 3})
    const joined = await joinRehearsal({stateFile, speed: 'max', seed: 4})
    joined.leave()
    expect(joined).toMatchObject({endpoint: served.url, speed: 'max'})
    expect(joined.notes).toEqual([expect.stringContaining('began with seed 3')])
  })

  test('is present there until it leaves, without asking anything', async () => {
    const stateFile = freshStateFile()
    served = await serveAccount({stateFile, speed: 1, seed: 3})
    const account = served
    const {leave, revive} = await joinRehearsal({stateFile})
    await expect.poll(() => account.isHeld()).toBe(true)
    // What is there is not started again: a connection that a fault breaks stays broken.
    expect(await revive()).toBe(false)
    leave()
    expect(await revive()).toBe(false)
  })

  test('can stop its time while something is done, and the clock of whoever joined stands still with it', async () => {
    const stateFile = freshStateFile()
    served = await serveAccount({stateFile, speed: 100_000, seed: 1})
    const {endpoint, clock, pause, leave} = await joinRehearsal({stateFile})
    leave()
    const times = await pause(async () => {
      const told = async () => [(await askAccount(endpoint)).now, clock.now()]
      const before = await told()
      // A real moment is half an hour there.
      await new Promise(resolve => setTimeout(resolve, 20))
      return [before, await told()]
    })
    expect(times[1]).toEqual(times[0])
    const [, then = 0] = times[0] ?? []
    await expect.poll(() => clock.now()).toBeGreaterThan(then + 60_000)
    await expect.poll(async () => (await askAccount(endpoint)).now).toBeGreaterThan(then + 60_000)
    await expect(pause(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect.poll(async () => (await askAccount(endpoint)).now).toBeGreaterThan(clock.now() - 600_000)
  })

  test('sets its quotas, which it keeps in its file', async () => {
    const stateFile = freshStateFile()
    served = await serveAccount({stateFile, speed: 1, seed: 3, quotas: {'L-F678F1CE': 2}})
    const joined = await joinRehearsal({stateFile, quotas: {'L-0263D0A3': 10}})
    joined.leave()
    await served.stop()
    served = undefined
    expect(readAccount(stateFile)?.quotas).toEqual({'L-F678F1CE': 2, 'L-0263D0A3': 10})
  })

  test('with a quota that the account does not enforce fails before a server is started', async () => {
    const stateFile = freshStateFile()
    await expect(joinRehearsal({stateFile, quotas: {'L-00000000': 1}})).rejects.toMatchObject({
      code: 'UNKNOWN_QUOTA',
      exitCode: 2,
    })
    await expect(
      serveAccount({stateFile, speed: 1, seed: 1, quotas: {'L-00000000': 1}}),
    ).rejects.toMatchObject({code: 'UNKNOWN_QUOTA'})
    expect(existsSync(`${stateFile}.log`) || existsSync(`${stateFile}.lock`)).toBe(false)
  })

  test('tells what to do when it stops answering: the account is kept in its file', async () => {
    const stateFile = freshStateFile()
    served = await serveAccount({stateFile, speed: 'max', seed: 1})
    const joined = await joinRehearsal({stateFile})
    joined.leave()
    const at = joined.clock.now() + 1000
    await joined.clock.sleep(1000)
    expect(joined.clock.now()).toBe(at)
    await served.stop()
    served = undefined
    const advice = `Run the same command again: the account is kept in ${stateFile}`
    expect(joined.unreachableHint).toContain(advice)
    await expect(joined.clock.sleep(1000)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      hint: expect.stringContaining(advice),
    })
  })
})
