import {describe, expect, it} from 'vitest'
import {pushImage} from '../../../src/rehearsal/simulation/images.js'
import {scene, secondsUntil} from '../simulation/fixtures.js'

describe('ECR repositories', () => {
  it('have ARN and URI', () => {
    const {make, world} = scene()
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
    const {make, world, kind, request} = scene()
    const made = make('AWS::ECR::Repository', {RepositoryName: 'demo-registry', ...properties})
    pushImage(world, made, 'latest')
    const blocked = kind(made).blocksDeletion?.(made, request(made))
    if (reason) expect(blocked).toMatch(reason)
    else expect(blocked).toBeUndefined()
  })
})

describe('CloudFront distributions', () => {
  it('are ready when deployed, and disabled before they go', () => {
    const base = scene()
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

describe('Cloud Map namespaces', () => {
  it('stay while they have services', () => {
    const {make, kind, request} = scene()
    const namespace = make('AWS::ServiceDiscovery::PrivateDnsNamespace', {Name: 'demo.local', Vpc: 'vpc-1'})
    expect(namespace.attributes.Arn).toMatch(/:namespace\/ns-[0-9a-f]{16}$/)
    expect(kind(namespace).blocksDeletion?.(namespace, request(namespace))).toBeUndefined()
    make('AWS::ServiceDiscovery::Service', {Name: 'a', NamespaceId: namespace.physicalId})
    expect(kind(namespace).blocksDeletion?.(namespace, request(namespace))).toBe(
      'Namespace has associated services; delete the services before deleting the namespace',
    )
  })
})

describe('Application Auto Scaling', () => {
  it('needs the service, and the target before the policy', () => {
    const {make, region} = scene()
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
    region.resources['AWS::ECS::Service/arn:aws:ecs:us-west-2:1:service/demo-cluster/demo-registry'] = {
      type: 'AWS::ECS::Service',
      physicalId: 'arn:aws:ecs:us-west-2:1:service/demo-cluster/demo-registry',
      properties: {},
      attributes: {},
      tags: {},
      createdAt: 0,
      data: {},
    }
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
