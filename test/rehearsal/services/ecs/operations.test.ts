import {
  DeleteServiceCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {networkInterfaces} from '../../../../src/rehearsal/services/ec2/network-interfaces.js'
import {ecsOperations} from '../../../../src/rehearsal/services/ecs/operations.js'
import {type Served, served} from '../served.js'
import {type Gateway, gateway, image, secondsUntilReady, service} from './gateway.js'

const cluster = 'demo-cluster'
let base: Gateway
let wire: Served
let ecs: ECSClient

beforeAll(async () => {
  base = gateway({port: 80})
  const address = image(base, 'registry')
  const registry = service(base, {name: 'demo-registry', image: address, port: 80, group: base.group})
  for (let index = 0; index < 11; index += 1) {
    service(base, {name: `demo-extra-${index}`, image: address, properties: {DesiredCount: 0}})
  }
  secondsUntilReady(base, registry)
  wire = await served({ecs: ecsOperations(base.world)})
  ecs = new ECSClient(wire.client)
})

afterAll(async () => {
  ecs.destroy()
  await wire.close()
})

describe('reading', () => {
  it('describes clusters, and says which ones are missing', async () => {
    expect(await ecs.send(new DescribeClustersCommand({clusters: [cluster, 'none']}))).toMatchObject({
      clusters: [{clusterName: cluster, status: 'ACTIVE', runningTasksCount: 1, activeServicesCount: 12}],
      failures: [{arn: expect.stringMatching(/:cluster\/none$/), reason: 'MISSING'}],
    })
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toHaveLength(1)
  })

  it('tells the settings of a cluster only to whoever asks for them', async () => {
    const asked = async (include: ('SETTINGS' | 'CONFIGURATIONS')[]) =>
      (await ecs.send(new DescribeClustersCommand({clusters: ['demo-set'], include}))).clusters?.[0]
    base.make('AWS::ECS::Cluster', {
      ClusterName: 'demo-set',
      ClusterSettings: [{Name: 'containerInsights', Value: 'enabled'}],
      Configuration: {ExecuteCommandConfiguration: {Logging: 'OVERRIDE'}},
    })
    const settings = [{name: 'containerInsights', value: 'enabled'}]
    const configuration = {executeCommandConfiguration: {logging: 'OVERRIDE'}}
    expect(await asked(['SETTINGS', 'CONFIGURATIONS'])).toMatchObject({settings, configuration})
    const bare = await asked([])
    expect(bare?.settings).toEqual([])
    expect(bare).not.toHaveProperty('configuration')
    base.world.remove(
      base.region,
      base.world.resource(base.region, 'AWS::ECS::Cluster', 'demo-set') as Resource,
    )
  })

  it('names the attachment of a task as the description of its interface does', async () => {
    const {taskArns} = await ecs.send(new ListTasksCommand({cluster}))
    const {tasks} = await ecs.send(new DescribeTasksCommand({cluster, tasks: taskArns}))
    const {id, details} = tasks?.[0]?.attachments?.[0] ?? {}
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const interfaceId = details?.find(({name}) => name === 'networkInterfaceId')?.value
    const found = networkInterfaces(base.world, base.region).find(each => each.id === interfaceId)
    expect(found?.description).toBe(`arn:aws:ecs:us-west-2:${base.world.account.id}:attachment/${id}`)
  })

  it('describes services with their deployments, network and events; a missing one is a failure, not an error', async () => {
    const described = await ecs.send(
      new DescribeServicesCommand({cluster, services: ['demo-registry', 'none']}),
    )
    expect(described).toMatchObject({
      services: [
        {
          serviceName: 'demo-registry',
          status: 'ACTIVE',
          desiredCount: 1,
          runningCount: 1,
          healthCheckGracePeriodSeconds: 120,
          loadBalancers: [{containerName: 'demo-registry', containerPort: 80}],
          deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: true}},
          networkConfiguration: {awsvpcConfiguration: {subnets: ['subnet-1'], assignPublicIp: 'DISABLED'}},
        },
      ],
      failures: [{reason: 'MISSING'}],
    })
    expect(described.services?.[0]?.createdAt).toBeInstanceOf(Date)
  })

  it('takes ten services at once, and lists ten a page', async () => {
    const names = Array.from({length: 11}, (_, index) => `demo-extra-${index}`)
    await expect(ecs.send(new DescribeServicesCommand({cluster, services: names}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    const first = await ecs.send(new ListServicesCommand({cluster}))
    const second = await ecs.send(new ListServicesCommand({cluster, nextToken: first.nextToken}))
    expect([first.serviceArns?.length, second.serviceArns?.length]).toEqual([10, 2])
    expect(second.nextToken).toBeUndefined()
  })

  it('describes tasks with containers and their address', async () => {
    const listed = await ecs.send(new ListTasksCommand({cluster, serviceName: 'demo-registry'}))
    const {tasks} = await ecs.send(new DescribeTasksCommand({cluster, tasks: listed.taskArns}))
    expect(tasks).toMatchObject([
      {
        lastStatus: 'RUNNING',
        healthStatus: 'HEALTHY',
        group: 'service:demo-registry',
        containers: [{name: 'demo-registry', lastStatus: 'RUNNING', healthStatus: 'HEALTHY'}],
      },
    ])
    const times = ['createdAt', 'pullStartedAt', 'pullStoppedAt', 'startedAt'] as const
    const shown = times.map(name => Number(tasks?.[0]?.[name]))
    expect(shown).toEqual(shown.toSorted((a, b) => a - b))
    const details = tasks?.[0]?.attachments?.[0]?.details ?? []
    expect(details.find(({name}) => name === 'networkInterfaceId')?.value).toMatch(/^eni-[0-9a-f]{17}$/)
    expect(details.find(({name}) => name === 'privateIPv4Address')?.value).toMatch(/^10\.0\.1\.\d+$/)
  })

  it('describes task definitions in the spelling of the API', async () => {
    const {taskDefinition} = await ecs.send(
      new DescribeTaskDefinitionCommand({taskDefinition: 'demo-registry'}),
    )
    expect(taskDefinition).toMatchObject({
      family: 'demo-registry',
      revision: 1,
      cpu: '1024',
      containerDefinitions: [{name: 'demo-registry', essential: true, portMappings: [{containerPort: 80}]}],
    })
    const listed = await ecs.send(new ListTaskDefinitionsCommand({familyPrefix: 'demo-registry'}))
    expect(listed.taskDefinitionArns).toEqual([taskDefinition?.taskDefinitionArn])
  })

  it('tells tags', async () => {
    const {services} = await ecs.send(new DescribeServicesCommand({cluster, services: ['demo-registry']}))
    const tags = await ecs.send(new ListTagsForResourceCommand({resourceArn: services?.[0]?.serviceArn}))
    expect(tags.tags).toEqual([{key: 'mcpgw:environment', value: 'demo'}])
    expect(services?.[0]?.tags).toEqual([])
    const asked = new DescribeServicesCommand({cluster, services: ['demo-registry'], include: ['TAGS']})
    expect((await ecs.send(asked)).services?.[0]?.tags).toEqual(tags.tags)
  })

  it('satisfies the waiter of the SDK', async () => {
    const result = await waitUntilServicesStable(
      {client: ecs, maxWaitTime: 20, minDelay: 1, maxDelay: 1},
      {cluster, services: ['demo-registry']},
    )
    expect(result.state).toBe('SUCCESS')
  })
})

describe('errors', () => {
  it('have the names and words of ECS', async () => {
    await expect(ecs.send(new ListServicesCommand({cluster: 'none'}))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    })
    await expect(ecs.send(new UpdateServiceCommand({cluster, service: 'none'}))).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
      message: 'Service not found.',
    })
    await expect(
      ecs.send(new UpdateServiceCommand({cluster, service: 'demo-registry', taskDefinition: 'none:1'})),
    ).rejects.toMatchObject({name: 'ClientException', message: 'Unable to describe task definition.'})
  })

  it('tell which pages there can be, and which filters go together', async () => {
    await expect(ecs.send(new ListServicesCommand({cluster, maxResults: 101}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'maxResults should be between 1 and 100.',
    })
    await expect(
      ecs.send(new ListTasksCommand({cluster, serviceName: 'demo-registry', family: 'demo-registry'})),
    ).rejects.toMatchObject({name: 'InvalidParameterException'})
  })

  it('refuse what the account does not do', async () => {
    await expect(ecs.send(new RunTaskCommand({cluster, taskDefinition: 'demo-registry'}))).rejects.toThrow()
  })
})

describe('changing', () => {
  it('scales, stops tasks and deletes', async () => {
    const scaled = await ecs.send(
      new UpdateServiceCommand({cluster, service: 'demo-registry', desiredCount: 2}),
    )
    expect(scaled.service).toMatchObject({desiredCount: 2})
    base.pass(400)
    const {taskArns = []} = await ecs.send(new ListTasksCommand({cluster}))
    expect(taskArns).toHaveLength(2)
    const stopped = await ecs.send(new StopTaskCommand({cluster, task: taskArns[0], reason: 'drill'}))
    expect(stopped.task).toMatchObject({desiredStatus: 'STOPPED', stopCode: 'UserInitiated'})
    await expect(
      ecs.send(new DeleteServiceCommand({cluster, service: 'demo-registry'})),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    const deleted = await ecs.send(new DeleteServiceCommand({cluster, service: 'demo-registry', force: true}))
    expect(deleted.service).toMatchObject({status: 'DRAINING', desiredCount: 0})
    base.pass(120)
    const after = await ecs.send(new DescribeServicesCommand({cluster, services: ['demo-registry']}))
    expect(after.services?.[0]?.status).toBe('INACTIVE')
  })
})
