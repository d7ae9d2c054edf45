import {
  CloudFrontClient,
  GetDistributionCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront'
import {DescribeNetworkInterfacesCommand, EC2Client} from '@aws-sdk/client-ec2'
import {DescribeRepositoriesCommand, ECRClient} from '@aws-sdk/client-ecr'
import {
  CreateServiceLinkedRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  DescribeDBClustersCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeDBMajorEngineVersionsCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import {
  CreateHostedZoneCommand,
  type CreateHostedZoneCommandInput,
  DeleteHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import {
  ListInstancesCommand,
  ListNamespacesCommand,
  ListServicesCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {setFaults} from '../../../src/rehearsal/faults/setting.js'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import {type Gateway, gateway, image, secondsUntilReady, service} from './ecs/gateway.js'
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

describe('IAM', () => {
  const allow = (Action: string, Resource: string) => ({
    Statement: [{Effect: 'Allow', Action, Resource}],
  })

  it('shows a role with its policies, inline and attached', async () => {
    const iam = connect(IAMClient)
    base.make('AWS::IAM::Role', {
      RoleName: 'demo-task',
      AssumeRolePolicyDocument: {
        Statement: [{Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}}],
      },
      Policies: [{PolicyName: 'read', PolicyDocument: allow('s3:GetObject', 'arn:aws:s3:::b/*')}],
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    })
    base.make('AWS::IAM::Policy', {
      PolicyName: 'more',
      Roles: ['demo-task'],
      PolicyDocument: allow('s3:PutObject', '*'),
    })
    const {Role} = await iam.send(new GetRoleCommand({RoleName: 'demo-task'}))
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
      Statement: [{Principal: {Service: 'ecs-tasks.amazonaws.com'}}],
    })
    const roles = await iam.send(new ListRolesCommand({PathPrefix: '/'}))
    expect(roles.Roles?.map(({RoleName}) => RoleName)).toEqual(['AWSServiceRoleForECS', 'demo-task'])
    const page = await iam.send(new ListRolesCommand({MaxItems: 1}))
    expect(page).toMatchObject({IsTruncated: true, Marker: expect.any(String)})
    const next = await iam.send(new ListRolesCommand({Marker: page.Marker}))
    expect(next.Roles).toMatchObject([{RoleName: 'demo-task'}])
    const {PolicyNames} = await iam.send(new ListRolePoliciesCommand({RoleName: 'demo-task'}))
    expect(PolicyNames).toEqual(['read', 'more'])
    const inline = await iam.send(new GetRolePolicyCommand({RoleName: 'demo-task', PolicyName: 'more'}))
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toContain('s3:PutObject')
    expect(await iam.send(new ListAttachedRolePoliciesCommand({RoleName: 'demo-task'}))).toMatchObject({
      AttachedPolicies: [{PolicyName: 'ReadOnlyAccess'}],
    })
    await expect(iam.send(new GetRoleCommand({RoleName: 'none'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      Code: 'NoSuchEntity',
      $metadata: {httpStatusCode: 404},
    })
  })

  it('says what a role may do by its policies, and that the user may do everything', async () => {
    const iam = connect(IAMClient)
    const ask = async (path: string, action: string, ...ResourceArns: string[]) => {
      const PolicySourceArn = `arn:aws:iam::${base.world.account.id}:${path}`
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn,
        ActionNames: [action],
        ResourceArns,
      })
      return (await iam.send(command)).EvaluationResults?.map(({EvalDecision}) => EvalDecision)
    }
    expect(await ask('role/demo-task', 's3:GetObject', 'arn:aws:s3:::b/k', 'arn:aws:s3:::c/k')).toEqual([
      'allowed',
      'implicitDeny',
    ])
    expect(await ask('user/rehearsal', 'ecs:CreateService', '*')).toEqual(['allowed'])
    const {world} = base
    const faults = ['deny elbv2:CreateRule', 'deny ecs:Create* once', 'deny ec2:CreateVpc region=eu-west-1']
    setFaults(world, faults)
    expect(await ask('user/rehearsal', 'elasticloadbalancing:CreateRule', '*')).toEqual(['explicitDeny'])
    expect(await ask('user/rehearsal', 'ecs:CreateService', '*')).toEqual(['allowed'])
    world.account.faults = []
    await expect(ask('role/none', 's3:GetObject', '*')).rejects.toMatchObject({name: 'NoSuchEntityException'})
  })

  it('has no alias, and makes a service-linked role once', async () => {
    const iam = connect(IAMClient)
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([])
    const make = () => iam.send(new CreateServiceLinkedRoleCommand({AWSServiceName: 'rds.amazonaws.com'}))
    expect((await make()).Role).toMatchObject({
      RoleName: 'AWSServiceRoleForRDS',
      Path: '/aws-service-role/rds.amazonaws.com/',
    })
    await expect(make()).rejects.toMatchObject({name: 'InvalidInputException'})
    // The first cluster has made this one.
    expect((await iam.send(new GetRoleCommand({RoleName: 'AWSServiceRoleForECS'}))).Role?.Path).toBe(
      '/aws-service-role/ecs.amazonaws.com/',
    )
  })
})

it('CloudFront shows a distribution on its way, deployed, and not at all', async () => {
  const cloudFront = connect(CloudFrontClient)
  const distribution = base.make('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      Comment: 'demo',
      Origins: [
        {
          Id: 'alb',
          DomainName: 'demo.elb.amazonaws.com',
          CustomOriginConfig: {OriginProtocolPolicy: 'http-only'},
          OriginCustomHeaders: [{HeaderName: 'X-A', HeaderValue: 'b'}],
        },
      ],
      DefaultCacheBehavior: {TargetOriginId: 'alb', ViewerProtocolPolicy: 'redirect-to-https'},
    },
  })
  const get = () => cloudFront.send(new GetDistributionCommand({Id: distribution.physicalId}))
  const first = await get()
  expect(first).toMatchObject({
    ETag: expect.stringMatching(/^E[A-Z0-9]+$/),
    Distribution: {
      Status: 'InProgress',
      DomainName: distribution.attributes.DomainName,
      DistributionConfig: {
        Enabled: true,
        Origins: {
          Quantity: 1,
          Items: [
            {
              DomainName: 'demo.elb.amazonaws.com',
              CustomHeaders: {Quantity: 1, Items: [{HeaderName: 'X-A', HeaderValue: 'b'}]},
            },
          ],
        },
      },
    },
  })
  base.pass(1000)
  expect((await get()).Distribution?.Status).toBe('Deployed')
  const {DistributionList} = await cloudFront.send(new ListDistributionsCommand({}))
  expect(DistributionList).toMatchObject({Quantity: 1, Items: [{Id: distribution.physicalId, Enabled: true}]})
  const Resource = first.Distribution?.ARN
  expect(await cloudFront.send(new ListTagsForResourceCommand({Resource}))).toMatchObject({
    Tags: {Items: [{Key: 'mcpgw:environment', Value: 'demo'}]},
  })
  await expect(cloudFront.send(new GetDistributionCommand({Id: 'ENONE'}))).rejects.toMatchObject({
    name: 'NoSuchDistribution',
    message: 'The specified distribution does not exist.',
    $metadata: {httpStatusCode: 404},
  })
})

