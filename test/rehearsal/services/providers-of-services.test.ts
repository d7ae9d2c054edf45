import {describe, expect, it} from 'vitest'
import type {Resource} from '../../../src/rehearsal/account/account.js'
import {pushImage} from '../../../src/rehearsal/services/ecr/images.js'
import {mappedServices} from '../../../src/rehearsal/services/servicediscovery/cloud-map.js'
import {fixture, put, secondsUntil} from './ecs/fixtures.js'
import {image, service} from './ecs/gateway.js'

describe('ECR repositories', () => {
  it('have ARN and URI', () => {
    const {make, world} = fixture()
    const made = make('AWS::ECR::Repository', {RepositoryName: 'demo-registry'})
    expect(made).toMatchObject({
      physicalId: 'demo-registry',
      attributes: {RepositoryUri: `${world.account.id}.dkr.ecr.us-west-2.amazonaws.com/demo-registry`},
    })
  })

  it.each([
    [
      {},
      /^The repository with name 'demo-registry' in registry with id '\d{12}' cannot be deleted because it still contains images/,
    ],
    [{EmptyOnDelete: true}, undefined],
    [{EmptyOnDelete: 'true'}, undefined],
  ])('with images and %o', (properties, reason) => {
    const {make, world, kind, request} = fixture()
    const made = make('AWS::ECR::Repository', {RepositoryName: 'demo-registry', ...properties})
    pushImage(world, made, 'latest')
    const blocked = kind(made).blocksDeletion?.(made, request(made))
    if (reason) expect(blocked).toMatch(reason)
    else expect(blocked).toBeUndefined()
  })
})

describe('CloudFront distributions', () => {
  it('are ready when deployed, and disabled before they go', () => {
    const base = fixture()
    const made = base.make('AWS::CloudFront::Distribution', {DistributionConfig: {Enabled: true}})
    expect(made.physicalId).toMatch(/^E[A-Z0-9]{13}$/)
    expect(made.attributes).toEqual({
      Id: made.physicalId,
      DomainName: expect.stringMatching(/^d[0-9a-f]{13}\.cloudfront\.net$/),
    })
    expect(secondsUntil(base, () => base.progress(made).state === 'ready')).toBeGreaterThan(155)
    base.kind(made).deleting?.(made, base.request(made))
    expect(base.progress(made, 'delete').state).toBe('waiting')
    expect(secondsUntil(base, () => base.progress(made, 'delete').state === 'ready')).toBeGreaterThan(155)
  })
})

