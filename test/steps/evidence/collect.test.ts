import {describe, expect, it} from 'vitest'
import type {Build} from '../../../src/aws/builds.js'
import {failed} from '../../../src/errors.js'
import {collectEvidence, hasEvidence} from '../../../src/steps/evidence/collect.js'
import {atMost} from '../../../src/steps/evidence/reads.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'
import {failure, killed, never, serviceFixture} from './fixture.js'

describe('behind a service', () => {
  it('lie its tasks, the last log lines, its targets and what ECS says, in this order', async () => {
    const evidence = await collectEvidence(serviceFixture(), failure(), never)
    expect(evidence).toEqual([
      {
        kind: 'task',
        title: 'Task killed of service demo-registry',
        lines: [
          'STOPPED, EssentialContainerExited: Essential container in task exited',
          'Container seed: STOPPED with exit code 0',
          'Container registry: STOPPED with exit code 137 (killed): OutOfMemoryError: Container killed',
        ],
      },
      expect.objectContaining({title: 'Task before of service demo-registry'}),
      {kind: 'task', title: 'Task runs of service demo-registry', lines: ['RUNNING, health HEALTHY.']},
      {
        kind: 'log',
        title: 'Container registry, log group /ecs/demo-registry, stream ecs/registry/killed',
        lines: ['starting', 'no memory left'],
      },
      {
        kind: 'target',
        title: 'Target group demo-registry-tg',
        lines: [
          '10.0.0.7:80 is unhealthy (Target.ResponseCodeMismatch: Health checks failed with these codes: [502])',
        ],
      },
      {
        kind: 'service',
        title: 'Service demo-registry in cluster demo-ecs-cluster',
        lines: [
          'ACTIVE: 0 of 1 tasks run, 0 are starting.',
          'Roll-out FAILED: ECS deployment circuit breaker: tasks failed to start. 3 of its tasks failed.',
          'newest',
          'older',
        ],
      },
    ])
  })

  it('no log is looked for of a task that failed to start', async () => {
    const aws = serviceFixture()
    const stoppedReason = 'CannotPullContainerError: demo-registry:latest: not found'
    aws.stoppedTasks = [{...killed, stopCode: 'TaskFailedToStart', stoppedReason}]
    aws.definitions.clear()
    const evidence = await collectEvidence(aws, failure(), never)
    expect(evidence.filter(({kind}) => kind === 'log')).toEqual([])
    expect(evidence[0]?.lines[0]).toBe(`STOPPED, TaskFailedToStart: ${stoppedReason}`)
  })

  it('a container that failed and wrote nothing is said to', async () => {
    const aws = serviceFixture()
    aws.streams.clear()
    const evidence = await collectEvidence(aws, failure(), never)
    expect(evidence.find(({kind}) => kind === 'log')?.lines).toEqual(['The container wrote nothing.'])
  })

  it('an area that cannot be read is a line, and the others are read', async () => {
    const aws = serviceFixture()
    aws.logs.tail = async () => {
      throw failed('ACCESS_DENIED', 'This identity may not call logs:GetLogEvents.')
    }
    const evidence = await collectEvidence(aws, failure(), never)
    expect(evidence.filter(({kind}) => kind === 'log')).toEqual([
      {
        kind: 'log',
        title: 'Logs of Service demo-registry',
        lines: ['could not be read: This identity may not call logs:GetLogEvents.'],
      },
    ])
    expect(evidence.filter(({kind}) => kind === 'task')).toHaveLength(3)
    expect(evidence.filter(({kind}) => kind === 'target')).toHaveLength(1)
  })

  it('what is not read before the deadline is a line', async () => {
    const aws = serviceFixture()
    aws.loadBalancers.targetHealth = () => new Promise(() => {})
    const late = new AbortController()
    const collecting = collectEvidence(aws, failure(), late.signal)
    await new Promise(resolve => setImmediate(resolve))
    late.abort(new Error('It took longer than 30 s.'))
    const evidence = await collecting
    expect(evidence.find(({kind}) => kind === 'target')?.lines).toEqual([
      'could not be read: It took longer than 30 s.',
    ])
    expect(evidence.filter(({kind}) => kind === 'task')).toHaveLength(3)
  })

  it('AWS is asked no more than so many times', async () => {
    const evidence = await collectEvidence(atMost(3, serviceFixture()), failure(), never)
    const refused = evidence.filter(({lines}) => lines[0]?.includes('AWS was asked 3 times already.'))
    expect(refused.map(({kind}) => kind)).toEqual(['log', 'target'])
  })

  it('a service that never came to be has nothing behind it', async () => {
    expect(await collectEvidence(serviceFixture(), failure({physicalId: ''}), never)).toEqual([])
  })

  it('the tasks of a service that the rollback has removed already are found all the same', async () => {
    const aws = serviceFixture()
    aws.ecs.clear()
    aws.leftTasks = aws.stoppedTasks
    aws.stoppedTasks = []
    aws.registryTasks = []
    const evidence = await collectEvidence(aws, failure(), never)
    expect(evidence.map(({title}) => title).slice(0, 2)).toEqual([
      'Task killed of service demo-registry',
      'Task before of service demo-registry',
    ])
    expect(evidence.find(({kind}) => kind === 'log')?.lines).toEqual(['starting', 'no memory left'])
  })

  it('a service that is gone is said to be', async () => {
    const aws = serviceFixture()
    aws.ecs.clear()
    const evidence = await collectEvidence(aws, failure(), never)
    expect(evidence.find(({kind}) => kind === 'service')?.lines).toEqual(['It no longer exists.'])
  })
})

