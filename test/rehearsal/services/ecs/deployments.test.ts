import {describe, expect, it} from 'vitest'
import {stateOf} from '../../../../src/rehearsal/resources/ecs-services.js'
import {ecsOperations} from '../../../../src/rehearsal/services/ecs/operations.js'
import {targetsOf} from '../../../../src/rehearsal/services/elbv2/target-groups.js'
import {call, put, secondsUntil} from './fixtures.js'
import {gateway, image, secondsUntilReady, service, taskDefinition} from './gateway.js'

describe('a new service', () => {
  it.each([1, 2, 3])('behind a load balancer is steady after about three minutes (seed %i)', seed => {
    const base = gateway({port: 80, seed})
    const made = service(base, {
      name: 'demo-registry',
      image: image(base, 'registry'),
      port: 80,
      group: base.group,
    })
    const seconds = secondsUntilReady(base, made)
    expect(seconds).toBeGreaterThan(140)
    expect(seconds).toBeLessThan(220)
    expect(targetsOf(base.group)).toMatchObject([{port: 80, state: 'healthy'}])
  })

  it.each([1, 2, 3])('without a load balancer is steady after about a minute and a half (seed %i)', seed => {
    const base = gateway({port: 80, seed})
    const made = service(base, {name: 'demo-currenttime', image: image(base, 'currenttime'), port: 8000})
    const seconds = secondsUntilReady(base, made)
    expect(seconds).toBeGreaterThan(70)
    expect(seconds).toBeLessThan(110)
  })

  it('goes through pending to running, and tells in the words of ECS', async () => {
    const base = gateway({port: 80})
    const made = service(base, {
      name: 'demo-registry',
      image: image(base, 'registry'),
      port: 80,
      group: base.group,
    })
    const ecs = ecsOperations(base.world)
    const describeIt = async () =>
      (await ecs.DescribeServices?.({cluster: 'demo-cluster', services: ['demo-registry']}, call))
        ?.services?.[0]
    base.pass(20)
    expect(await describeIt()).toMatchObject({
      status: 'ACTIVE',
      desiredCount: 1,
      runningCount: 0,
      pendingCount: 1,
    })
    secondsUntilReady(base, made)
    const described = await describeIt()
    expect(described).toMatchObject({runningCount: 1, pendingCount: 0})
    expect(described?.deployments).toMatchObject([
      {status: 'PRIMARY', rolloutState: 'COMPLETED', failedTasks: 0, runningCount: 1},
    ])
    expect(described?.deployments?.[0]?.rolloutStateReason).toMatch(
      /^ECS deployment ecs-svc\/\d{19} completed\.$/,
    )
    const messages = described?.events?.map(({message}) =>
      message?.replace(/[0-9a-f]{32}|ecs-svc\/\d+/g, 'X'),
    )
    expect(messages?.toReversed()).toEqual([
      '(service demo-registry) has started 1 tasks: (task X).',
      `(service demo-registry) registered 1 targets in (target-group ${base.group.physicalId})`,
      '(service demo-registry) (deployment X) deployment completed.',
      '(service demo-registry) has reached a steady state.',
    ])
  })

  it('runs an init container to its end before the main one', () => {
    const base = gateway({port: 80})
    const address = image(base, 'currenttime')
    const made = service(base, {
      name: 'demo-currenttime',
      image: address,
      containers: [{Name: 'init', Image: address, Essential: false}],
      container: {DependsOn: [{ContainerName: 'init', Condition: 'SUCCESS'}]},
    })
    secondsUntilReady(base, made)
    const [task] = Object.values(base.region.tasks)
    expect(task?.containers).toMatchObject([
      {name: 'init', lastStatus: 'STOPPED', exitCode: 0},
      {name: 'demo-currenttime', lastStatus: 'RUNNING', healthStatus: 'HEALTHY'},
    ])
  })

  it('lives on from its JSON in the same way', () => {
    const base = gateway({port: 80})
    const made = service(base, {
      name: 'demo-registry',
      image: image(base, 'registry'),
      port: 80,
      group: base.group,
    })
    base.pass(60)
    Object.assign(base.world.account, JSON.parse(JSON.stringify(base.world.account)))
    Object.assign(base.region, base.world.account.regions['us-west-2'])
    base.world.account.regions['us-west-2'] = base.region
    const again = base.world.resource(base.region, made.type, made.physicalId)
    expect(again).not.toBe(made)
    expect(
      secondsUntil(base, () => again !== undefined && base.progress(again).state === 'ready'),
    ).toBeLessThan(160)
  })
})

