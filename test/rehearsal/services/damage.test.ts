import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling'
import {
  CloudFrontClient,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront'
import {CodeBuildClient, DeleteProjectCommand} from '@aws-sdk/client-codebuild'
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import {DeleteClusterCommand, ECSClient} from '@aws-sdk/client-ecs'
import {
  DeleteAccessPointCommand,
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeAccessPointsCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
} from '@aws-sdk/client-efs'
import {
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteRuleCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import {type Gateway, gateway, image, service} from './ecs/gateway.js'
import {type Served, served} from './served.js'

let base: Gateway
let wire: Served
const clients: {destroy(): void}[] = []

function connect<Client extends {destroy(): void}>(Class: new (options: Served['client']) => Client): Client {
  const client = new Class(wire.client)
  clients.push(client)
  return client
}

beforeAll(async () => {
  base = gateway({port: 80})
  wire = await served(handlerTables(base.world))
})

afterAll(async () => {
  for (const client of clients) client.destroy()
  await wire.close()
})

describe('EFS', () => {
  it('describes a file system with its mount targets and access points, and deletes them in order', async () => {
    const efs = connect(EFSClient)
    const {physicalId: FileSystemId} = base.make('AWS::EFS::FileSystem', {Encrypted: true})
    const target = base.make('AWS::EFS::MountTarget', {FileSystemId, SubnetId: 'subnet-1'})
    const point = base.make('AWS::EFS::AccessPoint', {
      FileSystemId,
      PosixUser: {Uid: '1000', Gid: '1000'},
      RootDirectory: {Path: '/logs'},
    })
    expect(await efs.send(new DescribeFileSystemsCommand({FileSystemId}))).toMatchObject({
      FileSystems: [{FileSystemId, LifeCycleState: 'available', NumberOfMountTargets: 1, Encrypted: true}],
    })
    expect(await efs.send(new DescribeMountTargetsCommand({FileSystemId}))).toMatchObject({
      MountTargets: [{MountTargetId: target.physicalId, SubnetId: 'subnet-1'}],
    })
    expect(await efs.send(new DescribeAccessPointsCommand({FileSystemId}))).toMatchObject({
      AccessPoints: [
        {
          AccessPointId: point.physicalId,
          PosixUser: {Uid: 1000, Gid: 1000},
          RootDirectory: {Path: '/logs'},
        },
      ],
    })
    await expect(efs.send(new DeleteFileSystemCommand({FileSystemId}))).rejects.toMatchObject({
      name: 'FileSystemInUse',
      ErrorCode: 'FileSystemInUse',
      $metadata: {httpStatusCode: 409},
    })
    await efs.send(new DeleteAccessPointCommand({AccessPointId: point.physicalId}))
    await efs.send(new DeleteMountTargetCommand({MountTargetId: target.physicalId}))
    expect(await efs.send(new DescribeMountTargetsCommand({FileSystemId}))).toMatchObject({
      MountTargets: [{LifeCycleState: 'deleting'}],
    })
    await expect(efs.send(new DeleteFileSystemCommand({FileSystemId}))).rejects.toMatchObject({
      name: 'FileSystemInUse',
    })
    base.pass(40)
    await efs.send(new DeleteFileSystemCommand({FileSystemId}))
    base.pass(20)
    await expect(efs.send(new DescribeFileSystemsCommand({FileSystemId}))).rejects.toMatchObject({
      name: 'FileSystemNotFound',
      $metadata: {httpStatusCode: 404},
    })
    await expect(efs.send(new DeleteAccessPointCommand({AccessPointId: point.physicalId}))).rejects.toThrow(
      /does not exist/,
    )
  })
})

describe('Application Auto Scaling', () => {
  it('shows a target with its policies, and takes both away together', async () => {
    const scaling = connect(ApplicationAutoScalingClient)
    service(base, {name: 'scaled', image: image(base, 'scaled')})
    const identity = {
      ServiceNamespace: 'ecs' as const,
      ResourceId: 'service/demo-cluster/scaled',
      ScalableDimension: 'ecs:service:DesiredCount' as const,
    }
    await scaling.send(new RegisterScalableTargetCommand({...identity, MinCapacity: 2, MaxCapacity: 4}))
    const target = base.world.resourcesOf(base.region, 'AWS::ApplicationAutoScaling::ScalableTarget')[0]
    base.make('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: target?.physicalId,
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: '70',
        PredefinedMetricSpecification: {PredefinedMetricType: 'ECSServiceAverageCPUUtilization'},
        ScaleInCooldown: 300,
        ScaleOutCooldown: '60',
      },
    })
    const look = {ServiceNamespace: 'ecs' as const}
    expect(await scaling.send(new DescribeScalableTargetsCommand(look))).toMatchObject({
      ScalableTargets: [{...identity, MinCapacity: 2, MaxCapacity: 4}],
    })
    expect(await scaling.send(new DescribeScalingPoliciesCommand(look))).toMatchObject({
      ScalingPolicies: [
        {
          ...identity,
          PolicyName: 'cpu',
          TargetTrackingScalingPolicyConfiguration: {
            TargetValue: 70,
            PredefinedMetricSpecification: {PredefinedMetricType: 'ECSServiceAverageCPUUtilization'},
            ScaleInCooldown: 300,
            ScaleOutCooldown: 60,
            DisableScaleIn: false,
          },
        },
      ],
    })
    await scaling.send(new DeregisterScalableTargetCommand(identity))
    expect((await scaling.send(new DescribeScalableTargetsCommand(look))).ScalableTargets).toEqual([])
    expect((await scaling.send(new DescribeScalingPoliciesCommand(look))).ScalingPolicies).toEqual([])
    await expect(scaling.send(new DeregisterScalableTargetCommand(identity))).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    })
  })
})

