import {beforeEach, describe, expect, test} from 'vitest'
import type {ContainerService} from '../../../src/aws/containers.js'
import type {ProgressEvent, StackProgress} from '../../../src/progress.js'
import {followServices} from '../../../src/steps/stacks/follow-services.js'
import {OperationRecord} from '../../../src/steps/stacks/record.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const clock = virtualClock()
let aws: FakeAws
let record: OperationRecord
let told: ProgressEvent[]
let looks: string[]

beforeEach(() => {
  aws = new FakeAws(clock)
  record = new OperationRecord()
  told = []
  looks = []
  const ask = aws.containers.services
  aws.containers.services = async (cluster, names) => {
    looks.push(`${cluster}: ${names.join(', ')}`)
    return ask(cluster, names)
  }
})

function happened(status: string, rest: Partial<StackProgress> = {}): void {
  const of = {label: 'services', stackName: 'demo-services', stackId: 'id', logicalId: 'AuthService'}
  const physicalId = 'arn:aws:ecs:us-west-2:123456789012:service/demo-ecs-cluster/demo-auth-server'
  const what = {type: 'AWS::ECS::Service', status, physicalId, reason: undefined, isStack: false}
  record.add({...of, ...what, at: clock.now(), ...rest})
}

function is(changes: Partial<ContainerService>): void {
  const service = aws.ecs.get('demo-auth-server')
  if (service) aws.ecs.set('demo-auth-server', {...service, ...changes})
}

/** Follows for so many seconds of the clock. */
async function followed(seconds: number, label = 'services'): Promise<void> {
  const ended = new AbortController()
  void clock.sleep(seconds * 1000).then(() => ended.abort())
  await followServices({aws, clock}, label, record, {tell: event => told.push(event), signal: ended.signal})
}

const unsteady = {
  ...{label: 'services', logicalId: 'AuthService', name: 'demo-auth-server'},
  ...{desired: 1, running: 0, failed: 3, lastEvent: '(service demo-auth-server) (port 8888) is unhealthy'},
}

describe('the services that CloudFormation waits for', () => {
  test('are told with their tasks and what ECS said last, once they take longer than usual', async () => {
    happened('CREATE_IN_PROGRESS', {physicalId: ''})
    happened('CREATE_IN_PROGRESS')
    is({desired: 1, running: 0, failedTasks: 3, events: [unsteady.lastEvent, 'started 1 tasks']})
    await followed(95)
    expect(looks).toEqual(['demo-ecs-cluster: demo-auth-server', 'demo-ecs-cluster: demo-auth-server'])
    expect(told).toEqual([
      {kind: 'services-waiting', services: [unsteady]},
      {kind: 'services-waiting', services: [unsteady]},
    ])
  })

  test('are known to whoever stops waiting now, and to nobody after that', async () => {
    happened('CREATE_IN_PROGRESS')
    is({desired: 1, running: 0, failedTasks: 3, events: [unsteady.lastEvent]})
    let known: unknown
    void clock.sleep(80_000).then(() => {
      known = record.unsteadyServices
    })
    await followed(85)
    expect(known).toEqual([unsteady])
    expect(record.unsteadyServices).toEqual([])
  })

  test.each([
    ['complete', 'CREATE_COMPLETE', {}],
    ['taken back', 'DELETE_IN_PROGRESS', {}],
    ['of another stack that is followed beside this one', 'CREATE_IN_PROGRESS', {label: 'compute'}],
    ['not made yet', 'CREATE_IN_PROGRESS', {physicalId: ''}],
  ])('are not asked for when they are %s', async (_, status, rest) => {
    happened(status, rest)
    await followed(300)
    expect({looks, told}).toEqual({looks: [], told: []})
  })

  test('of nested stacks are asked for by who follows the root', async () => {
    happened('UPDATE_IN_PROGRESS')
    await followed(70, 'main')
    expect(looks).toHaveLength(1)
  })

  test('cost one call in half a minute, and what AWS refuses is said once', async () => {
    happened('CREATE_IN_PROGRESS')
    aws.containers.services = async () => {
      looks.push('refused')
      throw new Error('not allowed')
    }
    await followed(600)
    expect(looks.length).toBeLessThanOrEqual(19)
    expect(told).toEqual([{kind: 'note', text: 'The services cannot be read: not allowed'}])
  })
})
