import {existsSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {type Account, emptyAccount, regionOf} from '../../../src/rehearsal/account/account.js'
import {Saver, type SaverOptions} from '../../../src/rehearsal/process/saver.js'
import {readAccount} from '../../../src/rehearsal/process/state-file.js'
import {freshStateFile} from './files.js'

function saving(account = emptyAccount({seed: 1, now: 0}), options: Partial<SaverOptions> = {}) {
  const file = freshStateFile()
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const saver = new Saver({
    ...{account, file, onError, savesByItself: true, mayReplace: () => true, isRestless: () => false},
    ...options,
  })
  return {account, file, errors, saver, saved: () => readAccount(file)}
}

/** Longer to write than a slice may take: the clock that slices are measured with jumps at every look. */
function largeAccount(): Account {
  const account = emptyAccount({seed: 1, now: 0})
  for (const index of Array(100).keys()) {
    account.buckets[`b${index}`] = {
      ...{name: `b${index}`, region: 'us-west-2', createdAt: 0},
      ...{tags: {}, configuration: {}, objects: {}, uploads: {}},
    }
  }
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1))
  return account
}

beforeEach(() => {
  vi.useFakeTimers({now: 0, toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date']})
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('an account that changes', () => {
  test('is saved once it has been quiet for a moment', async () => {
    const {account, saver, saved} = saving()
    for (const sequence of [1, 2, 3]) {
      account.sequence = sequence
      saver.changed()
      await vi.advanceTimersByTimeAsync(90)
      expect(saved()).toBeUndefined()
    }
    await vi.advanceTimersByTimeAsync(20)
    expect(saved()?.sequence).toBe(3)
  })

  test('is saved only when asked where it does not save by itself', async () => {
    const {account, saver, saved} = saving(undefined, {savesByItself: false})
    account.sequence = 3
    saver.changed()
    await vi.advanceTimersByTimeAsync(5000)
    expect(saved()).toBeUndefined()
    saver.saveNow()
    expect(saved()?.sequence).toBe(3)
  })

  test('is saved every second when it is never quiet', async () => {
    const {account, saver, saved} = saving()
    for (let now = 0; now < 1100; now += 50) {
      account.sequence = now
      saver.changed()
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(saved()?.sequence).toBeGreaterThan(900)
    expect(saved()?.sequence).toBeLessThan(1100)
  })

  test('is saved again only after nine times what saving took', async () => {
    const {account, saver, saved} = saving()
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 100))
    saver.saveNow()
    const cost = now
    account.sequence = 1
    saver.changed()
    await vi.advanceTimersByTimeAsync(cost * 8)
    expect(saved()?.sequence).toBe(0)
    await vi.advanceTimersByTimeAsync(cost * 2)
    expect(saved()?.sequence).toBe(1)
  })
})

describe('saving a large account', () => {
  test('lets requests through, and ends at once with the present when the account is about to change', async () => {
    const {account, file, saver, saved} = saving(largeAccount())
    saver.changed()
    await vi.advanceTimersByTimeAsync(100)
    expect(readdirSync(dirname(file))).toHaveLength(1)
    expect(existsSync(file)).toBe(false)
    saver.beforeChange()
    const before = structuredClone(account)
    account.buckets = {}
    account.sequence = 9
    saver.changed()
    expect(saved()).toEqual(before)
    await vi.runAllTimersAsync()
    expect(saved()).toEqual(account)
    expect(readdirSync(dirname(file))).toEqual(['account.json'])
  })

  test('comes to its end by itself, slice by slice', async () => {
    const {account, saver, saved} = saving(largeAccount())
    saver.changed()
    await vi.runAllTimersAsync()
    expect(saved()).toEqual(account)
  })

  test('is done in one go while the account may change by itself', async () => {
    const {saver, saved} = saving(largeAccount(), {isRestless: () => true})
    saver.changed()
    await vi.advanceTimersByTimeAsync(100)
    expect(saved()).toBeDefined()
  })

  test('begins anew, with what has changed, when it has to be done now', async () => {
    const {account, file, saver, saved} = saving(largeAccount())
    saver.changed()
    await vi.advanceTimersByTimeAsync(100)
    regionOf(account, 'eu-central-2')
    saver.saveNow()
    expect(saved()).toEqual(account)
    expect(readdirSync(dirname(file))).toEqual(['account.json'])
  })
})

describe('an account that cannot be saved', () => {
  test('leaves the file alone when it may not be replaced, and no draft', () => {
    const {file, saver} = saving(undefined, {mayReplace: () => false})
    saver.saveNow()
    expect(readdirSync(dirname(file))).toEqual([])
  })

  test('says so each time and continues', async () => {
    const {account, file, errors, saver, saved} = saving()
    const folder = dirname(file)
    rmSync(folder, {recursive: true})
    writeFileSync(folder, 'in the way')
    saver.saveNow()
    account.sequence = 5
    saver.changed()
    await vi.runAllTimersAsync()
    expect(errors).toMatchObject(Array(2).fill({code: 'REHEARSAL_STATE_UNWRITABLE'}))
    rmSync(folder)
    saver.changed()
    await vi.runAllTimersAsync()
    expect(saved()?.sequence).toBe(5)
    expect(errors).toHaveLength(2)
  })
})
