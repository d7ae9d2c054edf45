import {beforeEach, describe, expect, it} from 'vitest'
import {clockDifference, MachineClock, refusedAheadMs} from '../../src/aws/machine-clock.js'

const date = 'Mon, 02 Mar 2026 10:00:00 GMT'
const written = Date.parse(date)

let clock: MachineClock

beforeEach(() => {
  clock = new MachineClock()
})

describe('the clock of this machine', () => {
  it('is not known to be wrong before AWS has said what time it is', () => {
    expect(clock.aheadMs()).toBeUndefined()
    clock.note({Date: 'noon'}, {sentAt: written, receivedAt: written})
    expect(clock.aheadMs()).toBeUndefined()
  })

  it('is right when AWS wrote its time between request and answer, however long that took', () => {
    clock.note({Date: date}, {sentAt: written - 400_000, receivedAt: written + 500_000})
    expect(clock.aheadMs()).toBe(0)
    clock.note({date}, {sentAt: written + 999, receivedAt: written + 1200})
    expect(clock.aheadMs()).toBe(0)
  })

  it('is ahead when the request was sent after it was answered, behind when the answer came before', () => {
    clock.note({date}, {sentAt: written + 421_000, receivedAt: written + 421_200})
    expect(clock.aheadMs()).toBe(420_000)
    clock.note({date}, {sentAt: written - 90_200, receivedAt: written - 90_000})
    expect(clock.aheadMs()).toBe(-90_000)
  })

  it('is not judged by an answer that a cache has kept', () => {
    clock.note({date, Age: '300'}, {sentAt: written + 300_000, receivedAt: written + 300_100})
    expect(clock.aheadMs()).toBeUndefined()
  })
})

it.each([
  [420_000, "7 minutes ahead of AWS's"],
  [-90_000, "90 seconds behind AWS's"],
  [-7_200_000, "2 hours behind AWS's"],
])('%d ms ahead is told as %s', (ahead, text) => {
  expect(clockDifference(ahead)).toBe(text)
})

describe("AWS's refusal", () => {
  it.each([
    [
      'Signature expired: 20260302T095000Z is now earlier than 20260302T095500Z (20260302T100000Z - 5 min.)',
      -600_000,
    ],
    [
      'Signature not yet current: 20260302T101000Z is still later than 20260302T100500Z (20260302T100000Z + 5 min.)',
      600_000,
    ],
    ['The request signature we calculated does not match the signature you provided.', undefined],
  ])('%s', (message, ahead) => {
    expect(refusedAheadMs(message)).toBe(ahead)
  })
})
