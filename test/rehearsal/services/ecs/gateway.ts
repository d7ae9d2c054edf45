import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {imagesOf, pushImage} from '../../../../src/rehearsal/services/ecr/images.js'
import {type Fixture, fixture, put, secondsUntil} from './fixtures.js'

export interface Gateway extends Fixture {
  cluster: Resource
  balancer: Resource
  listener: Resource
  group: Resource
}

/** A cluster, a load balancer with one listener, one target group: what a load-balanced service needs. */
export function gateway(options: {
  port: number
  path?: string
  listenerPort?: number
  seed?: number
  attributes?: {Key: string; Value: string}[]
}): Gateway {
  const base = fixture({seed: options.seed})
  const {world, make} = base
  put(world, 'AWS::EC2::Subnet', 'subnet-1', {
    CidrBlock: '10.0.1.0/24',
    AvailabilityZone: 'us-west-2a',
    VpcId: 'vpc-1',
  })
  const cluster = make('AWS::ECS::Cluster', {ClusterName: 'demo-cluster'})
  const balancer = make('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Name: 'demo-alb',
    Subnets: ['subnet-1'],
  })
  const group = make('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Name: 'demo-tg',
    Port: options.port,
    Protocol: 'HTTP',
    TargetType: 'ip',
    HealthCheckPath: options.path ?? '/health',
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    TargetGroupAttributes: options.attributes ?? [{Key: 'deregistration_delay.timeout_seconds', Value: '5'}],
  })
  base.pass(200)
  const listener = make('AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: balancer.physicalId,
    Port: options.listenerPort ?? 80,
    Protocol: 'HTTP',
    DefaultActions: [{Type: 'forward', TargetGroupArn: group.physicalId}],
  })
  return {...base, cluster, balancer, group, listener}
}

/** A repository with an image, and its address. */
export function image(base: Fixture, name: string, tag = 'latest'): string {
  const repository = base.make('AWS::ECR::Repository', {RepositoryName: `demo-${name}`})
  pushImage(base.world, repository, tag)
  imagesOf(repository)
  return `${String(repository.attributes.RepositoryUri)}:${tag}`
}

export interface ServiceOptions {
  name: string
  image: string
  port?: number
  group?: Resource
  container?: Record<string, unknown>
  containers?: Record<string, unknown>[]
  properties?: Record<string, unknown>
}

/** A task definition and a service of it. */
export function service(base: Fixture, options: ServiceOptions): Resource {
  const definition = taskDefinition(base, options)
  return base.make(
    'AWS::ECS::Service',
    {
      ServiceName: options.name,
      Cluster: 'demo-cluster',
      TaskDefinition: definition.physicalId,
      DesiredCount: '1',
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: ['subnet-1'], SecurityGroups: ['sg-1']}},
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}},
      ...(options.group
        ? {
            LoadBalancers: [
              {
                TargetGroupArn: options.group.physicalId,
                ContainerName: options.name,
                ContainerPort: options.port,
              },
            ],
            HealthCheckGracePeriodSeconds: 120,
          }
        : {}),
      ...options.properties,
    },
    'Service',
  )
}

export function taskDefinition(base: Fixture, options: ServiceOptions): Resource {
  return base.make('AWS::ECS::TaskDefinition', {
    Family: options.name,
    Cpu: '1024',
    Memory: '2048',
    ContainerDefinitions: [
      ...(options.containers ?? []),
      {
        Name: options.name,
        Image: options.image,
        PortMappings: options.port ? [{ContainerPort: options.port}] : [],
        HealthCheck: {Command: ['CMD-SHELL', 'exit 0'], Interval: 30, StartPeriod: 60},
        ...options.container,
      },
    ],
  })
}

/** Seconds until CloudFormation would call a resource ready; throws the reason when it fails. */
export function secondsUntilReady(
  base: Fixture,
  resource: Resource,
  operation: 'create' | 'update' | 'delete' = 'create',
): number {
  return secondsUntil(base, () => {
    const progress = base.progress(resource, operation)
    if (progress.state === 'failed') throw new Error(progress.reason)
    return progress.state === 'ready'
  })
}
