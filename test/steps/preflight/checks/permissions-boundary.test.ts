import {beforeEach, describe, expect, it} from 'vitest'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding} from '../fixture.js'

const id = 'permissions-boundary'
const boundary = 'arn:aws:iam::123456789012:policy/workshop-boundary'
const parameters = {PermissionsBoundaryArn: boundary}
let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

describe('permissions-boundary', () => {
  it('passes without one', async () => {
    expect(await finding(id, aws)).toEqual({
      verdict: 'pass',
      detail: 'none is given, and none is known to be required',
    })
  })

  it('blocks one that does not exist, and passes one that does', async () => {
    expect(await finding(id, aws, {parameters})).toEqual({
      verdict: 'block',
      detail: `There is no policy ${boundary}: IAM would refuse every role.`,
      advice:
        "Give the ARN of one that exists with --set PermissionsBoundaryArn=ARN; `aws iam list-policies --scope All --query 'Policies[].Arn' --region us-west-2` lists them.",
    })
    aws.policies.add(boundary)
    expect(await finding(id, aws, {parameters})).toEqual({verdict: 'pass', detail: boundary})
  })

  it('warns when whoever makes the roles has one, with what to give', async () => {
    aws.ownBoundary = boundary
    const found = await finding(id, aws)
    expect(found).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining(`user/me has the permissions boundary ${boundary}`),
      advice: expect.stringContaining(`--set PermissionsBoundaryArn=${boundary}`),
    })
    aws.policies.add(boundary)
    expect(await finding(id, aws, {parameters})).toMatchObject({verdict: 'pass'})
  })

  it('looks at the service role, which makes the roles where there is one', async () => {
    const serviceRole = 'arn:aws:iam::123456789012:role/cloudformation'
    aws.roles.boundaryOf = async principal => (principal === serviceRole ? boundary : undefined)
    expect(await finding(id, aws)).toMatchObject({verdict: 'pass'})
    expect(await finding(id, aws, {serviceRole})).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining(serviceRole),
    })
  })
})
