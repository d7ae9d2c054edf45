import {describe, expect, test} from 'vitest'
import {steppedClock} from '../src/stepped-clock.js'

function clock(moves: number[] = []) {
  return steppedClock({
    startedAt: 0,
    async moveTo(at) {
      moves.push(at)
      return at
    },
  })
}

describe('a stepped clock', () => {
  test('wakes those who sleep side by side each at its own time', async () => {
    const moves: number[] = []
    const stepped = clock(moves)
    const woken: string[] = []
    const sleepTwice = async () => {
      await stepped.sleep(10)
      woken.push(`short at ${stepped.now()}`)
      await stepped.sleep(10)
      woken.push(`short at ${stepped.now()}`)
    }
    await Promise.all([sleepTwice(), stepped.sleep(30).then(() => woken.push(`long at ${stepped.now()}`))])
    expect(woken).toEqual(['short at 10', 'short at 20', 'long at 30'])
    expect(moves).toEqual([10, 20, 30])
  })

  test('stands still while somebody holds it', async () => {
    const stepped = clock()
    let answer = () => {}
    const held = stepped.hold?.(() => new Promise<void>(resolve => (answer = resolve)))
    let woken = false
    const sleeping = stepped.sleep(10).then(() => (woken = true))
    await new Promise(resolve => setTimeout(resolve, 20))
    expect([woken, stepped.now()]).toEqual([false, 0])
    answer()
    await Promise.all([held, sleeping])
    expect(stepped.now()).toBe(10)
  })

  test('rings an alarm at its time when somebody sleeps beyond it, and never by itself', async () => {
    const stepped = clock()
    const rung: number[] = []
    stepped.alarm(15, () => rung.push(stepped.now()))
    const calledOff = stepped.alarm(16, () => rung.push(-1))
    calledOff()
    await new Promise(resolve => setTimeout(resolve, 10))
    expect(rung).toEqual([])
    await stepped.sleep(20)
    expect(rung).toEqual([15])
  })

  test("ends a sleep with the signal's reason, at once", async () => {
    const stepped = clock()
    const controller = new AbortController()
    const sleeping = stepped.sleep(10, controller.signal)
    controller.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
    await expect(stepped.sleep(1, controller.signal)).rejects.toThrow('enough')
  })

  test('tells everybody who sleeps that time cannot be moved on', async () => {
    const stepped = steppedClock({startedAt: 0, moveTo: () => Promise.reject(new Error('gone'))})
    const sleeps = [stepped.sleep(1), stepped.sleep(2)]
    expect(await Promise.allSettled(sleeps)).toEqual([
      {status: 'rejected', reason: new Error('gone')},
      {status: 'rejected', reason: new Error('gone')},
    ])
  })
})
