import {
  DeleteNatGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteVpcEndpointsCommand,
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInternetGatewaysCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type EC2ClientConfig,
  type EC2 as WholeEC2,
} from '@aws-sdk/client-ec2'
import {createAggregatedClient} from '@smithy/core/client'

/**
 * EC2 with the operations that this program calls. All 750 take a quarter of a second and 55 MB to load; the build
 * leaves out what is not named here.
 */
export type EC2 = EC2Client &
  Pick<
    WholeEC2,
    | 'deleteNatGateway'
    | 'deleteNetworkInterface'
    | 'deleteSecurityGroup'
    | 'deleteVpcEndpoints'
    | 'describeAddresses'
    | 'describeAvailabilityZones'
    | 'describeInternetGateways'
    | 'describeManagedPrefixLists'
    | 'describeNatGateways'
    | 'describeNetworkInterfaces'
    | 'describeRegions'
    | 'describeRouteTables'
    | 'describeSecurityGroupRules'
    | 'describeSecurityGroups'
    | 'describeSubnets'
    | 'describeTransitGatewayVpcAttachments'
    | 'describeVpcEndpoints'
    | 'describeVpcPeeringConnections'
    | 'describeVpcs'
  >

class LeanEC2 extends EC2Client {}
createAggregatedClient(
  {
    DeleteNatGatewayCommand,
    DeleteNetworkInterfaceCommand,
    DeleteSecurityGroupCommand,
    DeleteVpcEndpointsCommand,
    DescribeAddressesCommand,
    DescribeAvailabilityZonesCommand,
    DescribeInternetGatewaysCommand,
    DescribeManagedPrefixListsCommand,
    DescribeNatGatewaysCommand,
    DescribeNetworkInterfacesCommand,
    DescribeRegionsCommand,
    DescribeRouteTablesCommand,
    DescribeSecurityGroupRulesCommand,
    DescribeSecurityGroupsCommand,
    DescribeSubnetsCommand,
    DescribeTransitGatewayVpcAttachmentsCommand,
    DescribeVpcEndpointsCommand,
    DescribeVpcPeeringConnectionsCommand,
    DescribeVpcsCommand,
  },
  LeanEC2,
)

export const EC2 = LeanEC2 as new (configuration: EC2ClientConfig) => EC2
