import {beforeEach, describe, expect, it} from 'vitest'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding} from '../fixture.js'

let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

describe('clock', () => {
  it('passes when it is right, or nearly', async () => {
    expect(await finding('clock', aws)).toEqual({verdict: 'pass', detail: "within a minute of AWS's"})
    aws.aheadMs = -59_000
    expect(await finding('clock', aws)).toMatchObject({verdict: 'pass'})
  })

  it('is not judged where no answer has the time', async () => {
    aws.aheadMs = undefined
    expect(await finding('clock', aws)).toMatchObject({verdict: 'skip'})
  })

  it('warns before AWS refuses signatures', async () => {
    aws.aheadMs = 240_000
    expect(await finding('clock', aws)).toMatchObject({
      verdict: 'warn',
      detail:
        "This machine's clock is 4 minutes ahead of AWS's. If it is off by 5 minutes or more, AWS rejects its signatures.",
      advice: expect.stringMatching(/^Set it by the network: /),
    })
  })

  it('says what fails once it does', async () => {
    aws.aheadMs = -420_000
    expect(await finding('clock', aws)).toMatchObject({
      verdict: 'warn',
      detail: expect.stringMatching(
        /^This machine's clock is 7 minutes behind AWS's\. AWS rejects .* the AWS CLI/,
      ),
    })
  })
})
