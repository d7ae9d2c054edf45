import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {S3} from '@aws-sdk/client-s3'
import {afterEach, describe, expect, test} from 'vitest'
import {connect} from '../../../src/aws/aws.js'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {endAll, type Faulty, faulty} from './faulty.js'

afterEach(endAll)

const connectTo = ({url, credentials}: Faulty) =>
  connect({region: 'us-west-2', endpoint: url, credentials, sealed: true})

describe('client-clock', () => {
  test('none: an account whose own time is years away is within the second', async () => {
    const aws = await connectTo(await faulty([]))
    await aws.identity.whoAmI()
    expect(aws.machineClock.aheadMs()).toBe(0)
  })

  test('more than five minutes behind: refused, corrected by the SDK, and seen', async () => {
    const account = await faulty([catalogue['client-clock'].example])
    const cloudFormation = new CloudFormation(account.client)
    await expect(cloudFormation.describeStacks({})).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringMatching(/^Signature expired: /),
    })
    // The first answer has told the client what time it is.
    expect(await cloudFormation.describeStacks({})).toMatchObject({Stacks: []})
    const aws = await connectTo(account)
    await aws.identity.whoAmI()
    expect(Math.round((aws.machineClock.aheadMs() ?? 0) / 60_000)).toBe(-7)
  })

  test('less than that: nothing is refused, and it is seen; S3 refuses from 15 minutes on', async () => {
    const account = await faulty(['client-clock ahead by=4m'])
    const aws = await connectTo(account)
    await aws.identity.whoAmI()
    expect(aws.apiCalls()).toEqual({'sts:GetCallerIdentity': 1})
    expect(Math.round((aws.machineClock.aheadMs() ?? 0) / 60_000)).toBe(4)
    const far = await faulty(['client-clock ahead by=16m'])
    const s3 = new S3({...far.client, forcePathStyle: true})
    await expect(s3.listBuckets({})).rejects.toMatchObject({name: 'RequestTimeTooSkewed'})
  })
})
