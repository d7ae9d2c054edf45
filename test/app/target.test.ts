import {expect, it} from 'vitest'
import {durationsNote} from '../../src/app/target.js'

it.each([
  [60, '60 times as fast as real time'],
  ['max', 'as fast as this machine can'],
] as const)('says whose time durations are in, at speed %s', (speed, pace) => {
  expect(durationsNote(speed)).toBe(`Durations are account time, which runs ${pace}; times of day are real.`)
})
