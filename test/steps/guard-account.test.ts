import {describe, expect, test} from 'vitest'
import {confirmAccount} from '../../src/app/confirm-account.js'
import type {AccountRules} from '../../src/environment/account-rules.js'
import type {AwsContext} from '../../src/steps/context.js'
import {cancelSurvey} from '../../src/workflows/cancel.js'
import {deploySurvey} from '../../src/workflows/deploy.js'
import {exportWorkflow} from '../../src/workflows/images.js'
import {runWorkflow, type Workflow} from '../../src/workflows/run-workflow.js'
import {teardownSurvey} from '../../src/workflows/teardown.js'
import {deployContext, teardownContext} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const clock = virtualClock()
const signal = new AbortController().signal
const accountRules: AccountRules = {block: [{account: '123456789012', where: 'mcpgw.yaml:3'}]}

describe('an account that is blocked', () => {
  test.each([
    ['deploy', deploySurvey],
    ['teardown', teardownSurvey],
    ['cancel', cancelSurvey],
    ['images export', exportWorkflow],
  ])('is refused by %s before anything but its number is asked', async (_, workflow) => {
    const aws = new FakeAws(clock)
    aws.stacks.before = call => {
      throw new Error(call)
    }
    const context = {...deployContext(aws, clock), ...teardownContext(aws, clock), accountRules}
    const run = runWorkflow(workflow as unknown as Workflow<AwsContext>, context, {clock, tell() {}, signal})
    await expect(run).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_ALLOWED',
      exitCode: 3,
      message:
        'Account 123456789012 is not to be changed: it is blocked (mcpgw.yaml:3). Nothing was changed.',
    })
    expect(aws.calls).toEqual([])
  })
})

describe('an account alias', () => {
  const confirmed = (alias: string | undefined, given: string | undefined) => {
    const aws = new FakeAws(clock)
    aws.accountAlias = {alias: async () => alias}
    const flags = {json: true, 'account-alias': given}
    return confirmAccount(flags, {aws}, {signal, command: 'mcpgw teardown'})
  }

  test.each([
    ['workshop-7', undefined],
    [undefined, undefined],
    ['our-prod-eu', 'our-prod-eu'],
    ['workshop-7', 'workshop-7'],
  ])('%s with --account-alias %s is no obstacle', async (alias, given) => {
    await expect(confirmed(alias, given)).resolves.toBeUndefined()
  })

  test.each(['our-prod-eu', 'PRODUCTION'])(
    '%s has to be given where nobody can type it, in spite of --yes',
    async alias => {
      await expect(confirmed(alias, undefined)).rejects.toMatchObject({
        code: 'PRODUCTION_ACCOUNT',
        exitCode: 3,
        hint: `If it is really meant: \`mcpgw teardown --account-alias ${alias}\`.`,
      })
    },
  )

  test.each(['our-prod-eu', undefined])('%s is refused when another one was given', async alias => {
    await expect(confirmed(alias, 'workshop-7')).rejects.toMatchObject({code: 'OTHER_ACCOUNT', exitCode: 3})
  })
})