it('Route 53 makes a zone once for each caller reference, and deletes it when it is empty', async () => {
  const route53 = connect(Route53Client)
  const wanted = {Name: 'Class.example.org', CallerReference: 'once'}
  const made = await route53.send(new CreateHostedZoneCommand(wanted))
  expect(made).toMatchObject({
    HostedZone: {
      Id: expect.stringMatching(/^\/hostedzone\/Z/),
      Name: 'class.example.org.',
      CallerReference: 'once',
    },
    ChangeInfo: {Status: 'INSYNC'},
    DelegationSet: {NameServers: expect.arrayContaining([expect.stringContaining('awsdns')])},
    $metadata: {httpStatusCode: 201},
  })
  const Id = made.HostedZone?.Id
  expect(await route53.send(new GetHostedZoneCommand({Id}))).toMatchObject({
    HostedZone: {Id, Name: 'class.example.org.'},
    DelegationSet: made.DelegationSet,
  })
  const refused = (input: Partial<CreateHostedZoneCommandInput>) =>
    route53.send(new CreateHostedZoneCommand({...wanted, ...input})).catch(({name}) => name)
  expect(await refused({})).toBe('HostedZoneAlreadyExists')
  expect(await refused({CallerReference: 'twice', Name: 'not a name'})).toBe('InvalidDomainName')
  const VPC = {VPCId: 'vpc-none', VPCRegion: 'us-west-2'} as const
  expect(await refused({CallerReference: 'twice', VPC})).toBe('InvalidVPCId')
  const nowhere = {...VPC, VPCRegion: 'nowhere' as 'us-west-2'}
  expect(await refused({CallerReference: 'twice', VPC: nowhere})).toBe('InvalidVPCId')
  expect(Object.keys(base.world.account.regions)).not.toContain('nowhere')
  base.make('AWS::Route53::RecordSet', {
    ...{HostedZoneId: Id?.replace('/hostedzone/', ''), Name: 'a.class.example.org', Type: 'A'},
    ResourceRecords: ['10.0.0.1'],
  })
  await expect(route53.send(new DeleteHostedZoneCommand({Id}))).rejects.toMatchObject({
    name: 'HostedZoneNotEmpty',
  })
  const empty = await route53.send(new CreateHostedZoneCommand({Name: 'example.net', CallerReference: 'b'}))
  await route53.send(new DeleteHostedZoneCommand({Id: empty.HostedZone?.Id}))
  await expect(route53.send(new GetHostedZoneCommand({Id: empty.HostedZone?.Id}))).rejects.toMatchObject({
    name: 'NoSuchHostedZone',
  })
})

