import type {Region} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {text} from '../../resources/values.js'
import type {Operations} from '../../wire/operations.js'
import {associationId} from './elastic-ips.js'
import {filtered, selected, tagList} from './filters.js'
import {type NetworkInterface, networkInterfaces} from './network-interfaces.js'
import {ec2Page} from './page.js'

/** Network interfaces of tasks, load balancers, NAT gateways, endpoints, mount targets, databases and functions. */
export function interfaceOperations(world: World) {
  return {
    DescribeNetworkInterfaces(input, call) {
      const region = world.region(call.region)
      const wanted = selected(networkInterfaces(world, region), input.NetworkInterfaceIds, ({id}) => id, {
        code: 'InvalidNetworkInterfaceID.NotFound',
        message: id => `The networkInterface ID '${id}' does not exist`,
      })
      const found = filtered(wanted, input.Filters, each => ({
        'network-interface-id': each.id,
        'vpc-id': each.vpcId,
        'subnet-id': each.subnetId,
        'availability-zone': each.zone,
        'group-id': each.groups,
        'interface-type': each.type,
        'private-ip-address': each.privateIp,
        'addresses.private-ip-address': each.privateIp,
        'association.public-ip': each.publicIp,
        'association.allocation-id': each.allocationId,
        'association.association-id': associationId(world, each),
        'attachment.attachment-id': each.attachmentId,
        'attachment.instance-id': each.instanceId,
        'attachment.instance-owner-id': each.requester,
        'attachment.status': each.isFree ? undefined : 'attached',
        'mac-address': each.mac,
        'owner-id': world.account.id,
        'requester-id': each.requester,
        'requester-managed': String(!each.isFree),
        description: each.description,
        status: each.isFree ? 'available' : 'in-use',
        tags: each.tags ?? {},
      }))
      const page = ec2Page(found, input)
      return {
        NetworkInterfaces: page.items.map(each => interfaceEntry(world, region, each)),
        NextToken: page.next,
      }
    },
  } satisfies Operations<'ec2'>
}

/** An interface as DescribeNetworkInterfaces shows it. */
export function interfaceEntry(world: World, region: Region, each: NetworkInterface) {
  const groupName = (id: string) =>
    text(world.resource(region, 'AWS::EC2::SecurityGroup', id)?.data.name) ?? id
  const association = each.publicIp
    ? {
        AllocationId: each.allocationId,
        AssociationId: associationId(world, each),
        IpOwnerId: each.allocationId ? world.account.id : each.requester,
        PublicDnsName: '',
        PublicIp: each.publicIp,
      }
    : undefined
  return {
    NetworkInterfaceId: each.id,
    Description: each.description,
    InterfaceType: each.type as 'interface',
    Status: each.isFree ? ('available' as const) : ('in-use' as const),
    SubnetId: each.subnetId,
    VpcId: each.vpcId,
    AvailabilityZone: each.zone,
    MacAddress: each.mac,
    OwnerId: world.account.id,
    RequesterId: each.requester,
    RequesterManaged: !each.isFree,
    SourceDestCheck: each.type !== 'nat_gateway',
    PrivateIpAddress: each.privateIp,
    PrivateIpAddresses: [{Primary: true, PrivateIpAddress: each.privateIp, Association: association}],
    Association: association,
    Groups: each.groups.map(GroupId => ({GroupId, GroupName: groupName(GroupId)})),
    Attachment: each.isFree
      ? undefined
      : {
          AttachmentId: each.attachmentId,
          DeleteOnTermination: false,
          DeviceIndex: 1,
          InstanceId: each.instanceId,
          InstanceOwnerId: each.requester,
          Status: 'attached' as const,
        },
    Ipv6Addresses: [],
    TagSet: tagList(each.tags ?? {}),
  }
}
