import {beforeEach, describe, expect, it} from 'vitest'
import type {Clock} from '../../../src/clock.js'
import {awaitReady} from '../../../src/steps/deploy/await-ready.js'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import {targetsOfLayout} from '../../../src/steps/stacks/stack-targets.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const type = 'AWS::EC2::NatGateway'
const {signal} = new AbortController()
const [network] = targetsOfLayout('individual', 'demo')
let clock: Clock
let aws: FakeAws
let asked: number

beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
  asked = 0
})

function contextWith(
  express: boolean,
  isExpress: boolean,
  condition: (look: number) => string | undefined,
): DeployContext {
  aws.stacks.describe = async () => ({
    ...{id: 'arn:demo-network', name: 'demo-network', status: 'CREATE_COMPLETE', isExpress},
    ...{parameters: {}, outputs: {}, tags: {}, createdAt: 0, terminationProtection: false},
  })
  const resource = {physicalId: 'nat-1', type, status: 'CREATE_COMPLETE'}
  aws.stacks.resources = async () => [
    {...resource, logicalId: 'NatGateway1'},
    {...resource, logicalId: 'Other', type: 'AWS::EC2::Subnet'},
  ]
  aws.readiness = {
    types: [type],
    conditions: async (_, ids) => {
      asked += 1
      const word = condition(asked)
      return word === undefined ? new Map() : new Map(ids.map(id => [id, word]))
    },
  }
  return deployContext(aws, clock, {layout: 'individual', express})
}

async function wait(context: DeployContext) {
  if (network === undefined) throw new Error('no stacks')
  const {tell, notes} = listener()
  const from = clock.now()
  await awaitReady(context, network, {tell, signal})
  return {notes: notes(), seconds: (clock.now() - from) / 1000}
}

describe('a stack that CloudFormation has created in express mode', () => {
  it('is waited for until its services say that all is ready, and one thing is told once', async () => {
    const context = contextWith(true, true, look => [undefined, 'pending', 'available'][look - 1])
    expect(await wait(context)).toEqual({notes: ['Not ready yet in network: NatGateway1'], seconds: 30})
  })

  it('fails at once when a service says that something failed, and after an hour when nothing comes', async () => {
    await expect(wait(contextWith(true, true, () => 'failed'))).rejects.toMatchObject({
      code: 'NOT_READY',
      exitCode: 1,
      resource: 'demo-network/NatGateway1',
      hint: expect.stringContaining('--replace'),
    })
    const from = clock.now()
    await expect(wait(contextWith(true, true, () => 'pending'))).rejects.toMatchObject({code: 'NOT_READY'})
    expect(clock.now() - from).toBe(3_600_000)
  })

  it('is asked about only where express mode may have been used', async () => {
    await wait(contextWith(false, true, () => 'pending'))
    await wait(contextWith(true, false, () => 'pending'))
    expect(asked).toBe(0)
  })
})