it('Route 53 shows a zone with its own records and those of stacks, page by page', async () => {
  const route53 = connect(Route53Client)
  const zone = base.make('AWS::Route53::HostedZone', {Name: 'example.com'})
  const HostedZoneId = zone.physicalId
  base.make('AWS::Route53::RecordSet', {
    ...{HostedZoneId, Name: 'mcp.example.com', Type: 'A'},
    AliasTarget: {DNSName: 'demo.elb.amazonaws.com', HostedZoneId: 'Z1', EvaluateTargetHealth: false},
  })
  const got = await route53.send(new GetHostedZoneCommand({Id: `/hostedzone/${HostedZoneId}`}))
  expect(got).toMatchObject({
    HostedZone: {Id: `/hostedzone/${HostedZoneId}`, Name: 'example.com.', ResourceRecordSetCount: 3},
    DelegationSet: {NameServers: zone.attributes.NameServers},
  })
  const {HostedZones = []} = await route53.send(new ListHostedZonesCommand({}))
  expect(HostedZones.map(({Name}) => Name)).toEqual(['class.example.org.', 'example.com.'])
  const first = await route53.send(new ListResourceRecordSetsCommand({HostedZoneId, MaxItems: 2}))
  expect(first.ResourceRecordSets?.map(({Type}) => Type)).toEqual(['NS', 'SOA'])
  const rest = await route53.send(
    new ListResourceRecordSetsCommand({
      HostedZoneId,
      StartRecordName: first.NextRecordName,
      StartRecordType: first.NextRecordType,
    }),
  )
  expect(rest).toMatchObject({
    IsTruncated: false,
    ResourceRecordSets: [
      {Name: 'mcp.example.com.', Type: 'A', AliasTarget: {DNSName: 'demo.elb.amazonaws.com.'}},
    ],
  })
  await expect(route53.send(new GetHostedZoneCommand({Id: 'ZNONE'}))).rejects.toMatchObject({
    name: 'NoSuchHostedZone',
    $metadata: {httpStatusCode: 404},
  })
})

it('Cloud Map lists namespaces, services, and the tasks that are registered with them', async () => {
  const cloudMap = connect(ServiceDiscoveryClient)
  const namespace = base.make('AWS::ServiceDiscovery::PrivateDnsNamespace', {
    Name: 'demo.local',
    Vpc: 'vpc-1',
  })
  const found = base.make('AWS::ServiceDiscovery::Service', {
    Name: 'registry',
    NamespaceId: namespace.physicalId,
  })
  const running = service(base, {
    name: 'demo-found',
    image: image(base, 'currenttime'),
    port: 8000,
    properties: {ServiceRegistries: [{RegistryArn: found.attributes.Arn}]},
  })
  secondsUntilReady(base, running)
  expect((await cloudMap.send(new ListNamespacesCommand({}))).Namespaces).toMatchObject([
    {Id: namespace.physicalId, Name: 'demo.local', ServiceCount: 1},
  ])
  const Filters = [{Name: 'NAMESPACE_ID' as const, Values: [namespace.physicalId]}]
  expect((await cloudMap.send(new ListServicesCommand({Filters}))).Services).toMatchObject([
    {InstanceCount: 1},
  ])
  const {Instances} = await cloudMap.send(new ListInstancesCommand({ServiceId: found.physicalId}))
  expect(Instances).toMatchObject([{Attributes: {ECS_SERVICE_NAME: 'demo-found'}}])
  await expect(cloudMap.send(new ListInstancesCommand({ServiceId: 'srv-none'}))).rejects.toMatchObject({
    name: 'ServiceNotFound',
  })
})

