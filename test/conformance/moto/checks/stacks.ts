import {readFileSync} from 'node:fs'
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation'
import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2'
import {check, refused} from '../check.js'
import type {Clients} from '../clients.js'

/** The project's own network, which is more than moto can make: see the disagreements. */
const whole = readFileSync(new URL('../../../../cloudformation/network-stack.yaml', import.meta.url), 'utf8')

/** A network in the manner of the project's, without what moto lacks. */
const network = `
Description: A network for both
Parameters:
  VpcCidr: {Type: String, Default: 10.8.0.0/16, AllowedPattern: '^[0-9./]+$'}
  Suffix: {Type: String, Default: one}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: !Ref VpcCidr, EnableDnsHostnames: true, Tags: [{Key: Name, Value: !Sub 'vpc-\${Suffix}'}]}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.8.0.0/24, AvailabilityZone: us-west-2a, MapPublicIpOnLaunch: true}
  Private:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.8.16.0/20, AvailabilityZone: us-west-2b}
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  ToGateway:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  PublicRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Routes}
  Address: {Type: AWS::EC2::EIP, DependsOn: Attachment, Properties: {Domain: vpc}}
  Nat:
    Type: AWS::EC2::NatGateway
    DependsOn: Attachment
    Properties: {SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId}
  Balancer:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: both-balancer
      GroupDescription: of a load balancer
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 192.0.2.0/24}
  Tasks:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupName: both-tasks, GroupDescription: of tasks, VpcId: !Ref Vpc}
  TasksFromBalancer:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref Tasks, IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !Ref Balancer}
Outputs:
  VpcId: {Value: !Ref Vpc, Export: {Name: !Sub '\${Suffix}-VpcId'}}
  Subnets: {Value: !Join [',', [!Ref Public, !Ref Private]]}
  Range: {Value: !GetAtt Vpc.CidrBlock}
  Tasks: {Value: !GetAtt Tasks.GroupId}
`
/** For refusals, so that a server which makes it all the same is not in the way of the network. */
const small = `
Parameters: {Digits: {Type: String, Default: '1', AllowedPattern: '^[0-9]+$'}}
Resources: {Gateway: {Type: AWS::EC2::InternetGateway}}
`
const StackName = 'both-network'
const absent = {StackName: 'absent'}
const quick = {maxWaitTime: 120, minDelay: 1, maxDelay: 2}

/** By CloudFormation, since moto does not tag what a stack makes. */
async function vpcOf({cloudformation}: Clients): Promise<string> {
  const {StackResourceDetail} = await cloudformation.send(
    new DescribeStackResourceCommand({StackName, LogicalResourceId: 'Vpc'}),
  )
  return StackResourceDetail?.PhysicalResourceId ?? ''
}

const inVpc = async (clients: Clients) => [{Name: 'vpc-id', Values: [await vpcOf(clients)]}]
const sorted = <Item>(items: readonly Item[] = []) =>
  items
    .map(item => JSON.stringify(item))
    .sort()
    .map(text => JSON.parse(text))

