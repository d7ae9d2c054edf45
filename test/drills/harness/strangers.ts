import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {EC2} from '@aws-sdk/client-ec2'
import type {Account} from '../../../src/rehearsal/account/account.js'
import type {DrillAccount} from './account.js'

/** Stacks of somebody else, without our tag. */
const beside = 'somebody-elses-names'
const within = 'somebody-elses-network'

/** Things whose names begin as ours do. */
export async function moveInBeside(account: DrillAccount): Promise<void> {
  await create(account, beside, {
    Repository: {Type: 'AWS::ECR::Repository', Properties: {RepositoryName: 'mcp-gateway-somebody-else'}},
    Lines: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: '/ecs/mcp-gateway-somebody-else'}},
  })
}

/** Things in our network, which it cannot be deleted with, and a rule of ours to which they add one. */
export async function moveIntoNetwork(account: DrillAccount): Promise<void> {
  const ec2 = new EC2(account.clientConfig)
  const Filters = [{Name: 'tag:mcpgw:environment', Values: ['mcp-gateway']}]
  const {Vpcs = []} = await ec2.describeVpcs({Filters})
  const VpcId = Vpcs[0]?.VpcId
  if (VpcId === undefined) return
  const [{Subnets = []}, {SecurityGroups = []}] = await Promise.all([
    ec2.describeSubnets({Filters: [{Name: 'vpc-id', Values: [VpcId]}]}),
    ec2.describeSecurityGroups({Filters: [{Name: 'vpc-id', Values: [VpcId]}, ...Filters]}),
  ])
  const SubnetId = Subnets[0]?.SubnetId
  const ours = SecurityGroups[0]?.GroupId
  await create(account, within, {
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {GroupDescription: 'A scanner', VpcId},
    },
    ...(SubnetId !== undefined && {
      Scanner: {Type: 'AWS::EC2::NetworkInterface', Properties: {SubnetId, GroupSet: [{Ref: 'Group'}]}},
      Endpoint: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: {
          VpcId,
          ServiceName: 'com.amazonaws.us-west-2.ssm',
          VpcEndpointType: 'Interface',
          SubnetIds: [SubnetId],
        },
      },
    }),
    ...(ours !== undefined && {
      Rule: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: ours,
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          SourceSecurityGroupId: {Ref: 'Group'},
        },
      },
    }),
  })
}

/** They leave our network when they are asked to. */
export async function moveOut(account: DrillAccount): Promise<void> {
  await new CloudFormation(account.clientConfig).deleteStack({StackName: within})
  await account.pass(1800)
}

/** What strangers have made by now and is gone although they have not removed it. */
export function lostByStrangers({regions}: Account): string[] {
  return Object.values(regions).flatMap(({stacks, resources}) =>
    Object.values(stacks)
      .filter(({name, status}) => [beside, within].includes(name) && status === 'CREATE_COMPLETE')
      .flatMap(({name, resources: own}) =>
        Object.values(own)
          // A rule goes with the group that it is of.
          .filter(({type}) => type !== 'AWS::EC2::SecurityGroupIngress')
          .filter(({type, physicalId}) => resources[`${type}/${physicalId}`] === undefined)
          .map(({logicalId, type}) => `${name}: ${logicalId} (${type})`),
      ),
  )
}

/** Whether something that an account has is theirs. */
export function isOfStrangers(belonging: string): boolean {
  return /somebody-else/.test(belonging)
}

async function create(account: DrillAccount, StackName: string, Resources: object): Promise<void> {
  const TemplateBody = JSON.stringify({Resources})
  await new CloudFormation(account.clientConfig).createStack({StackName, TemplateBody})
}
