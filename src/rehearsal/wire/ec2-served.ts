/**
 * The operations of EC2 that the account has, of 750. A request for another one is understood all the same, after
 * the whole package has been loaded.
 */
export {
  AuthorizeSecurityGroupEgress$,
  AuthorizeSecurityGroupIngress$,
  CreateDefaultSubnet$,
  CreateNetworkInterface$,
  DeleteNatGateway$,
  DeleteNetworkInterface$,
  DeleteRoute$,
  DeleteVpcEndpoints$,
  DescribeAddresses$,
  DescribeAvailabilityZones$,
  DescribeInternetGateways$,
  DescribeManagedPrefixLists$,
  DescribeNatGateways$,
  DescribeNetworkInterfaces$,
  DescribeRegions$,
  DescribeRouteTables$,
  DescribeSecurityGroupRules$,
  DescribeSecurityGroups$,
  DescribeSubnets$,
  DescribeVpcEndpoints$,
  DescribeVpcs$,
  DetachInternetGateway$,
  DisassociateRouteTable$,
  ReleaseAddress$,
  RevokeSecurityGroupEgress$,
  RevokeSecurityGroupIngress$,
} from '@aws-sdk/client-ec2'
