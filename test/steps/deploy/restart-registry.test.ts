import {beforeEach, expect, it} from 'vitest'
import type {ContainerService} from '../../../src/aws/containers.js'
import {services} from '../../../src/environment/services.js'
import type {ProgressEvent} from '../../../src/progress.js'
import {restartRegistry} from '../../../src/steps/deploy/restart-registry.js'
import {deployContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const minute = 60_000
let aws: FakeAws
let told: ProgressEvent[]

/** A creation in order: everybody else in the first minute, then the registry. */
beforeEach(() => {
  aws = new FakeAws(virtualClock())
  told = []
  for (const {key} of services) happen(key, {createdAt: minute, deployedAt: minute})
  happen('registry', {createdAt: 3 * minute, deployedAt: 3 * minute})
  happen('mcpgw', {deployedAt: 5 * minute})
})

function happen(key: string, changes: Partial<ContainerService>): void {
  const service = aws.ecs.get(`demo-${key}`)
  if (service) aws.ecs.set(`demo-${key}`, {...service, ...changes})
}

/** Who was deployed again. */
async function restarted(): Promise<string[]> {
  const signal = new AbortController().signal
  await restartRegistry().run(deployContext(aws, virtualClock()), {tell: event => told.push(event), signal})
  return aws.calls.filter(call => call.startsWith('restart ')).map(call => call.replace('restart demo-', ''))
}

it('restarts nothing when everybody was deployed after those whom they call', async () => {
  expect(await restarted()).toEqual([])
  expect(told).toEqual([])
})

it('deploys mcpgw again after a creation in which the registry came after it, and says for whom', async () => {
  happen('mcpgw', {deployedAt: minute})
  expect(await restarted()).toEqual(['mcpgw'])
  expect(told).toEqual([
    {
      kind: 'note',
      text: 'Deployed again, since a task finds only services that existed when its own was deployed: demo-mcpgw (to find registry)',
    },
  ])
})

it('waits until the roll-out is over, looking once in ten seconds at those alone', async () => {
  happen('mcpgw', {deployedAt: minute})
  const looks: (readonly string[])[] = []
  const ask = aws.containers.services
  aws.containers.services = async (cluster, names) => {
    looks.push(names)
    happen('mcpgw', looks.length < 8 ? {deployments: 2, rollout: 'IN_PROGRESS'} : {deployments: 1})
    if (looks.length === 8) happen('mcpgw', {rollout: 'COMPLETED'})
    return ask(cluster, names)
  }
  const clock = virtualClock()
  const context = deployContext(aws, clock)
  const started = clock.now()
  await restartRegistry().run(context, {tell: () => {}, signal: new AbortController().signal})
  expect(looks.slice(1)).toEqual(Array.from({length: 7}, () => ['demo-mcpgw']))
  expect(clock.now() - started).toBe(70_000)
})

it.each([
  ['that fails', {deployments: 2, rollout: 'FAILED'}, 10_000],
  ['that does not end', {deployments: 2, rollout: 'IN_PROGRESS'}, 5 * minute],
])('leaves a roll-out %s to the verification', async (_how, changes, waited) => {
  happen('mcpgw', {deployedAt: minute, ...changes})
  const clock = virtualClock()
  const started = clock.now()
  const signal = new AbortController().signal
  await restartRegistry().run(deployContext(aws, clock), {tell: () => {}, signal})
  expect(clock.now() - started).toBe(waited)
})

it('does not wait when nothing is verified', async () => {
  happen('mcpgw', {deployedAt: minute, deployments: 2, rollout: 'IN_PROGRESS'})
  const clock = virtualClock()
  const started = clock.now()
  const signal = new AbortController().signal
  await restartRegistry().run(deployContext(aws, clock, {verify: false}), {tell: () => {}, signal})
  expect(clock.now()).toBe(started)
})

it('deploys both again when they were made side by side', async () => {
  for (const {key} of services) happen(key, {createdAt: minute, deployedAt: minute})
  expect(await restarted()).toEqual(['registry', 'mcpgw'])
})

// A task of an old deployment may start at any time, and still does not know the new endpoint.
it('looks at the deployment, not at when a task has started', async () => {
  aws.registryTasks = [
    {id: 't', startedAt: 9 * minute, lastStatus: 'RUNNING', healthStatus: 'HEALTHY', containers: []},
  ]
  happen('currenttime', {createdAt: 8 * minute, deployedAt: 8 * minute})
  expect(await restarted()).toEqual(['registry'])
})

it('leaves a registry alone whose tasks are older than a server that its deployment knows', async () => {
  aws.registryTasks = [
    {id: 't', startedAt: 0, lastStatus: 'RUNNING', healthStatus: 'HEALTHY', containers: []},
  ]
  expect(await restarted()).toEqual([])
})

it('minds the auth server that was deleted and made again, also in an update', async () => {
  happen('auth-server', {createdAt: 20 * minute, deployedAt: 20 * minute})
  expect(await restarted()).toEqual(['registry'])
})

it('does not mind a service that was only deployed again: its endpoint has stayed', async () => {
  happen('auth-server', {deployedAt: 20 * minute})
  expect(await restarted()).toEqual([])
})

it.each([
  ['is gone', {status: 'MISSING' as const, deployedAt: undefined}],
  ['has no tasks to restart', {desired: 0}],
])('leaves a caller alone that %s', async (_why, changes) => {
  happen('auth-server', {createdAt: 20 * minute})
  happen('registry', changes)
  expect(await restarted()).toEqual([])
})

it('does not mind a server that is gone', async () => {
  happen('realserverfaketools', {status: 'INACTIVE', createdAt: 20 * minute})
  expect(await restarted()).toEqual([])
})
