import {expect, test} from 'vitest'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {findStandaloneTasks, stopStandaloneTasks} from '../../../src/steps/teardown/standalone-tasks.js'
import {whatGoes} from '../../../src/steps/teardown/what-goes.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const arn = 'arn:aws:ecs:us-west-2:123456789012:task/demo-ecs-cluster/0a1b'

test("standalone tasks are found in the environment's clusters alone, told, and stopped", async () => {
  const clock = virtualClock()
  const aws = new FakeAws(clock)
  const asked: string[] = []
  aws.standaloneTasks.in = async cluster => {
    asked.push(cluster)
    return [{arn, group: 'family:demo-registry', startedBy: ''}]
  }
  const cluster = (physicalId: string, status: string) => ({
    ...{logicalId: 'Cluster', type: 'AWS::ECS::Cluster', physicalId, status},
  })
  const resources = [cluster('demo-ecs-cluster', 'CREATE_COMPLETE'), cluster('demo-old', 'DELETE_COMPLETE')]
  const context: TeardownContext = {
    ...teardownContext(aws, clock),
    inventory: [{label: 'compute', resources}],
  }
  const tools = {...listener(), signal: new AbortController().signal}
  await findStandaloneTasks().run(context, tools)
  expect(asked).toEqual(['demo-ecs-cluster'])
  expect(whatGoes(context).blocks).toMatchObject([
    {kind: 'ecs:task', name: 'demo-ecs-cluster/0a1b', cleared: true},
  ])
  expect(aws.calls).toEqual([])
  await stopStandaloneTasks().run(context, tools)
  expect(aws.calls).toEqual([`stop task demo-ecs-cluster ${arn}`])
  expect(context.cleaned).toEqual([{kind: 'ecs:task', name: 'demo-ecs-cluster/0a1b'}])
})