describe('Cloud Map', () => {
  const associated =
    'Namespace has associated services; delete the services before deleting the namespace (Service: AWSServiceDiscovery; Status Code: 400; Error Code: ResourceInUse; '
  const blocker = ({kind, request}: ReturnType<typeof fixture>, resource: Resource) =>
    kind(resource).blocksDeletion?.(resource, request(resource))

  it.each(['PrivateDns', 'PublicDns', 'Http'])('keeps a %s namespace while it has services', family => {
    const base = fixture()
    const namespace = base.make(`AWS::ServiceDiscovery::${family}Namespace`, {Name: 'demo.local', Vpc: 'v'})
    expect(namespace.attributes.Arn).toMatch(/:namespace\/ns-[0-9a-f]{16}$/)
    expect(blocker(base, namespace)).toBeUndefined()
    base.make('AWS::ServiceDiscovery::Service', {Name: 'a', NamespaceId: namespace.physicalId})
    expect(blocker(base, namespace)).toContain(associated)
  })

  it('keeps a service while instances are registered with it', () => {
    const base = fixture()
    const namespace = base.make('AWS::ServiceDiscovery::HttpNamespace', {Name: 'demo'})
    const mapped = base.make('AWS::ServiceDiscovery::Service', {NamespaceId: namespace.physicalId})
    expect(blocker(base, mapped)).toBeUndefined()
    const instance = base.make('AWS::ServiceDiscovery::Instance', {
      ServiceId: mapped.physicalId,
      InstanceId: 'legacy',
      InstanceAttributes: {AWS_INSTANCE_IPV4: '10.0.0.9'},
    })
    expect(blocker(base, mapped)).toContain(
      'Service contains registered instances; delete the instances before deleting the service (Service: AWSServiceDiscovery; Status Code: 400; Error Code: ResourceInUse; ',
    )
    base.world.remove(base.region, instance)
    expect(blocker(base, mapped)).toBeUndefined()
  })

  it('keeps a service while tasks of ECS run under it', () => {
    const base = fixture()
    const namespace = base.make('AWS::ServiceDiscovery::HttpNamespace', {Name: 'demo'})
    const mapped = base.make('AWS::ServiceDiscovery::Service', {NamespaceId: namespace.physicalId})
    base.make('AWS::ECS::Cluster', {ClusterName: 'demo-cluster'})
    const running = service(base, {
      name: 'demo-found',
      image: image(base, 'currenttime'),
      port: 8000,
      properties: {ServiceRegistries: [{RegistryArn: mapped.attributes.Arn}]},
    })
    secondsUntil(base, () => base.progress(running).state === 'ready')
    expect(blocker(base, mapped)).toContain('Service contains registered instances')
    base.kind(running).deleting?.(running, base.request(running))
    secondsUntil(base, () => base.progress(running, 'delete').state === 'ready')
    expect(blocker(base, mapped)).toBeUndefined()
  })

  it('has a service for each name of Service Connect, as long as its ECS service is there', () => {
    const base = fixture()
    const namespace = base.make('AWS::ServiceDiscovery::HttpNamespace', {Name: 'demo'})
    base.make('AWS::ECS::Cluster', {ClusterName: 'demo-cluster'})
    const running = service(base, {
      name: 'demo-found',
      image: image(base, 'currenttime'),
      port: 8000,
      properties: {
        ServiceConnectConfiguration: {
          Enabled: true,
          Namespace: namespace.attributes.Arn,
          Services: [{PortName: 'http', DiscoveryName: 'found'}],
        },
      },
    })
    secondsUntil(base, () => base.progress(running).state === 'ready')
    expect(mappedServices(base.world, base.region)).toMatchObject([
      {name: 'found', namespaceId: namespace.physicalId, instances: [{}]},
    ])
    expect(blocker(base, namespace)).toContain(associated)
    base.world.remove(base.region, running)
    expect(blocker(base, namespace)).toBeUndefined()
  })

  it('has no service in a namespace that does not exist', () => {
    expect(() => fixture().make('AWS::ServiceDiscovery::Service', {NamespaceId: 'ns-0'})).toThrow(
      'The specified namespace ID: ns-0 does not exist',
    )
  })
})

describe('Application Auto Scaling', () => {
  it('needs the service, and the target before the policy', () => {
    const {make, world} = fixture()
    const target = {
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: 'service/demo-cluster/demo-registry',
      MinCapacity: 1,
      MaxCapacity: 4,
    }
    expect(() => make('AWS::ApplicationAutoScaling::ScalableTarget', target)).toThrow(
      /ECS service doesn't exist/,
    )
    const service = put(
      world,
      'AWS::ECS::Service',
      'arn:aws:ecs:us-west-2:1:service/demo-cluster/demo-registry',
    )
    service.data = {status: 'ACTIVE', desiredCount: 1, deployments: [], events: []}
    const made = make('AWS::ApplicationAutoScaling::ScalableTarget', target)
    expect(made.physicalId).toBe('service/demo-cluster/demo-registry|ecs:service:DesiredCount|ecs')
    const policy = make('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyName: 'cpu',
      ScalingTargetId: made.physicalId,
    })
    expect(policy.physicalId).toMatch(
      /^arn:aws:autoscaling:.*:resource\/ecs\/service\/demo-cluster\/demo-registry:policyName\/cpu$/,
    )
    expect(() =>
      make('AWS::ApplicationAutoScaling::ScalingPolicy', {PolicyName: 'x', ScalingTargetId: 'a|b|c'}),
    ).toThrow(/No scalable target registered/)
  })
})
