import {expect, it} from 'vitest'
import {awsAnswering, json, jsonError} from './wire.js'

it('asks for ten services a call and answers in the order asked', async () => {
  const names = Array.from({length: 12}, (_, index) => `service-${index}`)
  const {aws, calls} = await awsAnswering(call =>
    json({
      services: (call.json.services as string[]).toReversed().map(serviceName => ({
        serviceName,
        status: 'ACTIVE',
        desiredCount: 1,
        runningCount: 1,
        pendingCount: 0,
        createdAt: 1_700_000_000.5,
        loadBalancers: [{targetGroupArn: 'arn:tg'}, {loadBalancerName: 'classic'}],
        deployments: [
          {status: 'ACTIVE', rolloutState: 'IN_PROGRESS'},
          {status: 'PRIMARY', rolloutState: 'COMPLETED', rolloutStateReason: 'done', failedTasks: 2},
        ],
        events: [{message: 'newest'}, {message: 'oldest'}],
      })),
      failures: [],
    }),
  )
  const services = await aws.containers.services('cluster', names)
  expect(services.map(({name}) => name)).toEqual(names)
  expect(calls.map(call => (call.json.services as string[]).length).sort()).toEqual([10, 2])
  expect(services[0]).toEqual({
    name: 'service-0',
    cluster: 'cluster',
    status: 'ACTIVE',
    desired: 1,
    running: 1,
    pending: 0,
    rollout: 'COMPLETED',
    rolloutReason: 'done',
    createdAt: 1_700_000_000_500,
    deployments: 2,
    events: ['newest', 'oldest'],
    failedTasks: 2,
    targetGroups: ['arn:tg'],
  })
})

it('reports a service that ECS does not know as missing', async () => {
  const {aws} = await awsAnswering(() => json({services: [], failures: [{arn: 'x', reason: 'MISSING'}]}))
  expect(await aws.containers.services('cluster', ['a'])).toMatchObject([
    {name: 'a', status: 'MISSING', desired: 0},
  ])
})

it('reports every service of a missing cluster as missing', async () => {
  const {aws} = await awsAnswering(() => jsonError('ClusterNotFoundException', 'Cluster not found.'))
  const services = await aws.containers.services('cluster', ['a', 'b'])
  expect(services.map(({status}) => status)).toEqual(['MISSING', 'MISSING'])
  expect(await aws.containers.tasks('cluster', 'a')).toEqual([])
})

it('does not take another error for a missing service', async () => {
  const {aws} = await awsAnswering(() => jsonError('AccessDeniedException', 'no'))
  await expect(aws.containers.services('cluster', ['a'])).rejects.toMatchObject({
    code: 'ACCESS_DENIED',
    message: expect.stringContaining('ecs:DescribeServices'),
  })
})

it('lists stopped tasks with why they stopped', async () => {
  const {aws, calls} = await awsAnswering(call =>
    call.operation === 'ListTasks'
      ? json({taskArns: ['arn:aws:ecs:eu-west-1:1:task/cluster/abc']})
      : json({
          tasks: [
            {
              taskArn: 'arn:aws:ecs:eu-west-1:1:task/cluster/abc',
              lastStatus: 'STOPPED',
              stopCode: 'EssentialContainerExited',
              stoppedReason: 'Essential container in task exited',
              stoppedAt: 1_700_000_000,
              containers: [{name: 'app', lastStatus: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError'}],
            },
          ],
        }),
  )
  expect(await aws.containers.tasks('cluster', 'service', {stopped: true})).toEqual([
    {
      id: 'abc',
      lastStatus: 'STOPPED',
      healthStatus: 'UNKNOWN',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      stoppedAt: 1_700_000_000_000,
      containers: [{name: 'app', lastStatus: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError'}],
    },
  ])
  expect(calls[0]?.json).toEqual({cluster: 'cluster', serviceName: 'service', desiredStatus: 'STOPPED'})
})

it('asks nothing more when a service has no tasks', async () => {
  const {aws, calls} = await awsAnswering(() => json({taskArns: []}))
  expect(await aws.containers.tasks('cluster', 'service')).toEqual([])
  expect(calls).toHaveLength(1)
})

it('restarts a service by a new deployment', async () => {
  const {aws, calls} = await awsAnswering(() => json({service: {}}))
  await aws.containers.restart('cluster', 'service')
  expect(calls[0]).toMatchObject({
    operation: 'UpdateService',
    json: {cluster: 'cluster', service: 'service', forceNewDeployment: true},
  })
})

it('tells where the containers of a task definition write', async () => {
  const options = {'awslogs-group': '/ecs/demo', 'awslogs-stream-prefix': 'ecs'}
  const containerDefinitions = [
    {name: 'app', image: 'app:1', logConfiguration: {logDriver: 'awslogs', options}},
    {name: 'sidecar', image: 'sidecar:1', essential: false, logConfiguration: {logDriver: 'awsfirelens'}},
  ]
  const {aws, calls} = await awsAnswering(() => json({taskDefinition: {containerDefinitions}}))
  expect(await aws.containers.definition('arn:td:1')).toEqual([
    {name: 'app', image: 'app:1', essential: true, log: {group: '/ecs/demo', prefix: 'ecs'}},
    {name: 'sidecar', image: 'sidecar:1', essential: false},
  ])
  expect(calls[0]?.json).toEqual({taskDefinition: 'arn:td:1'})
})

it('knows no container of a task definition that does not exist', async () => {
  const {aws} = await awsAnswering(() => jsonError('ClientException', 'Unable to describe task definition.'))
  expect(await aws.containers.definition('arn:td:1')).toEqual([])
})

it('finds the stopped tasks of a service that is gone by their group', async () => {
  const {aws, calls} = await awsAnswering(call =>
    call.operation === 'ListTasks'
      ? json({taskArns: ['arn:task/c/1', 'arn:task/c/2']})
      : json({
          tasks: [
            {taskArn: 'arn:task/c/1', group: 'service:gone', lastStatus: 'STOPPED'},
            {taskArn: 'arn:task/c/2', group: 'service:other', lastStatus: 'STOPPED'},
          ],
        }),
  )
  const tasks = await aws.containers.stoppedTasksOf('c', 'gone')
  expect(tasks.map(({id}) => id)).toEqual(['1'])
  expect(calls[0]?.json).toEqual({cluster: 'c', desiredStatus: 'STOPPED'})
})

it('finds none when the cluster is gone as well', async () => {
  const {aws} = await awsAnswering(() => jsonError('ClusterNotFoundException', 'Cluster not found.'))
  expect(await aws.containers.stoppedTasksOf('c', 'gone')).toEqual([])
})
