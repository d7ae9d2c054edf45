import {expect, it} from 'vitest'
import {fixture} from './fixtures.js'
import {gateway, image, service, taskDefinition} from './gateway.js'

it('a task definition is its ARN, and revisions of a family count up even when old ones are gone', () => {
  const base = fixture()
  const first = taskDefinition(base, {name: 'demo', image: 'nginx'})
  expect(first.physicalId).toBe(`arn:aws:ecs:us-west-2:${base.world.account.id}:task-definition/demo:1`)
  expect(first.attributes.TaskDefinitionArn).toBe(first.physicalId)
  base.world.remove(base.region, first)
  expect(taskDefinition(base, {name: 'demo', image: 'nginx'}).physicalId).toMatch(/\/demo:2$/)
})

it('a service is its ARN and has name and ARN as attributes', () => {
  const base = gateway({port: 80})
  const made = service(base, {name: 'demo-currenttime', image: image(base, 'currenttime')})
  expect(made.physicalId).toBe(
    `arn:aws:ecs:us-west-2:${base.world.account.id}:service/demo-cluster/demo-currenttime`,
  )
  expect(made.attributes).toEqual({Name: 'demo-currenttime', ServiceArn: made.physicalId})
})

it('a name that is taken is refused with the stack that has it', () => {
  const base = fixture()
  const cluster = base.make('AWS::ECS::Cluster', {ClusterName: 'demo'})
  expect(() => base.make('AWS::ECS::Cluster', {ClusterName: 'demo'})).toThrow(
    `demo already exists in stack ${cluster.owner?.stackId}`,
  )
})

it('a cluster with services stays', () => {
  const base = gateway({port: 80})
  service(base, {name: 'demo-currenttime', image: image(base, 'currenttime')})
  expect(base.kind(base.cluster).blocksDeletion?.(base.cluster, base.request(base.cluster))).toBe(
    'The Cluster cannot be deleted while Services are active.',
  )
})

it('a service needs its cluster', () => {
  const base = fixture()
  const {physicalId} = taskDefinition(base, {name: 'demo', image: 'nginx'})
  expect(() => base.make('AWS::ECS::Service', {Cluster: 'none', TaskDefinition: physicalId})).toThrow(
    /Cluster not found\..*ClusterNotFoundException/,
  )
})

it('a cluster keeps a capacity provider that a service uses, and gives up one that none does', () => {
  const base = gateway({port: 80})
  const providers = base.make('AWS::ECS::ClusterCapacityProviderAssociations', {
    Cluster: 'demo-cluster',
    CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    DefaultCapacityProviderStrategy: [],
  })
  const offered = () => base.update(providers, {CapacityProviders: ['FARGATE']})
  service(base, {name: 'demo-currenttime', image: image(base, 'currenttime')})
  expect(offered).not.toThrow()
  base.update(providers, {CapacityProviders: ['FARGATE', 'FARGATE_SPOT']})
  service(base, {
    name: 'demo-mcpgw',
    image: image(base, 'mcpgw'),
    properties: {CapacityProviderStrategy: [{CapacityProvider: 'FARGATE_SPOT', Weight: 1}]},
  })
  expect(offered).toThrow(/is in use and cannot be removed.*ResourceInUseException/)
})