describe('IAM', () => {
  const PolicyDocument = JSON.stringify({
    Statement: [{Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}],
  })

  it('makes a role, and deletes it only without policies', async () => {
    const iam = connect(IAMClient)
    const role = {RoleName: 'by-hand'}
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    await iam.send(new CreateRoleCommand({...role, AssumeRolePolicyDocument: PolicyDocument}))
    await iam.send(new AttachRolePolicyCommand({...role, PolicyArn}))
    await iam.send(new PutRolePolicyCommand({...role, PolicyName: 'read', PolicyDocument}))
    await expect(iam.send(new DeleteRoleCommand(role))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    })
    await iam.send(new DetachRolePolicyCommand({...role, PolicyArn}))
    await expect(iam.send(new DeleteRoleCommand(role))).rejects.toThrow(/must delete policies first/)
    await iam.send(new DeleteRolePolicyCommand({...role, PolicyName: 'read'}))
    await iam.send(new DeleteRoleCommand(role))
    await expect(iam.send(new DeleteRoleCommand(role))).rejects.toMatchObject({name: 'NoSuchEntityException'})
  })

  it('detaches a policy that names its roles itself, and leaves what the stack wrote of it', async () => {
    const iam = connect(IAMClient)
    const role = base.make('AWS::IAM::Role', {RoleName: 'named', Policies: []})
    const policy = base.make('AWS::IAM::ManagedPolicy', {ManagedPolicyName: 'names', Roles: ['named']})
    const written = policy.properties
    await iam.send(new DetachRolePolicyCommand({RoleName: 'named', PolicyArn: policy.physicalId}))
    const {AttachedPolicies} = await iam.send(
      new ListAttachedRolePoliciesCommand({RoleName: role.physicalId}),
    )
    expect(AttachedPolicies).toEqual([])
    expect(written.Roles).toEqual(['named'])
  })
})

