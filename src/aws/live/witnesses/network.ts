import {allPages, batches} from '../../pages.js'
import type {Witness} from '../witness.js'

/** Values of one filter. Source: EC2 API reference, Filter. */
const valuesPerFilter = 200

/**
 * Route tables name their VPC and the subnets that are associated with them, and what an active route leads to: EC2 deletes
 * no VPC and no subnet that is in use, and a route to what is gone is a black hole.
 * Sources: EC2 API reference, Route and DeleteSubnet; Amazon VPC user guide, "Delete a NAT gateway".
 */
const routeTables: Witness = {
  types: [
    ...['AWS::EC2::RouteTable', 'AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation'],
    ...['AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint'],
    ...['AWS::EC2::InternetGateway', 'AWS::EC2::VPCGatewayAttachment'],
  ],
  async ask(clients, ids, sightings) {
    const wanted = ids('AWS::EC2::RouteTable')
    if (wanted.length === 0) return
    const ec2 = await clients.ec2()
    const tables = await allPages(async token => {
      const Filters = [{Name: 'route-table-id', Values: [...wanted]}]
      const page = await ec2.describeRouteTables({Filters, NextToken: token})
      return {items: page.RouteTables, token: page.NextToken}
    })
    for (const {RouteTableId, VpcId, Routes = [], Associations = []} of tables) {
      sightings.add('AWS::EC2::RouteTable', RouteTableId)
      sightings.add('AWS::EC2::VPC', VpcId)
      for (const {RouteTableAssociationId, SubnetId} of Associations) {
        sightings.add('AWS::EC2::SubnetRouteTableAssociation', RouteTableAssociationId)
        sightings.add('AWS::EC2::Subnet', SubnetId)
      }
      for (const route of Routes) {
        const to =
          route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId
        sightings.add('AWS::EC2::Route', `${RouteTableId}|${to}`)
        if (route.State !== 'active') continue
        const {NatGatewayId, GatewayId = ''} = route
        sightings.add('AWS::EC2::NatGateway', NatGatewayId)
        if (GatewayId.startsWith('vpce-')) sightings.add('AWS::EC2::VPCEndpoint', GatewayId)
        if (!GatewayId.startsWith('igw-')) continue
        sightings.add('AWS::EC2::InternetGateway', GatewayId)
        sightings.add('AWS::EC2::VPCGatewayAttachment', `IGW|${VpcId}`)
      }
    }
  },
}

/** A rule names its group. */
const rules: Witness = {
  types: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'],
  async ask(clients, ids, sightings) {
    const ec2 = await clients.ec2()
    await Promise.all(
      batches(ids('AWS::EC2::SecurityGroup'), valuesPerFilter).map(async groups => {
        const all = await allPages(async token => {
          const Filters = [{Name: 'group-id', Values: [...groups]}]
          const page = await ec2.describeSecurityGroupRules({Filters, NextToken: token})
          return {items: page.SecurityGroupRules, token: page.NextToken}
        })
        for (const {GroupId, IsEgress, SecurityGroupRuleId} of all) {
          sightings.add('AWS::EC2::SecurityGroup', GroupId)
          sightings.add(`AWS::EC2::SecurityGroup${IsEgress ? 'Egress' : 'Ingress'}`, SecurityGroupRuleId)
        }
      }),
    )
  },
}

/**
 * An interface in the VPC has the Elastic IP address that a NAT gateway was given, and names the endpoint or the mount
 * target that it belongs to: it goes with them, and EC2 releases no address that is in use.
 * Sources: EC2 API reference, NetworkInterface and ReleaseAddress; the descriptions as AWS writes them.
 */
const interfaces: Witness = {
  types: [
    ...['AWS::EC2::EIP', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint'],
    ...['AWS::EFS::FileSystem', 'AWS::EFS::MountTarget'],
  ],
  async ask(clients, ids, sightings) {
    const vpcs = ids('AWS::EC2::VPC')
    if (vpcs.length === 0) return
    const ec2 = await clients.ec2()
    const all = await allPages(async token => {
      const Filters = [{Name: 'vpc-id', Values: [...vpcs]}]
      const page = await ec2.describeNetworkInterfaces({Filters, NextToken: token})
      return {items: page.NetworkInterfaces, token: page.NextToken}
    })
    for (const {Association, Description = ''} of all) {
      sightings.add('AWS::EC2::EIP', Association?.PublicIp)
      const [, endpoint] = /^VPC Endpoint Interface (vpce-\w+)$/.exec(Description) ?? []
      sightings.add('AWS::EC2::VPCEndpoint', endpoint)
      const [, fileSystem, mountTarget] =
        /^EFS mount target for (fs-\w+) \((fsmt-\w+)\)$/.exec(Description) ?? []
      sightings.add('AWS::EFS::FileSystem', fileSystem)
      sightings.add('AWS::EFS::MountTarget', mountTarget)
    }
  },
}

export const networkWitnesses: readonly Witness[] = [routeTables, rules, interfaces]
