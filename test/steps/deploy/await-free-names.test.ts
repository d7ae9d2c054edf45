import {beforeEach, describe, expect, it} from 'vitest'
import {failed} from '../../../src/errors.js'
import {awaitFreeNames, namespaceBelow} from '../../../src/steps/deploy/await-free-names.js'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

let aws: FakeAws
let clock: ReturnType<typeof virtualClock>
let context: DeployContext
let heard: ReturnType<typeof listener>
let began: number

beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
  aws.stacks.outputs = {...aws.stacks.outputs, ServiceDiscoveryNamespaceId: 'ns-1'}
  aws.stacks.putStack('demo-compute', 'CREATE_COMPLETE')
  context = deployContext(aws, clock, {layout: 'individual'})
  heard = listener()
  began = clock.now()
})

const wait = (signal = new AbortController().signal) => awaitFreeNames(context, {tell: heard.tell, signal})

it('asks once when no names are left', async () => {
  await wait()
  expect(aws.calls).toEqual(['services-in ns-1'])
  expect([heard.events, clock.now()]).toEqual([[], began])
})

it('waits until the names of deleted services are free, and says so', async () => {
  aws.discoveryNames = [['auth-server', 'registry'], ['registry'], []]
  await wait()
  expect(clock.now() - began).toBe(30_000)
  expect(heard.notes()).toEqual([
    'Names in Service Connect still belong to deleted services (auth-server, registry): waiting, 10 minutes at most, until ECS has removed them',
    'The names in Service Connect are free',
  ])
})

it('goes on after ten minutes, with the commands that remove a name', async () => {
  aws.discoveryNames = [['registry']]
  await wait()
  expect(clock.now() - began).toBe(600_000)
  expect(heard.notes().at(-1)).toMatch(
    /^Names in Service Connect have not become free \(registry\): going on\. .*`aws servicediscovery list-services --filters .?Name=NAMESPACE_ID,Values=ns-1.? --region us-west-2`.*delete-service --id ID/,
  )
})

it('does not ask where the services exist: the names are theirs', async () => {
  aws.stacks.putStack('demo-services', 'CREATE_COMPLETE')
  aws.discoveryNames = [['registry']]
  await wait()
  expect(aws.calls).toEqual([])
})

it('goes on where it may not look', async () => {
  aws.cloudMap.servicesIn = async () => {
    throw failed('ACCESS_DENIED', 'No permission for servicediscovery:ListServices.')
  }
  await wait()
  expect(heard.notes()).toEqual([
    'Whether names in Service Connect are free cannot be read: No permission for servicediscovery:ListServices.',
  ])
})

it('ends with the command', async () => {
  const controller = new AbortController()
  controller.abort(new Error('stopped'))
  aws.discoveryNames = [['registry']]
  await expect(wait(controller.signal)).rejects.toThrow('stopped')
})

describe('below a root', () => {
  const below = () => namespaceBelow(context, 'demo')

  beforeEach(() => {
    aws.stacks.putStack('demo', 'CREATE_COMPLETE')
  })

  it('the names are in the namespace of the nested stack that has it', async () => {
    const {describe: original} = aws.stacks
    aws.stacks.describe = async name => {
      const stack = await original.call(aws.stacks, name)
      return stack && {...stack, outputs: {ServiceDiscoveryNamespaceId: 'ns-2'}}
    }
    expect(await below()).toBe('ns-2')
    await awaitFreeNames(context, {tell: heard.tell, signal: new AbortController().signal}, below)
    expect(aws.calls).toEqual(['services-in ns-2'])
  })

  it('a namespace that is made anew has none', async () => {
    aws.stacks.alone('demo', 'compute', 'DELETE_COMPLETE')
    expect(await below()).toBeUndefined()
  })
})
