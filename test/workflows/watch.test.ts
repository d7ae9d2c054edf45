import {describe, expect, it} from 'vitest'
import {silent} from '../../src/progress.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'
import {watch} from '../../src/workflows/watch.js'
import {listener} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const ours = {'mcpgw:environment': 'demo'}

function fixture(status: string, tags: Record<string, string>) {
  const clock = virtualClock()
  const aws = new FakeAws(clock)
  aws.stacks.putStack('demo', status, {tags})
  const commandLine = (command: string) => `mcpgw ${command} --environment demo`
  const context = {aws, clock, environment: 'demo', commandLine, record: new OperationRecord()}
  return watch(context, {startedAt: clock.now(), tell: silent, signal: new AbortController().signal})
}

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
    expect(await fixture(status, ours)).toMatchObject({operation: 'none', next})
  })

  it('refuses what somebody else made under the name', async () => {
    await expect(fixture('CREATE_IN_PROGRESS', {})).rejects.toMatchObject({
      code: 'NOT_OURS',
      exitCode: 3,
      hint: 'Choose another environment name with --environment.',
    })
  })
})

describe('watch of a deletion that fails', () => {
  const following = async (names: readonly string[]) => {
    const clock = virtualClock()
    const aws = new FakeAws(clock)
    for (const name of names) aws.stacks.putStack(name, 'CREATE_COMPLETE', {tags: ours})
    const last = names.at(-1) ?? ''
    aws.stacks.failDeletion = last
    await aws.stacks.delete(last)
    const commandLine = (command: string) => `mcpgw ${command} --environment demo`
    const context = {aws, clock, environment: 'demo', commandLine, record: new OperationRecord()}
    return watch(context, {startedAt: clock.now(), tell: silent, signal: new AbortController().signal})
  }

  it('sends nobody to the deletion of everything where it was of one of several stacks', async () => {
    await expect(
      following(['demo-network', 'demo-data', 'demo-compute', 'demo-services']),
    ).rejects.toMatchObject({
      hint: expect.stringContaining('run `mcpgw deploy --environment demo --layout individual`, or remove'),
    })
    await expect(following(['demo'])).rejects.toMatchObject({
      hint: expect.stringContaining('run `mcpgw teardown --environment demo`.'),
    })
  })

  describe('for what somebody has begun to delete', () => {
    const watching = async (goesOn: boolean) => {
      const clock = virtualClock()
      const aws = new FakeAws(clock)
      const type = 'AWS::RDS::DBProxy'
      aws.stacks.resourcesOf.set('network-stack.yaml', [{logicalId: 'Proxy', type}])
      aws.stacks.putStack('demo-network', 'CREATE_COMPLETE', {tags: ours})
      aws.stacks.failDeletion = 'demo-network'
      aws.stacks.failureReason = 'DB Proxy demo is in state DELETING.'
      await aws.stacks.delete('demo-network')
      const {stacks} = aws
      const describe = stacks.describe.bind(stacks)
      const {id = ''} = (await describe('demo-network')) ?? {}
      let looks = 0
      stacks.describe = async name => {
        const found = await describe(name)
        // Long after the failure: a teardown waits for the proxy, and asks again.
        if (goesOn && found?.status === 'DELETE_FAILED' && ++looks === 3) {
          stacks.failDeletion = undefined
          await stacks.delete(id)
        }
        return found
      }
      const {events, tell, notes} = listener()
      const commandLine = (command: string) => `mcpgw ${command} --environment demo`
      const context = {aws, clock, environment: 'demo', commandLine, record: new OperationRecord()}
      const {signal} = new AbortController()
      const ended = watch(context, {startedAt: clock.now(), tell, signal})
      return {ended, events, notes}
    }

    it('goes on with it when it is asked for again, and shows no failure', async () => {
      const {ended, events, notes} = await watching(true)
      expect(await ended).toMatchObject({operation: 'delete', stacks: [{status: 'DELETE_COMPLETE'}]})
      expect(notes().join()).toContain('Could not be deleted yet: Proxy.')
      const failures = events.filter(
        each => each.kind === 'stack-event' && each.event.status === 'DELETE_FAILED' && !each.isForeseen,
      )
      expect(failures).toEqual([])
    })

    it('is a failure when nobody goes on', async () => {
      const {ended} = await watching(false)
      await expect(ended).rejects.toMatchObject({code: 'STACK_FAILED'})
    })
  })
})
