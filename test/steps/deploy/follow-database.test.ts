import {beforeEach, expect, test} from 'vitest'
import type {ContainerService} from '../../../src/aws/containers.js'
import {services} from '../../../src/environment/services.js'
import {followDatabase} from '../../../src/steps/deploy/follow-database.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const minute = 60_000
let aws: FakeAws

beforeEach(() => {
  aws = new FakeAws(virtualClock())
  aws.databaseMadeAt = minute
  for (const {key} of services) happen(key, {deployedAt: 2 * minute})
})

function happen(key: string, changes: Partial<ContainerService>): void {
  const service = aws.ecs.get(`demo-${key}`)
  if (service) aws.ecs.set(`demo-${key}`, {...service, ...changes})
}

/** Who was restarted. @param changed logical ids of what an update has changed, and when */
async function restarted(changed: readonly (readonly [string, number])[] = []): Promise<string[]> {
  const context = deployContext(aws, virtualClock())
  for (const [logicalId, at] of changed)
    context.record.add({
      ...{label: 'data', stackName: 'demo-data', stackId: 'arn:data', logicalId, physicalId: 'x'},
      ...{type: 'AWS::SSM::Parameter', status: 'UPDATE_COMPLETE', reason: undefined, at, isStack: false},
    })
  await followDatabase().run(context, {...listener(), signal: new AbortController().signal})
  return aws.calls.filter(call => call.startsWith('restart ')).map(call => call.replace('restart demo-', ''))
}

test('who was deployed after the database was made is left alone', async () => {
  expect(await restarted()).toEqual([])
})

test('another database has Keycloak started anew, then who keeps the keys of the old realm', async () => {
  aws.databaseMadeAt = 3 * minute
  expect(await restarted()).toEqual(['keycloak', 'auth-server'])
})

test('a run that was cut off between the two goes on with the second', async () => {
  aws.databaseMadeAt = 3 * minute
  happen('keycloak', {deployedAt: 4 * minute})
  expect(await restarted()).toEqual(['auth-server'])
})

test('the auth server is not restarted before Keycloak has let go of the old database', async () => {
  aws.databaseMadeAt = 3 * minute
  const ask = aws.containers.services
  let looks = 0
  aws.containers.services = async (cluster, names) => {
    if (names[0] === 'demo-keycloak' && aws.calls.includes('restart demo-keycloak')) {
      looks += 1
      expect(aws.calls).not.toContain('restart demo-auth-server')
      happen('keycloak', {deployments: looks < 5 ? 2 : 1})
    }
    return ask(cluster, names)
  }
  expect(await restarted()).toEqual(['keycloak', 'auth-server'])
  expect(looks).toBe(5)
})

test('a password that was changed has Keycloak alone started anew; one of before its deployment does not', async () => {
  expect(await restarted([['DatabaseSecret', minute]])).toEqual([])
  expect(await restarted([['DatabaseSecret', 3 * minute]])).toEqual(['keycloak'])
})

test('a service that does not run is left alone', async () => {
  aws.databaseMadeAt = 3 * minute
  happen('keycloak', {desired: 0})
  happen('auth-server', {status: 'MISSING'})
  expect(await restarted()).toEqual([])
})

test('a new environment is not looked at', () => {
  const context = deployContext(aws, virtualClock())
  expect(followDatabase().skip?.({...context, existingStacks: []})).toBe('everything is new')
})
