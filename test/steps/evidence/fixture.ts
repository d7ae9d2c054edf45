import type {ContainerTask} from '../../../src/aws/containers.js'
import type {StackProgress} from '../../../src/progress.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

/** A row of a resource that failed. */
export function failure(rest: Partial<StackProgress> = {}): StackProgress {
  return {
    label: 'services',
    stackName: 'demo-services',
    stackId: 'arn:aws:cloudformation:us-west-2:123456789012:stack/demo-services/1',
    logicalId: 'RegistryService',
    physicalId: 'arn:aws:ecs:us-west-2:123456789012:service/demo-ecs-cluster/demo-registry',
    type: 'AWS::ECS::Service',
    status: 'CREATE_FAILED',
    reason: 'Circuit breaker',
    at: 0,
    isStack: false,
    ...rest,
  }
}

/** A task whose container was killed. */
export const killed: ContainerTask = {
  id: 'killed',
  definition: 'arn:td:1',
  stoppedAt: 2000,
  lastStatus: 'STOPPED',
  healthStatus: 'UNKNOWN',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers: [
    {name: 'seed', lastStatus: 'STOPPED', exitCode: 0},
    {name: 'registry', lastStatus: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError: Container killed'},
  ],
}

/** A service with a task that was killed, one that runs, and one that a scaling ended; its logs and targets. */
export function serviceFixture(): FakeAws {
  const aws = new FakeAws(virtualClock())
  const service = aws.ecs.get('demo-registry')
  if (service === undefined) throw new Error('no registry')
  aws.ecs.set('demo-registry', {
    ...service,
    running: 0,
    rollout: 'FAILED',
    rolloutReason: 'ECS deployment circuit breaker: tasks failed to start.',
    failedTasks: 3,
    events: ['newest', 'older'],
    targetGroups: ['arn:aws:elasticloadbalancing:us-west-2:1:targetgroup/demo-registry-tg/0a'],
  })
  const scaled = {
    ...killed,
    id: 'scaled',
    stoppedAt: 3000,
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Service was deleted',
  }
  aws.stoppedTasks = [scaled, killed, {...killed, id: 'before', stoppedAt: 1000}]
  aws.registryTasks = [{id: 'runs', lastStatus: 'RUNNING', healthStatus: 'HEALTHY', containers: []}]
  const log = {group: '/ecs/demo-registry', prefix: 'ecs'}
  aws.definitions.set('arn:td:1', [
    {name: 'seed', image: 'seed', essential: false, log},
    {name: 'registry', image: 'registry', essential: true, log},
  ])
  aws.streams.set('/ecs/demo-registry ecs/registry/killed', ['starting', 'no memory left'])
  aws.health.set('arn:aws:elasticloadbalancing:us-west-2:1:targetgroup/demo-registry-tg/0a', [
    {
      id: '10.0.0.7',
      port: 80,
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [502]',
    },
  ])
  return aws
}

export const never = new AbortController().signal
