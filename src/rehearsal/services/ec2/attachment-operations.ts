import type {World} from '../../account/world.js'
import {text, texts} from '../../resources/values.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {isDefaultGroup} from './default-group.js'
import {filtered, tagList} from './filters.js'
import {securityGroupUserOf} from './in-use.js'
import {ec2Page} from './page.js'

const groupType = 'AWS::EC2::SecurityGroup'
const peeringType = 'AWS::EC2::VPCPeeringConnection'
const attachmentType = 'AWS::EC2::TransitGatewayVpcAttachment'

/** What ties a VPC to others, and what takes things out of it by hand. Source: EC2 API reference. */
export function attachmentOperations(world: World) {
  return {
    DescribeVpcPeeringConnections(input, call) {
      const all = world.resourcesOf(world.region(call.region), peeringType)
      const found = filtered(all, input.Filters, ({physicalId, properties, tags}) => ({
        'vpc-peering-connection-id': physicalId,
        'requester-vpc-info.vpc-id': text(properties.VpcId),
        'accepter-vpc-info.vpc-id': text(properties.PeerVpcId),
        'status-code': 'active',
        tags,
      }))
      const page = ec2Page(found, input)
      return {
        VpcPeeringConnections: page.items.map(({physicalId, properties, tags}) => ({
          VpcPeeringConnectionId: physicalId,
          Status: {Code: 'active' as const},
          RequesterVpcInfo: {VpcId: text(properties.VpcId), OwnerId: world.account.id},
          AccepterVpcInfo: {
            VpcId: text(properties.PeerVpcId),
            OwnerId: text(properties.PeerOwnerId) ?? world.account.id,
          },
          Tags: tagList(tags),
        })),
        NextToken: page.next,
      }
    },

    DescribeTransitGatewayVpcAttachments(input, call) {
      const all = world.resourcesOf(world.region(call.region), attachmentType)
      const found = filtered(all, input.Filters, ({physicalId, properties, tags}) => ({
        'transit-gateway-attachment-id': physicalId,
        'transit-gateway-id': text(properties.TransitGatewayId),
        'vpc-id': text(properties.VpcId),
        state: 'available',
        tags,
      }))
      const page = ec2Page(found, input)
      return {
        TransitGatewayVpcAttachments: page.items.map(({physicalId, properties, tags}) => ({
          TransitGatewayAttachmentId: physicalId,
          TransitGatewayId: text(properties.TransitGatewayId),
          VpcId: text(properties.VpcId),
          VpcOwnerId: world.account.id,
          SubnetIds: texts(properties.SubnetIds),
          State: 'available' as const,
          Tags: tagList(tags),
        })),
        NextToken: page.next,
      }
    },

    DeleteSecurityGroup({GroupId = ''}, call) {
      const region = world.region(call.region)
      const group = world.resource(region, groupType, GroupId)
      if (!group) {
        throw new AwsError('InvalidGroup.NotFound', `The security group '${GroupId}' does not exist`)
      }
      if (isDefaultGroup(group)) {
        throw new AwsError(
          'CannotDelete',
          `the specified group: "${GroupId}" name: "default" cannot be deleted by a user`,
        )
      }
      if (securityGroupUserOf(world, region, GroupId)) {
        throw new AwsError('DependencyViolation', `resource ${GroupId} has a dependent object`)
      }
      world.remove(region, group)
      return {Return: true, GroupId}
    },
  } satisfies Operations<'ec2'>
}
