import {describe, expect, it} from 'vitest'
import {explainBehind} from '../../src/diagnosis/explain-behind.js'
import type {Evidence} from '../../src/results.js'

const circuitBreaker = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'."
const failure = {
  type: 'AWS::ECS::Service',
  status: 'CREATE_FAILED',
  physicalId: 'arn:aws:ecs:us-west-2:123456789012:service/demo-ecs-cluster/demo-registry',
  reason: circuitBreaker,
}
const task = (service: string, ...lines: string[]): Evidence => ({
  kind: 'task',
  title: `Task 1a2b of service ${service}`,
  lines,
})
const noMemory = task(
  'demo-registry',
  'STOPPED, EssentialContainerExited: Essential container in task exited',
  'Container registry: STOPPED with exit code 137 (killed): OutOfMemoryError: Container killed due to memory usage',
)

describe('a service of which CloudFormation says only that its tasks stopped', () => {
  const idOf = (evidence: readonly Evidence[], more = {}) =>
    explainBehind({...failure, ...more}, evidence)?.id

  it('is explained by what ECS says of its tasks, and by the container that says most', () => {
    expect(idOf([noMemory])).toBe('out-of-memory')
    expect(idOf([task('demo-registry', 'STOPPED, x: Essential container in task exited')])).toBe(
      'container-exited',
    )
  })

  it('is explained by the messages of the service when no task tells more', () => {
    const lines = [
      'ACTIVE: 0 of 1 tasks run, 0 are starting.',
      "(service demo-registry) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.",
    ]
    const service: Evidence = {
      kind: 'service',
      title: 'Service demo-registry in cluster demo-ecs-cluster',
      lines,
    }
    expect(idOf([task('demo-registry', 'RUNNING, health UNKNOWN.'), service])).toBe('fargate-cpu-limit')
  })

  it('keeps its own explanation without anything that is known, and does not take that of another service', () => {
    expect(idOf([])).toBe('deployment-circuit-breaker')
    expect(idOf([{...noMemory, title: 'Task 1a2b of service demo-auth-server'}])).toBe(
      'deployment-circuit-breaker',
    )
    expect(idOf([{...noMemory, title: 'Task 1a2b'}])).toBe('deployment-circuit-breaker')
    expect(idOf([noMemory], {physicalId: ''})).toBe('deployment-circuit-breaker')
  })

  it('keeps its own where CloudFormation says more, and of another resource tasks say nothing', () => {
    expect(idOf([noMemory], {reason: 'Rate exceeded'})).toBe('throttled')
    expect(idOf([noMemory], {type: 'AWS::ECS::TaskDefinition'})).toBe('deployment-circuit-breaker')
  })

  it('names its log only where a rollback does not delete that', () => {
    const exited = [task('demo-registry', 'STOPPED, x: Essential container in task exited')]
    expect(explainBehind({...failure, status: 'UPDATE_FAILED'}, exited)?.advice).toContain(
      '/ecs/demo-registry',
    )
    expect(explainBehind(failure, exited)?.advice).not.toContain('/ecs/')
  })
})