describe('behind a custom resource', () => {
  const id = 'demo-container-build:45501ef6-8406-4327-82f7-24200340c926'
  const build: Build = {
    id,
    number: 1,
    status: 'FAILED',
    currentPhase: 'COMPLETED',
    complete: true,
    phases: [
      {name: 'INSTALL', status: 'SUCCEEDED'},
      {name: 'BUILD', status: 'FAILED', message: 'exit status 1'},
    ],
    logs: {group: '/aws/codebuild/demo', stream: 's'},
    environment: {SECRET: 'hidden'},
    exported: {FAILED_IMAGES: 'registry'},
  }
  const reason = `The image build ${id} ended with FAILED.`
  const images = failure({type: 'Custom::ContainerImages', logicalId: 'ContainerImages', reason})

  function fixture(): FakeAws {
    const aws = new FakeAws(virtualClock())
    aws.build = build
    aws.stacks.resources = async () => [
      {logicalId: 'Trigger', physicalId: 'demo-build-trigger', type: 'AWS::Lambda::Function', status: ''},
    ]
    aws.streams.set('/aws/codebuild/demo s', ['Image registry: FAILED'])
    aws.streams.set('/aws/lambda/demo-build-trigger old', ['first'])
    aws.streams.set('/aws/lambda/demo-build-trigger new', ['second'])
    return aws
  }

  it('lie the build that its reason names, with phase and images, and the log of the function', async () => {
    expect(await collectEvidence(fixture(), images, never)).toEqual([
      {
        kind: 'build',
        title: `Build ${id}`,
        lines: ['FAILED in phase BUILD.', 'Failed images: registry.', 'CodeBuild says: exit status 1'],
      },
      {
        kind: 'log',
        title: 'Image build, log group /aws/codebuild/demo, stream s',
        lines: ['Image registry: FAILED'],
      },
      {
        kind: 'custom-resource',
        title: 'Function demo-build-trigger, log group /aws/lambda/demo-build-trigger',
        lines: ['first', 'second'],
      },
    ])
  })

  it('the build is told also when its log cannot be read', async () => {
    const aws = fixture()
    const {tail} = aws.logs
    aws.logs.tail = async (group, ...rest) => {
      if (group.startsWith('/aws/codebuild')) throw new Error('no')
      return tail(group, ...rest)
    }
    const [told, log] = await collectEvidence(aws, images, never)
    expect(told?.lines).toContain('Failed images: registry.')
    expect(log?.lines).toEqual(['could not be read: no'])
  })

  it('a build that ended well is no evidence', async () => {
    const aws = fixture()
    aws.build = {...build, status: 'SUCCEEDED'}
    const evidence = await collectEvidence(aws, {...images, reason: 'Timed out'}, never)
    expect(evidence.map(({kind}) => kind)).toEqual(['custom-resource'])
  })
})

it.each([
  ['AWS::ECS::Service', true],
  ['Custom::Anything', true],
  ['AWS::CloudFormation::CustomResource', true],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', true],
  ['AWS::CodeBuild::Project', true],
  ['AWS::EC2::NatGateway', false],
  ['AWS::RDS::DBInstance', false],
])('behind %s there is something to read: %s', (type, expected) => {
  expect(hasEvidence(failure({type}))).toBe(expected)
})
