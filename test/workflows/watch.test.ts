import {describe, expect, it} from 'vitest'
import {silent} from '../../src/progress.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'
import {watch} from '../../src/workflows/watch.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const tags = {'mcpgw:environment': 'demo'}

describe('watch where nothing runs', () => {
  it.each([
    ['CREATE_COMPLETE', 'Run `mcpgw verify --environment demo`.'],
    ['UPDATE_ROLLBACK_COMPLETE', 'Run `mcpgw verify --environment demo`.'],
    [
      'ROLLBACK_COMPLETE',
      'Run `mcpgw diagnose --environment demo`, which tells why it failed and what to do.',
    ],
    ['DELETE_FAILED', 'Run `mcpgw diagnose --environment demo`, which tells why it failed and what to do.'],
  ])('says what to run next where the stack is in %s', async (status, next) => {
    const clock = virtualClock()
    const aws = new FakeAws(clock)
    aws.stacks.stand('demo', status, {tags})
    const commandLine = (command: string) => `mcpgw ${command} --environment demo`
    const context = {aws, clock, environment: 'demo', commandLine, record: new OperationRecord()}
    const options = {startedAt: clock.now(), tell: silent, signal: new AbortController().signal}
    expect(await watch(context, options)).toMatchObject({operation: 'none', next})
  })
})
