import {describe, expect, it} from 'vitest'
import {isNamed} from '../../../src/rehearsal/account/event-queue.js'
import {receiveAnswer} from '../../../src/rehearsal/services/cloudformation/custom-resources.js'
import {brokenLogGroup, engineWorld, withProvider} from './engine-world.js'

const capable = {capabilities: ['CAPABILITY_IAM']}

interface Sent {
  RequestType: string
  PhysicalResourceId: string | undefined
  ResourceProperties: {Text: string}
  OldResourceProperties: {Text: string} | undefined
}

/** A stack with a custom resource of the text `old`; the test answers in the function's place. */
function existing() {
  const account = engineWorld()
  const {world, region} = account
  const sent: Sent[] = []
  const settle = (answer: (event: Sent) => 'SUCCESS' | 'FAILED' = () => 'SUCCESS') => {
    for (let second = 0; second < 120; second += 1) {
      const [run] = world.account.eventQueue.filter(event => isNamed(event, 'lambda.invoke'))
      world.unschedule('lambda.invoke', () => true)
      if (run) sent.push(run.data.event as Sent)
      for (const resource of world.resourcesOf(region, 'Custom::Thing')) {
        const pending = resource.data.pending as
          | {token: string; requestId: string; answer?: object}
          | undefined
        const event = sent.at(-1)
        if (!pending || pending.answer || !event) continue
        const body = {Status: answer(event), RequestId: pending.requestId, PhysicalResourceId: 'thing'}
        receiveAnswer(world, pending.token, JSON.stringify(body))
      }
      account.pass(1)
    }
  }
  const stack = account.create('demo', withProvider('old'), capable)
  settle()
  expect(stack.status).toBe('CREATE_COMPLETE')
  sent.length = 0
  return {...account, stack, settle, sent}
}

const summary = (sent: readonly Sent[]) =>
  sent.map(({RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties}) => [
    ...[RequestType, PhysicalResourceId],
    `${OldResourceProperties?.Text} -> ${ResourceProperties.Text}`,
  ])

// Source: CloudFormation user guide, "Custom resource request types", Update: a rollback updates to the old properties.
describe('a custom resource in an update that fails', () => {
  it('is sent a second Update, to the old properties, when something after it failed', () => {
    const {update, settle, sent, stack} = existing()
    update('demo', withProvider('new', {Broken: {...brokenLogGroup, DependsOn: 'Thing'}}), capable)
    settle()
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(summary(sent)).toEqual([
      ['Update', 'thing', 'old -> new'],
      ['Update', 'thing', 'new -> old'],
    ])
  })

  it('is sent it also when it was itself what failed', () => {
    const {update, settle, sent, stack} = existing()
    update('demo', withProvider('new'), capable)
    settle(({ResourceProperties}) => (ResourceProperties.Text === 'new' ? 'FAILED' : 'SUCCESS'))
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(summary(sent)).toEqual([
      ['Update', 'thing', 'old -> new'],
      ['Update', 'thing', 'new -> old'],
    ])
  })

  it('leaves the stack in UPDATE_ROLLBACK_FAILED when that fails as well', () => {
    const {update, settle, stack} = existing()
    update('demo', withProvider('new'), capable)
    settle(() => 'FAILED')
    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED')
  })

  it('is sent none when the update had not come to it', () => {
    const {update, settle, sent, stack} = existing()
    const after = withProvider('new', {Broken: brokenLogGroup})
    Object.assign(after.Resources.Thing, {DependsOn: 'Broken'})
    update('demo', after, capable)
    settle()
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(sent).toEqual([])
  })
})