/** The network template alone, and what CloudFormation and EC2 say of it. */
export const stackChecks = [
  refused('cloudformation: describe a stack that is not there', ({cloudformation}) =>
    cloudformation.send(new DescribeStacksCommand(absent)),
  ),
  refused('cloudformation: events of a stack that is not there', ({cloudformation}) =>
    cloudformation.send(new DescribeStackEventsCommand(absent)),
  ),
  refused('cloudformation: list the resources of a stack that is not there', ({cloudformation}) =>
    cloudformation.send(new ListStackResourcesCommand(absent)),
  ),
  refused('cloudformation: describe the resources of a stack that is not there', ({cloudformation}) =>
    cloudformation.send(new DescribeStackResourcesCommand(absent)),
  ),
  refused('cloudformation: template of a stack that is not there', ({cloudformation}) =>
    cloudformation.send(new GetTemplateCommand(absent)),
  ),
  refused('cloudformation: update a stack that is not there', ({cloudformation}) =>
    cloudformation.send(new UpdateStackCommand({...absent, TemplateBody: small})),
  ),
  check('cloudformation: delete a stack that is not there', async ({cloudformation}) => {
    const {$metadata} = await cloudformation.send(new DeleteStackCommand(absent))
    return $metadata.httpStatusCode
  }),
  refused('cloudformation: create a stack of no template', ({cloudformation}) =>
    cloudformation.send(new CreateStackCommand({StackName: 'wrong', TemplateBody: 'no template'})),
  ),
  refused('cloudformation: create a stack with a parameter that is not declared', ({cloudformation}) =>
    cloudformation.send(
      new CreateStackCommand({
        StackName: 'undeclared',
        TemplateBody: small,
        Parameters: [{ParameterKey: 'Absent', ParameterValue: 'x'}],
      }),
    ),
  ),
  refused('cloudformation: create a stack with a parameter that its pattern forbids', ({cloudformation}) =>
    cloudformation.send(
      new CreateStackCommand({
        StackName: 'forbidden',
        TemplateBody: small,
        Parameters: [{ParameterKey: 'Digits', ParameterValue: 'wide'}],
      }),
    ),
  ),
  check('cloudformation: parameters of the template', async ({cloudformation}) => {
    const {Parameters} = await cloudformation.send(new ValidateTemplateCommand({TemplateBody: small}))
    return sorted(
      Parameters?.map(({ParameterKey, DefaultValue, NoEcho}) => [ParameterKey, DefaultValue, NoEcho]),
    )
  }),
  check('cloudformation: create the network', async ({cloudformation}) => {
    await cloudformation.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: network,
        Tags: [{Key: 'made', Value: 'by both'}],
      }),
    )
    return (await waitUntilStackCreateComplete({client: cloudformation, ...quick}, {StackName})).state
  }),
  refused('cloudformation: create a stack that is there', ({cloudformation}) =>
    cloudformation.send(new CreateStackCommand({StackName, TemplateBody: network})),
  ),
  refused('cloudformation: update to the same', ({cloudformation}) =>
    cloudformation.send(
      new UpdateStackCommand({
        StackName,
        UsePreviousTemplate: true,
        Tags: [{Key: 'made', Value: 'by both'}],
      }),
    ),
  ),
  check('cloudformation: the stack', async ({cloudformation}) => {
    const {Stacks = []} = await cloudformation.send(new DescribeStacksCommand({StackName}))
    return Stacks.map(({StackStatus, Tags, Description, DisableRollback, EnableTerminationProtection}) => ({
      ...{StackStatus, Tags, Description, DisableRollback, EnableTerminationProtection},
    }))
  }),
  check('cloudformation: parameters of the stack', async ({cloudformation}) => {
    const {Stacks} = await cloudformation.send(new DescribeStacksCommand({StackName}))
    return sorted(Stacks?.[0]?.Parameters)
  }),
  check('cloudformation: outputs of the stack', async ({cloudformation}) => {
    const {Stacks} = await cloudformation.send(new DescribeStacksCommand({StackName}))
    return sorted(
      Stacks?.[0]?.Outputs?.map(({OutputKey, OutputValue, ExportName}) => [
        OutputKey,
        OutputValue,
        ExportName,
      ]),
    )
  }),
  check('cloudformation: exports', async ({cloudformation}) => {
    const {Exports} = await cloudformation.send(new ListExportsCommand({}))
    return sorted(Exports?.map(({Name, Value}) => [Name, Value]))
  }),
  check('cloudformation: resources of the stack', async ({cloudformation}) => {
    const {StackResourceSummaries} = await cloudformation.send(new ListStackResourcesCommand({StackName}))
    return sorted(
      StackResourceSummaries?.map(({LogicalResourceId, ResourceType, ResourceStatus}) => [
        ...[LogicalResourceId, ResourceType, ResourceStatus],
      ]),
    )
  }),
  refused('cloudformation: a resource that the stack lacks', ({cloudformation}) =>
    cloudformation.send(new DescribeStackResourceCommand({StackName, LogicalResourceId: 'Absent'})),
  ),
  check('cloudformation: the newest event of the stack', async ({cloudformation}) => {
    const {StackEvents = []} = await cloudformation.send(new DescribeStackEventsCommand({StackName}))
    const [newest] = StackEvents
    return [newest?.LogicalResourceId, newest?.ResourceType, newest?.ResourceStatus]
  }),
  check('ec2: the VPC', async ({ec2, ...others}) => {
    const {Vpcs} = await ec2.send(new DescribeVpcsCommand({VpcIds: [await vpcOf({ec2, ...others})]}))
    return Vpcs?.map(({CidrBlock, IsDefault, State, InstanceTenancy, OwnerId}) => ({
      ...{CidrBlock, IsDefault, State, InstanceTenancy, OwnerId},
    }))
  }),
  check('ec2: its tags', async clients => {
    const {Vpcs} = await clients.ec2.send(new DescribeVpcsCommand({VpcIds: [await vpcOf(clients)]}))
    return sorted(Vpcs?.[0]?.Tags?.filter(({Key}) => Key !== 'aws:cloudformation:stack-id'))
  }),
  check('ec2: its subnets', async clients => {
    const {Subnets} = await clients.ec2.send(new DescribeSubnetsCommand({Filters: await inVpc(clients)}))
    return sorted(
      Subnets?.map(({CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, State, DefaultForAz}) => ({
        ...{CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, State, DefaultForAz},
      })),
    )
  }),
  check('ec2: its security groups', async clients => {
    const {SecurityGroups} = await clients.ec2.send(
      new DescribeSecurityGroupsCommand({Filters: await inVpc(clients)}),
    )
    return sorted(SecurityGroups?.map(({GroupName, Description}) => [GroupName, Description]))
  }),
  check('ec2: the rules of its security groups', async clients => {
    const {SecurityGroups} = await clients.ec2.send(
      new DescribeSecurityGroupsCommand({Filters: await inVpc(clients)}),
    )
    const rules = (permissions: any[] = []) =>
      sorted(
        permissions.map(({IpProtocol, FromPort, ToPort, IpRanges = [], UserIdGroupPairs = []}) => [
          ...[IpProtocol, FromPort, ToPort, sorted(IpRanges.map(({CidrIp}: any) => CidrIp))],
          UserIdGroupPairs.length,
        ]),
      )
    return sorted(
      SecurityGroups?.map(({GroupName, IpPermissions, IpPermissionsEgress}) => ({
        ...{GroupName, into: rules(IpPermissions), out: rules(IpPermissionsEgress)},
      })),
    )
  }),
  check('ec2: its internet gateway', async clients => {
    const Filters = [{Name: 'attachment.vpc-id', Values: [await vpcOf(clients)]}]
    const {InternetGateways} = await clients.ec2.send(new DescribeInternetGatewaysCommand({Filters}))
    return InternetGateways?.map(({Attachments}) => Attachments?.map(({State}) => State))
  }),
  check('ec2: its NAT gateways', async clients => {
    const Filter = await inVpc(clients)
    const {NatGateways} = await clients.ec2.send(new DescribeNatGatewaysCommand({Filter}))
    return NatGateways?.map(({State, ConnectivityType}) => ({State, ConnectivityType}))
  }),
  refused('ec2: a VPC that is not there', ({ec2}) =>
    ec2.send(new DescribeVpcsCommand({VpcIds: ['vpc-0123456789abcdef0']})),
  ),
  refused('ec2: a subnet that is not there', ({ec2}) =>
    ec2.send(new DescribeSubnetsCommand({SubnetIds: ['subnet-0123456789abcdef0']})),
  ),
  refused('ec2: a security group that is not there', ({ec2}) =>
    ec2.send(new DescribeSecurityGroupsCommand({GroupIds: ['sg-0123456789abcdef0']})),
  ),
  refused('ec2: an internet gateway that is not there', ({ec2}) =>
    ec2.send(new DescribeInternetGatewaysCommand({InternetGatewayIds: ['igw-0123456789abcdef0']})),
  ),
  refused('ec2: an address that is not there', ({ec2}) =>
    ec2.send(new DescribeAddressesCommand({AllocationIds: ['eipalloc-0123456789abcdef0']})),
  ),
  check("cloudformation: create the project's own network", async ({cloudformation}) => {
    await cloudformation.send(new CreateStackCommand({StackName: 'whole', TemplateBody: whole}))
    return (await waitUntilStackCreateComplete({client: cloudformation, ...quick}, {StackName: 'whole'}))
      .state
  }),
  check('cloudformation: delete the network', async ({cloudformation}) => {
    const {Stacks} = await cloudformation.send(new DescribeStacksCommand({StackName}))
    const id = {StackName: Stacks?.[0]?.StackId ?? ''}
    await cloudformation.send(new DeleteStackCommand({StackName}))
    const {state} = await waitUntilStackDeleteComplete({client: cloudformation, ...quick}, id)
    const {StackSummaries} = await cloudformation.send(
      new ListStacksCommand({StackStatusFilter: ['DELETE_COMPLETE']}),
    )
    return {state, gone: StackSummaries?.map(summary => summary.StackName)}
  }),
]
