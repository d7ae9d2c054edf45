import {beforeEach, expect, test} from 'vitest'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {keepSnapshot} from '../../../src/steps/teardown/keep-snapshot.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

let aws: FakeAws
let context: TeardownContext
let told: ReturnType<typeof listener>

beforeEach(() => {
  const clock = virtualClock(Date.UTC(2026, 0, 2, 3, 4, 5))
  aws = new FakeAws(clock)
  context = {...teardownContext(aws, clock), keepSnapshot: true}
  told = listener()
})

const keep = () => keepSnapshot().run(context, {tell: told.tell, signal: new AbortController().signal})
const name = 'demo-keycloak-kept-20260102030405'

test('is left out where it was not asked for', () => {
  expect(keepSnapshot().skip?.({...context, keepSnapshot: false})).toContain('--keep-snapshot')
  expect(keepSnapshot().skip?.(context)).toBeUndefined()
})

test('what is kept is a copy that needs no key of the environment; the first one goes when it is there', async () => {
  aws.clusters = ['c-1']
  await keep()
  expect(aws.calls).toEqual([
    `take c-1 ${name}-own-key`,
    `copy ${name}-own-key ${name}`,
    `delete-snapshot ${name}-own-key`,
  ])
  expect(aws.clusterSnapshots).toEqual(new Map([[name, expect.objectContaining({status: 'available'})]]))
  expect(told.notes().at(-1)).toContain(`--db-cluster-snapshot-identifier ${name} --region us-west-2`)
})

test('the command that deletes it goes where the snapshot is, with the profile that was named', async () => {
  aws.clusters = ['c-1']
  Object.assign(aws, {endpoint: 'http://127.0.0.1:4566', profile: 'class-7'})
  await keep()
  expect(told.notes().at(-1)).toMatch(/ --profile class-7 --endpoint-url http:\/\/127\.0\.0\.1:4566$/)
})

test('each of several databases has one, such as that which an update left', async () => {
  aws.clusters = ['c-1', 'c-2']
  await keep()
  expect([...aws.clusterSnapshots.keys()]).toHaveLength(2)
})

test('a snapshot that fails ends the teardown before anything is deleted', async () => {
  aws.clusters = ['c-1']
  aws.snapshots.take = async (_cluster, taken) => {
    aws.clusterSnapshots.set(taken, {status: 'failed', looks: 0})
  }
  await expect(keep()).rejects.toMatchObject({code: 'SNAPSHOT_FAILED', exitCode: 1})
})

test('one that vanishes while it is waited for is told of', async () => {
  aws.clusters = ['c-1']
  aws.snapshots.take = async () => {}
  await expect(keep()).rejects.toMatchObject({
    code: 'SNAPSHOT_FAILED',
    message: expect.stringContaining('not listed'),
  })
})

test('what an earlier run left half done is cleared away', async () => {
  aws.clusters = ['c-1']
  aws.clusterSnapshots.set('demo-keycloak-kept-20250101000000-own-key', {status: 'available', looks: 0})
  await keep()
  expect([...aws.clusterSnapshots.keys()]).toEqual([name])
})

test('a database that is gone, and was kept, is no reason to stop; one that never was is', async () => {
  aws.clusterSnapshots.set('demo-keycloak-kept-20250101000000', {status: 'available', looks: 0})
  await keep()
  expect(told.notes()).toEqual([expect.stringContaining('demo-keycloak-kept-20250101000000 keeps it')])
  aws.clusterSnapshots.clear()
  await expect(keep()).rejects.toMatchObject({code: 'NO_DATABASE_TO_KEEP', exitCode: 3})
})