it('ECR lists page by page, and takes no token that it never gave', async () => {
  const ecr = connect(ECRClient)
  for (const name of ['one', 'two']) base.make('AWS::ECR::Repository', {RepositoryName: `paged/${name}`})
  const all = (await ecr.send(new DescribeRepositoriesCommand({}))).repositories ?? []
  const first = await ecr.send(new DescribeRepositoriesCommand({maxResults: 1}))
  const rest = await ecr.send(new DescribeRepositoriesCommand({nextToken: first.nextToken}))
  expect([...(first.repositories ?? []), ...(rest.repositories ?? [])]).toEqual(all)
  expect(rest.nextToken).toBeUndefined()
  await expect(ecr.send(new DescribeRepositoriesCommand({nextToken: '%'}))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})

it('RDS says that a database does not exist in its own words', async () => {
  const rds = connect(RDSClient)
  expect((await rds.send(new DescribeDBClustersCommand({}))).DBClusters).toEqual([])
  await expect(rds.send(new DescribeDBClustersCommand({DBClusterIdentifier: 'none'}))).rejects.toMatchObject({
    name: 'DBClusterNotFoundFault',
    message: 'DBCluster none not found.',
    $metadata: {httpStatusCode: 404},
  })
  await expect(
    rds.send(new DescribeDBInstancesCommand({DBInstanceIdentifier: 'none'})),
  ).rejects.toMatchObject({
    name: 'DBInstanceNotFoundFault',
  })
})

it('RDS lists the versions of Aurora MySQL with what each can be raised to', async () => {
  const rds = connect(RDSClient)
  const list = async (input: {Engine?: string; EngineVersion?: string; IncludeAll?: boolean}) =>
    (await rds.send(new DescribeDBEngineVersionsCommand(input))).DBEngineVersions ?? []
  const all = await list({Engine: 'aurora-mysql'})
  expect(all.map(({EngineVersion}) => EngineVersion)).toContain('8.0.mysql_aurora.3.10.0')
  const [old] = await list({Engine: 'aurora-mysql', EngineVersion: '8.0.mysql_aurora.3.08.2'})
  const targets = old?.ValidUpgradeTarget?.map(({EngineVersion}) => EngineVersion)
  expect(targets).toContain('8.0.mysql_aurora.3.10.0')
  expect(targets).not.toContain('8.0.mysql_aurora.3.04.4')
  const gone = {Engine: 'aurora-mysql', EngineVersion: '8.0.mysql_aurora.3.02.0'}
  expect(await list(gone)).toEqual([])
  expect(await list({...gone, IncludeAll: true})).toMatchObject([{Status: 'deprecated'}])
})

it('RDS tells until when Aurora MySQL 3 is supported', async () => {
  const rds = connect(RDSClient)
  const majors = async (input: {Engine?: string; MajorEngineVersion?: string}) =>
    (await rds.send(new DescribeDBMajorEngineVersionsCommand(input))).DBMajorEngineVersions ?? []
  const [found] = await majors({Engine: 'aurora-mysql', MajorEngineVersion: '8.0'})
  const ends = found?.SupportedEngineLifecycles?.map(({LifecycleSupportEndDate: end}) =>
    end?.getUTCFullYear(),
  )
  expect(ends).toEqual([2028, 2029])
  expect(await majors({Engine: 'aurora-postgresql'})).toEqual([])
})

describe('network interfaces', () => {
  const list = async (filters: Record<string, string> = {}) => {
    const ec2 = connect(EC2Client)
    const Filters = Object.entries(filters).map(([Name, value]) => ({Name, Values: [value]}))
    return (await ec2.send(new DescribeNetworkInterfacesCommand({Filters}))).NetworkInterfaces ?? []
  }

  it('are those of tasks and load balancers, each with an address of its own', async () => {
    const all = await list()
    const tasks = Object.values(base.region.tasks).filter(({lastStatus}) => lastStatus !== 'STOPPED')
    expect(all).toHaveLength(tasks.length + 1)
    expect(new Set(all.map(({PrivateIpAddress}) => PrivateIpAddress)).size).toBe(all.length)
    expect(new Set(all.map(({NetworkInterfaceId}) => NetworkInterfaceId)).size).toBe(all.length)
    const [task] = tasks
    expect(await list({'private-ip-address': task?.privateIp ?? ''})).toMatchObject([
      {
        SubnetId: 'subnet-1',
        VpcId: 'vpc-1',
        RequesterManaged: true,
        Groups: [{GroupId: 'sg-1'}],
        Attachment: {Status: 'attached'},
      },
    ])
    expect(await list({'group-id': 'sg-none'})).toEqual([])
    expect(await list({'requester-id': 'amazon-elb'})).toMatchObject([
      {Description: expect.stringMatching(/^ELB app\/demo-alb\//), SubnetId: 'subnet-1'},
    ])
    expect(await list()).toEqual(all)
  })

  it('go with their tasks', async () => {
    const before = (await list()).length
    for (const task of Object.values(base.region.tasks)) task.lastStatus = 'STOPPED'
    expect((await list()).length).toBe(before - 1)
  })
})
