import {
  CreateListenerCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {elbv2Operations} from '../../../../src/rehearsal/services/elbv2/operations.js'
import {type Gateway, gateway} from '../ecs/gateway.js'
import {type Served, served} from '../served.js'

let base: Gateway
let wire: Served
let elb: ElasticLoadBalancingV2Client

beforeAll(async () => {
  base = gateway({port: 80})
  wire = await served({elbv2: elbv2Operations(base.world)})
  elb = new ElasticLoadBalancingV2Client(wire.client)
})

afterAll(async () => {
  elb.destroy()
  await wire.close()
})

it('shows the subnets of a load balancer that names them with addresses', async () => {
  const made = base.make('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Type: 'network',
    SubnetMappings: [{SubnetId: 'subnet-1'}, {SubnetId: 'subnet-2'}],
  })
  const LoadBalancerArns = [made.physicalId]
  const {LoadBalancers} = await elb.send(new DescribeLoadBalancersCommand({LoadBalancerArns}))
  expect(LoadBalancers?.[0]?.AvailabilityZones?.map(({SubnetId}) => SubnetId)).toEqual([
    'subnet-1',
    'subnet-2',
  ])
  base.world.remove(base.region, made)
})

it('describes load balancers, their listeners, rules, attributes and tags', async () => {
  const {LoadBalancers} = await elb.send(new DescribeLoadBalancersCommand({Names: ['demo-alb']}))
  expect(LoadBalancers).toMatchObject([
    {
      LoadBalancerName: 'demo-alb',
      DNSName: expect.stringMatching(/^demo-alb-\d{10}\.us-west-2\.elb\.amazonaws\.com$/),
      CanonicalHostedZoneId: 'Z1H1FL5HABSF5',
      State: {Code: 'active'},
      AvailabilityZones: [{ZoneName: 'us-west-2a', SubnetId: 'subnet-1'}],
      VpcId: 'vpc-1',
    },
  ])
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn
  const {Listeners} = await elb.send(new DescribeListenersCommand({LoadBalancerArn}))
  expect(Listeners).toMatchObject([
    {Port: 80, Protocol: 'HTTP', DefaultActions: [{Type: 'forward', TargetGroupArn: base.group.physicalId}]},
  ])
  const {Rules} = await elb.send(new DescribeRulesCommand({ListenerArn: Listeners?.[0]?.ListenerArn}))
  expect(Rules).toMatchObject([{Priority: 'default', IsDefault: true}])
  const {Attributes} = await elb.send(new DescribeLoadBalancerAttributesCommand({LoadBalancerArn}))
  expect(Attributes).toContainEqual({Key: 'deletion_protection.enabled', Value: 'false'})
  const {TagDescriptions} = await elb.send(new DescribeTagsCommand({ResourceArns: [LoadBalancerArn ?? '']}))
  expect(TagDescriptions?.[0]?.Tags).toEqual([{Key: 'mcpgw:environment', Value: 'demo'}])
})

it('describes target groups with what they are attached to', async () => {
  const {TargetGroups} = await elb.send(new DescribeTargetGroupsCommand({Names: ['demo-tg']}))
  expect(TargetGroups).toMatchObject([
    {Port: 80, HealthCheckPath: '/health', TargetType: 'ip', LoadBalancerArns: [base.balancer.physicalId]},
  ])
  const TargetGroupArn = base.group.physicalId
  const {Attributes} = await elb.send(new DescribeTargetGroupAttributesCommand({TargetGroupArn}))
  expect(Attributes).toContainEqual({Key: 'deregistration_delay.timeout_seconds', Value: '5'})
  const health = await elb.send(new DescribeTargetHealthCommand({TargetGroupArn}))
  expect(health.TargetHealthDescriptions ?? []).toEqual([])
  const asked = await elb.send(
    new DescribeTargetHealthCommand({TargetGroupArn, Targets: [{Id: '10.0.0.9', Port: 80}]}),
  )
  expect(asked.TargetHealthDescriptions).toMatchObject([
    {TargetHealth: {State: 'unused', Reason: 'Target.NotRegistered'}},
  ])
})

it('registers and drains targets by hand', async () => {
  const TargetGroupArn = base.group.physicalId
  const Targets = [{Id: '10.0.1.77', Port: 80}]
  await elb.send(new RegisterTargetsCommand({TargetGroupArn, Targets}))
  base.pass(60)
  await elb.send(new DeregisterTargetsCommand({TargetGroupArn, Targets}))
  const draining = await elb.send(new DescribeTargetHealthCommand({TargetGroupArn}))
  expect(draining.TargetHealthDescriptions).toMatchObject([{TargetHealth: {State: 'draining'}}])
  base.pass(6)
  const gone = await elb.send(new DescribeTargetHealthCommand({TargetGroupArn}))
  expect(gone.TargetHealthDescriptions ?? []).toEqual([])
})

it('changes listeners and target groups', async () => {
  const ListenerArn = base.listener.physicalId
  const changed = await elb.send(new ModifyListenerCommand({ListenerArn, Port: 81}))
  expect(changed.Listeners).toMatchObject([{Port: 81}])
  const group = await elb.send(
    new ModifyTargetGroupCommand({TargetGroupArn: base.group.physicalId, UnhealthyThresholdCount: 3}),
  )
  expect(group.TargetGroups).toMatchObject([{UnhealthyThresholdCount: 3}])
})

it('has the error names of the SDK', async () => {
  await expect(elb.send(new DescribeLoadBalancersCommand({Names: ['none']}))).rejects.toMatchObject({
    name: 'LoadBalancerNotFoundException',
    message: "Load balancers '[none]' not found",
  })
  await expect(elb.send(new DescribeTargetGroupsCommand({Names: ['none']}))).rejects.toMatchObject({
    name: 'TargetGroupNotFoundException',
  })
  await expect(
    elb.send(new DeleteTargetGroupCommand({TargetGroupArn: base.group.physicalId})),
  ).rejects.toMatchObject({name: 'ResourceInUseException'})
  await expect(
    elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: base.balancer.physicalId,
        Port: 81,
        Protocol: 'HTTP',
        DefaultActions: [{Type: 'forward', TargetGroupArn: base.group.physicalId}],
      }),
    ),
  ).rejects.toMatchObject({name: 'DuplicateListenerException'})
})

it('neither makes nor changes a listener with a certificate that it cannot use', async () => {
  const pending = base.make('AWS::CertificateManager::Certificate', {
    ...{DomainName: 'a.example.org', ValidationMethod: 'DNS'},
  }).physicalId
  const arn = base.listener.physicalId
  const make = (CertificateArn: string) =>
    elb.send(
      new CreateListenerCommand({
        ...{LoadBalancerArn: base.balancer.physicalId, Protocol: 'HTTPS', Port: 8443},
        Certificates: [{CertificateArn}],
        DefaultActions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '404'}}],
      }),
    )
  await expect(make(pending)).rejects.toMatchObject({name: 'UnsupportedCertificate'})
  await expect(make(`${pending}-gone`)).rejects.toMatchObject({name: 'CertificateNotFoundException'})
  const change = new ModifyListenerCommand({ListenerArn: arn, Certificates: [{CertificateArn: pending}]})
  await expect(elb.send(change)).rejects.toMatchObject({name: 'UnsupportedCertificate'})
})
