import {expect, test} from 'vitest'
import {unmetFaults} from '../../../src/rehearsal/control/unmet-faults.js'
import {setFault} from '../../../src/rehearsal/faults/setting.js'
import {engineWorld, logGroup} from '../engine/engine-world.js'

const logGroups = {Logs: logGroup('/demo/logs'), Other: logGroup('/demo/other')}

/** An account with a complete stack `demo-data` and, in a root, a nested one. */
function accountWith(...faults: string[]) {
  const account = engineWorld()
  const templateUrl = account.upload('nested.json', {Resources: {Cluster: {Type: 'AWS::ECS::Cluster'}}})
  account.create('demo-data', {Resources: logGroups})
  account.create('demo', {
    Resources: {ComputeStack: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: templateUrl}}},
  })
  account.pass(600)
  for (const fault of faults) setFault(account.world, fault)
  return account
}

const unmet = (...faults: string[]) => [...unmetFaults(accountWith(...faults).world).values()]

test.each([
  'fail-delete Logs',
  'fail-delete *-data/Logs',
  'fail-update ComputeStack/Cluster',
  'slow AWS::Logs::* factor=2',
  'stale *-data by=1m',
  'recreate-log-group /demo/*',
  'forget-tags AWS::ECS::Cluster',
  'throttle ecs rate=1%',
  'model anthropic.* state=absent',
  'quota L-0263D0A3',
])('what "%s" names is there: nothing is said', fault => {
  expect(unmet(fault)).toEqual([])
})

test.each([
  ['fail-create Lgos', 'nothing is called Lgos'],
  ['fail-create *-data/Cluster', 'nothing is called *-data/Cluster; there is ComputeStack/Cluster'],
  ['fail-delete Logs region=eu-west-1', 'nothing is called Logs in eu-west-1'],
  ['slow AWS::RDS::* factor=2', 'nothing is called AWS::RDS::*'],
  ['stale *-services by=1m', 'nothing is called *-services'],
  ['unsteady *-registry', 'nothing is called *-registry'],
  ['remove-listener *-alb:80', 'nothing is called *-alb:80'],
  ['throttle ecs region=eu-west-1', 'nothing was asked in eu-west-1'],
])('"%s" never happened, and why', (fault, why) => {
  expect(unmet(fault)).toEqual([`The fault "${fault}" never happened: ${why}.`])
})

test('nothing is said of an account that is empty, or while a stack is made: what the fault names may be still to come', () => {
  const empty = engineWorld()
  setFault(empty.world, 'fail-create Lgos')
  expect(unmetFaults(empty.world).size).toBe(0)
  const account = accountWith('fail-create Lgos')
  account.create('more', {Resources: {More: logGroup('more')}})
  expect(unmetFaults(account.world).size).toBe(0)
  account.pass(600)
  expect(unmetFaults(account.world).size).toBe(1)
})

test('a fault that was triggered is not told of, whatever became of what it names', () => {
  const account = accountWith('fail-delete Logs once')
  account.remove('demo-data')
  account.pass(600)
  account.remove('demo-data')
  account.pass(600)
  expect(unmetFaults(account.world).size).toBe(0)
})
