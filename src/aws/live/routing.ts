import {allPages} from '../pages.js'
import {type Look, thereOf} from './state.js'

/**
 * Route tables, their routes (`TABLE|DESTINATION`) and their associations, all of the region: a route or an association has
 * no list of its own. A route whose other side is gone is listed all the same: the other side is what is missing.
 */
const routeTables: Look = async clients => {
  const ec2 = await clients.ec2()
  const all = await allPages(async token => {
    const page = await ec2.describeRouteTables({NextToken: token})
    return {items: page.RouteTables, token: page.NextToken}
  })
  return thereOf(
    all.flatMap(({RouteTableId, Routes = [], Associations = []}) => [
      RouteTableId,
      ...Associations.map(({RouteTableAssociationId}) => RouteTableAssociationId),
      ...Routes.map(
        ({DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId}) =>
          `${RouteTableId}|${DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId}`,
      ),
    ]),
  )
}

/** Internet gateways, and what they are attached to: `IGW|VPC`. */
const internetGateways: Look = async clients => {
  const ec2 = await clients.ec2()
  const all = await allPages(async token => {
    const page = await ec2.describeInternetGateways({NextToken: token})
    return {items: page.InternetGateways, token: page.NextToken}
  })
  return thereOf(
    all.flatMap(({InternetGatewayId, Attachments = []}) => [
      InternetGatewayId,
      ...Attachments.map(({VpcId}) => `IGW|${VpcId}`),
    ]),
  )
}

/** Physical ids are the addresses themselves. */
const addresses: Look = async clients => {
  const ec2 = await clients.ec2()
  const {Addresses = []} = await ec2.describeAddresses({})
  return thereOf(Addresses.map(({PublicIp}) => PublicIp))
}

export const routingLooks: Readonly<Record<string, Look>> = {
  'AWS::EC2::RouteTable': routeTables,
  'AWS::EC2::Route': routeTables,
  'AWS::EC2::SubnetRouteTableAssociation': routeTables,
  'AWS::EC2::InternetGateway': internetGateways,
  'AWS::EC2::VPCGatewayAttachment': internetGateways,
  'AWS::EC2::EIP': addresses,
}