describe('the others', () => {
  it('makes a target group and a rule, and deletes the rule', async () => {
    const elb = connect(ElasticLoadBalancingV2Client)
    const made = await elb.send(
      new CreateTargetGroupCommand({Name: 'by-hand', Port: 80, Protocol: 'HTTP', TargetType: 'ip'}),
    )
    const TargetGroupArn = made.TargetGroups?.[0]?.TargetGroupArn
    expect(TargetGroupArn).toMatch(/:targetgroup\/by-hand\/[0-9a-f]{16}$/)
    await expect(elb.send(new CreateTargetGroupCommand({Name: 'by-hand'}))).rejects.toMatchObject({
      name: 'DuplicateTargetGroupNameException',
    })
    const {Rules} = await elb.send(
      new CreateRuleCommand({
        ListenerArn: base.listener.physicalId,
        Priority: 5,
        Conditions: [{Field: 'path-pattern', Values: ['/by-hand']}],
        Actions: [{Type: 'forward', TargetGroupArn}],
      }),
    )
    await elb.send(new DeleteRuleCommand({RuleArn: Rules?.[0]?.RuleArn}))
    await expect(elb.send(new DeleteRuleCommand({RuleArn: Rules?.[0]?.RuleArn}))).rejects.toMatchObject({
      name: 'RuleNotFoundException',
    })
  })

  it('takes a rule out of a security group, and puts it back', async () => {
    const ec2 = connect(EC2Client)
    const vpc = base.make('AWS::EC2::VPC', {CidrBlock: '10.9.0.0/16'})
    const group = base.make('AWS::EC2::SecurityGroup', {
      GroupDescription: 'of a test',
      VpcId: vpc.physicalId,
      SecurityGroupIngress: [{IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8'}],
    })
    const beside = base.make('AWS::EC2::SecurityGroupIngress', {
      GroupId: group.physicalId,
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '10.0.0.0/8',
    })
    const rule = {
      GroupId: group.physicalId,
      IpPermissions: [{IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{CidrIp: '10.0.0.0/8'}]}],
    }
    const ingress = async () => {
      const Filters = [{Name: 'group-id', Values: [group.physicalId]}]
      const {SecurityGroupRules = []} = await ec2.send(new DescribeSecurityGroupRulesCommand({Filters}))
      return SecurityGroupRules.filter(({IsEgress}) => !IsEgress).map(({FromPort}) => FromPort)
    }
    expect(await ingress()).toEqual([80, 443])
    await ec2.send(new RevokeSecurityGroupIngressCommand(rule))
    expect(await ingress()).toEqual([443])
    await expect(ec2.send(new RevokeSecurityGroupIngressCommand(rule))).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    })
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId: group.physicalId,
        SecurityGroupRuleIds: [beside.physicalId],
      }),
    )
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule))
    expect(await ingress()).toEqual([80])
    // A rule that was added by hand has an id, too.
    const Filters = [{Name: 'group-id', Values: [group.physicalId]}]
    const {SecurityGroupRules = []} = await ec2.send(new DescribeSecurityGroupRulesCommand({Filters}))
    const ids = SecurityGroupRules.filter(({IsEgress}) => !IsEgress).map(one => one.SecurityGroupRuleId ?? '')
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({GroupId: group.physicalId, SecurityGroupRuleIds: ids}),
    )
    expect(await ingress()).toEqual([])
  })

  it('turns a distribution off and refuses what it does not act out', async () => {
    const cloudFront = connect(CloudFrontClient)
    const {physicalId: Id} = base.make('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        ...{Enabled: true, Origins: [{Id: 'a', DomainName: 'a.example.com'}]},
        DefaultCacheBehavior: {TargetOriginId: 'a'},
      },
    })
    const {ETag, DistributionConfig} = await cloudFront.send(new GetDistributionConfigCommand({Id}))
    if (DistributionConfig === undefined) throw new Error('no configuration')
    const off = {...DistributionConfig, Enabled: false}
    await cloudFront.send(new UpdateDistributionCommand({Id, IfMatch: ETag, DistributionConfig: off}))
    const after = await cloudFront.send(new GetDistributionConfigCommand({Id}))
    expect(after.DistributionConfig?.Enabled).toBe(false)
    await expect(
      cloudFront.send(
        new UpdateDistributionCommand({
          Id,
          IfMatch: after.ETag,
          DistributionConfig: {...off, DefaultRootObject: 'index.html'},
        }),
      ),
    ).rejects.toThrow(/changes Enabled, Comment, PriceClass, Origins and the default TargetOriginId only/)
  })

  it('deletes a parameter, a project, and a key that can come back', async () => {
    const ssm = connect(SSMClient)
    const Name = '/demo/by-hand'
    await ssm.send(new PutParameterCommand({Name, Value: 'one', Type: 'String'}))
    await ssm.send(new PutParameterCommand({Name, Value: 'two', Overwrite: true}))
    expect((await ssm.send(new GetParameterCommand({Name}))).Parameter).toMatchObject({
      Value: 'two',
      Version: 2,
    })
    await ssm.send(new DeleteParameterCommand({Name}))
    await expect(ssm.send(new DeleteParameterCommand({Name}))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    })
    const project = base.make('AWS::CodeBuild::Project', {Name: 'demo-build'})
    await connect(CodeBuildClient).send(new DeleteProjectCommand({name: project.physicalId}))
    expect(base.world.resource(base.region, project.type, project.physicalId)).toBeUndefined()
    const kms = connect(KMSClient)
    const {physicalId: KeyId} = base.make('AWS::KMS::Key', {})
    const state = async () => (await kms.send(new DescribeKeyCommand({KeyId}))).KeyMetadata?.KeyState
    await kms.send(new ScheduleKeyDeletionCommand({KeyId, PendingWindowInDays: 7}))
    expect(await state()).toBe('PendingDeletion')
    await kms.send(new CancelKeyDeletionCommand({KeyId}))
    expect(await state()).toBe('Disabled')
  })

  it('deletes a cluster only without services', async () => {
    const ecs = connect(ECSClient)
    const cluster = base.cluster.physicalId
    await expect(ecs.send(new DeleteClusterCommand({cluster}))).rejects.toMatchObject({
      name: 'ClusterContainsServicesException',
    })
    const {physicalId} = base.make('AWS::ECS::Cluster', {ClusterName: 'empty'})
    expect((await ecs.send(new DeleteClusterCommand({cluster: physicalId}))).cluster?.status).toBe('INACTIVE')
  })
})
