import type {KnownFailure} from './known-failure.js'

/** VPC, subnets, gateways, endpoints and security groups, when they are made. */
export const network: readonly KnownFailure[] = [
  {
    id: 'too-few-zones',
    reason: /Fn::Select\s+cannot select nonexistent value at index/,
    meaning:
      'The region gives this account fewer than three Availability Zones, and the environment spreads over three.',
    advice: 'Choose a region with three zones, for example us-west-2.',
  },
  {
    id: 'zone-without-subnets',
    reason: /parameter availabilityZone is invalid\. Subnets can currently only be created in/,
    meaning: 'An Availability Zone takes no new subnets from this account.',
    advice: 'Choose another region; the message names the zones that take subnets.',
  },
  {
    id: 'subnet-conflict',
    reason: /The CIDR '\S+' conflicts with another subnet|InvalidSubnet\.Conflict/,
    meaning: 'Two subnets would have the same addresses.',
    advice:
      'Deploy without ranges of your own, or correct those that you gave with `--set` or in the parameters file so that they do not overlap.',
  },
  {
    id: 'invalid-range',
    reason: /The CIDR '\S+' is invalid|Invalid(Subnet|Vpc)\.Range/,
    meaning:
      'A range of addresses cannot be one: it is malformed, larger than /16, or not inside that of the VPC.',
    advice: 'Correct the range of the VPC or of the subnet in the parameters.',
  },
  {
    id: 'nat-gateway-failed',
    reason: /NatGateway \S+ is in state failed/,
    meaning: 'AWS gave up on making a NAT gateway; the end of the message says why.',
    advice:
      'This passes by itself most of the time: deploy again. When it does not, look at the gateway under "Failure message" (VPC console, NAT gateways).',
  },
  {
    id: 'endpoint-not-in-zone',
    reason: /VPC endpoint service \S+ does not support the availability zone of the subnet/,
    meaning: 'A service of AWS has no private endpoint in one of the Availability Zones.',
    advice: 'Choose another region, for example us-west-2.',
  },
  {
    id: 'private-dns-conflict',
    reason: /private-dns-enabled cannot be set because there is already a conflicting DNS domain/,
    meaning: 'Something else answers for the name of an AWS service inside the VPC already.',
    advice:
      'Delete the other endpoint or private hosted zone of that VPC; a VPC of the stack has none unless somebody added it.',
  },
  {
    id: 'no-free-addresses',
    reason: /insufficient free addresses in subnet|InsufficientFreeAddressesInSubnet/i,
    meaning: 'A subnet has no address left for another network interface.',
    advice:
      'Remove what was put into the subnet from outside of the stack, or deploy with a larger range for the VPC.',
  },
  {
    id: 'prefix-list-missing',
    reason: /prefix list ID '\S*' does not exist|InvalidPrefixListI[dD]\.NotFound/,
    meaning:
      "The list of CloudFront's addresses that the load balancers shall let in does not exist in this region.",
    advice: 'Leave CloudFrontPrefixListId out, and mcpgw looks the right one up.',
  },
  {
    id: 'rule-exists',
    types: /^AWS::EC2::SecurityGroup/,
    reason: /the specified rule ".*" already exists|InvalidPermission\.Duplicate/,
    meaning:
      'A security group has that rule already: somebody added it by hand, or a parameter names the same range twice.',
    advice: 'Remove the rule in the EC2 console, or the range that appears twice in IngressCidrBlocks.',
  },
  {
    id: 'route-exists',
    types: /^AWS::EC2::Route$/,
    reason: /The route identified by \S+ already exists/,
    meaning: 'A route table has a route to that destination already, which the stack did not make.',
    advice: 'Delete the route in the VPC console (Route tables).',
  },
]
