import {expect, it} from 'vitest'
import {severalAtATime} from '../../../src/steps/realm/several-at-a-time.js'

it('does all, never more than eight at a time', async () => {
  let running = 0
  let most = 0
  const done: number[] = []
  await severalAtATime(
    Array.from({length: 50}, (_, index) => index),
    async item => {
      running += 1
      most = Math.max(most, running)
      await new Promise(resolve => setImmediate(resolve))
      running -= 1
      done.push(item)
    },
  )
  expect([done.length, most]).toEqual([50, 8])
})

it('begins nothing any more after a failure', async () => {
  let begun = 0
  const work = severalAtATime(
    Array.from({length: 50}, (_, index) => index),
    async item => {
      begun += 1
      await new Promise(resolve => setImmediate(resolve))
      if (item === 0) throw new Error('no')
    },
  )
  await expect(work).rejects.toThrow('no')
  await new Promise(resolve => setTimeout(resolve, 5))
  expect(begun).toBeLessThan(17)
})