describe('a service that cannot start', () => {
  it('fails by its circuit breaker when the image is missing', () => {
    const base = gateway({port: 80})
    const uri = image(base, 'currenttime').replace(':latest', ':absent')
    const made = service(base, {name: 'demo-currenttime', image: uri})
    expect(() => secondsUntilReady(base, made)).toThrow(
      /^Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'\." \(RequestToken: .*, HandlerErrorCode: GeneralServiceException\)$/,
    )
    expect(stateOf(made).deployments[0]).toMatchObject({
      failedTasks: 3,
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    })
    const words = stateOf(made).events.filter(({message}) =>
      message.includes('is unable to consistently start'),
    )
    expect(words).toMatchObject([
      {
        message:
          '(service demo-currenttime) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      },
    ])
    for (const task of Object.values(base.region.tasks)) {
      expect(task.stopCode).toBe('TaskFailedToStart')
      expect(task.stoppedReason).toMatch(/^CannotPullContainerError: .*demo-currenttime:absent: not found$/)
    }
  })

  it('says which secret does not exist', () => {
    const base = gateway({port: 80})
    const secret = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:demo-secret-AbCdEf'
    service(base, {
      name: 'demo-currenttime',
      image: image(base, 'currenttime'),
      container: {Secrets: [{Name: 'KEY', ValueFrom: `${secret}:secret_key::`}]},
    })
    base.pass(120)
    const stopped = Object.values(base.region.tasks).filter(({lastStatus}) => lastStatus === 'STOPPED')
    expect(stopped[0]?.stoppedReason).toMatch(
      /^ResourceInitializationError: unable to pull secrets or registry auth: .*demo-secret-AbCdEf.*ResourceNotFoundException/,
    )
  })

  it('recovers when what was missing appears before the breaker gives up', () => {
    const base = gateway({port: 80})
    const made = service(base, {
      name: 'demo-currenttime',
      image: image(base, 'currenttime'),
      container: {
        Secrets: [{Name: 'KEY', ValueFrom: 'arn:aws:ssm:us-west-2:111122223333:parameter/demo/key'}],
      },
    })
    base.pass(60)
    put(base.world, 'AWS::SSM::Parameter', '/demo/key')
    secondsUntilReady(base, made)
    expect(stateOf(made).deployments).toMatchObject([{rolloutState: 'COMPLETED'}])
  })

  it('is refused when nothing listens for its target group', () => {
    const base = gateway({port: 80})
    base.world.remove(base.region, base.listener)
    expect(() =>
      service(base, {name: 'demo-registry', image: image(base, 'registry'), port: 80, group: base.group}),
    ).toThrow(/does not have an associated load balancer.*HandlerErrorCode: InvalidRequest/)
  })
})

describe('a running service', () => {
  const running = () => {
    const base = gateway({port: 80})
    const made = service(base, {
      name: 'demo-registry',
      image: image(base, 'registry'),
      port: 80,
      group: base.group,
    })
    secondsUntilReady(base, made)
    return {...base, made, ecs: ecsOperations(base.world)}
  }

  it('drains its target and stops its task when it is scaled to zero', async () => {
    const {made, ecs, ...base} = running()
    await ecs.UpdateService?.({cluster: 'demo-cluster', service: 'demo-registry', desiredCount: 0}, call)
    base.pass(4)
    expect(targetsOf(base.group)).toMatchObject([
      {state: 'draining', reason: 'Target.DeregistrationInProgress'},
    ])
    base.pass(60)
    expect(targetsOf(base.group)).toEqual([])
    const [task] = Object.values(base.region.tasks)
    expect(task).toMatchObject({lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated'})
    expect(secondsUntil(base, () => base.progress(made, 'update').state === 'ready')).toBeLessThan(60)
    expect(
      await ecs.DescribeServices?.({cluster: 'demo-cluster', services: ['demo-registry']}, call),
    ).toMatchObject({
      services: [{desiredCount: 0, runningCount: 0, deployments: [{rolloutState: 'COMPLETED'}]}],
    })
  })

  it('stops a task in the stages of ECS: its targets drain, its containers end, its interface goes', () => {
    const {made, ...base} = running()
    const [task] = Object.values(base.region.tasks)
    base.update(made, {DesiredCount: 0})
    const seen: string[] = []
    secondsUntil(base, () => {
      const stage = `${task?.lastStatus} ${task?.containers[0]?.lastStatus} ${task?.containers[0]?.exitCode}`
      if (seen.at(-1) !== stage) seen.push(stage)
      return task?.lastStatus === 'STOPPED'
    })
    expect(seen).toEqual([
      'RUNNING RUNNING undefined',
      'DEACTIVATING RUNNING undefined',
      'STOPPING RUNNING undefined',
      'DEPROVISIONING STOPPED 0',
      'STOPPED STOPPED 0',
    ])
  })

  it('comes back when it is scaled up again', async () => {
    const {made, ecs, ...base} = running()
    await ecs.UpdateService?.({cluster: 'demo-cluster', service: 'demo-registry', desiredCount: 0}, call)
    base.pass(120)
    await ecs.UpdateService?.({cluster: 'demo-cluster', service: 'demo-registry', desiredCount: 1}, call)
    expect(base.progress(made, 'update').state).toBe('waiting')
    expect(secondsUntilReady(base, made, 'update')).toBeGreaterThan(60)
    expect(targetsOf(base.group)).toMatchObject([{state: 'healthy'}])
  })

  it('keeps the old task until the new one is healthy when it is deployed again', async () => {
    const {made, ecs, ...base} = running()
    const [old] = Object.keys(base.region.tasks)
    await ecs.UpdateService?.(
      {cluster: 'demo-cluster', service: 'demo-registry', forceNewDeployment: true},
      call,
    )
    expect(stateOf(made).deployments).toMatchObject([{status: 'PRIMARY'}, {status: 'ACTIVE'}])
    secondsUntil(base, () => {
      const healthy = targetsOf(base.group).filter(({state}) => state === 'healthy')
      expect(healthy.length).toBeGreaterThan(0)
      return base.progress(made, 'update').state === 'ready'
    })
    const live = Object.values(base.region.tasks).filter(({lastStatus}) => lastStatus === 'RUNNING')
    expect(live).toHaveLength(1)
    expect(live[0]?.arn).not.toBe(old)
    expect(stateOf(made).deployments).toHaveLength(1)
  })

  it('rolls back to the task definition that worked when a new one cannot start', () => {
    const {made, ...base} = running()
    const worked = made.properties.TaskDefinition
    const broken = taskDefinition(base, {
      name: 'demo-registry',
      image: `${base.world.account.id}.dkr.ecr.us-west-2.amazonaws.com/demo-registry:no`,
      port: 80,
    })
    base.update(made, {TaskDefinition: broken.physicalId})
    expect(() => secondsUntilReady(base, made, 'update')).toThrow(/Circuit Breaker was triggered/)
    base.pass(600)
    expect(stateOf(made).deployments).toMatchObject([{taskDefinition: worked, rolloutState: 'COMPLETED'}])
    expect(targetsOf(base.group)).toMatchObject([{state: 'healthy'}])
  })

  it('replaces a task that somebody stops, and lists the stopped one for an hour', async () => {
    const {made, ecs, ...base} = running()
    const [arn = ''] = Object.keys(base.region.tasks)
    await ecs.StopTask?.({cluster: 'demo-cluster', task: arn, reason: 'a test'}, call)
    base.pass(90)
    const listed = await ecs.ListTasks?.({cluster: 'demo-cluster', desiredStatus: 'STOPPED'}, call)
    expect(listed?.taskArns).toEqual([arn])
    const described = await ecs.DescribeTasks?.({cluster: 'demo-cluster', tasks: [arn]}, call)
    expect(described?.tasks).toMatchObject([{stopCode: 'UserInitiated', stoppedReason: 'a test'}])
    base.pass(3700)
    expect(base.region.tasks[arn]).toBeUndefined()
    expect(targetsOf(base.group)).toMatchObject([{state: 'healthy'}])
    expect(base.progress(made, 'update').state).toBe('ready')
  })

  it('drains before it is deleted', () => {
    const {made, ...base} = running()
    base.kind(made).deleting?.(made, base.request(made))
    expect(base.progress(made, 'delete').state).toBe('waiting')
    const seconds = secondsUntilReady(base, made, 'delete')
    expect(seconds).toBeGreaterThan(15)
    expect(stateOf(made).status).toBe('INACTIVE')
    expect(targetsOf(base.group)).toEqual([])
  })

  it('is left alone by an update that does not concern its tasks', () => {
    const {made, ...base} = running()
    base.update(made, {HealthCheckGracePeriodSeconds: 240})
    expect(base.progress(made, 'update').state).toBe('ready')
    expect(stateOf(made).deployments).toHaveLength(1)
  })
})
