import type {KnownFailure} from './known-failure.js'

/** VPC, subnets, gateways, endpoints and security groups, when they are created. */
export const network: readonly KnownFailure[] = [
  {
    id: 'too-few-zones',
    reason: /Fn::Select\s+cannot select nonexistent value at index/,
    meaning:
      'CloudFormation was given fewer than three Availability Zones, and the environment spreads over three: where an account has default subnets, templates get no zones but those that have one.',
    advice:
      'Let `mcpgw preflight` name the zones that lack a default subnet, and run the commands that it prints, which make them. Where the region itself has fewer than three zones, deploy to another region with `--region`.',
    inAnotherRegion: 'instead',
  },
  {
    id: 'zone-without-subnets',
    reason: /parameter availabilityZone is invalid\. Subnets can currently only be created in/,
    meaning: 'An Availability Zone does not accept new subnets from this account.',
    advice:
      'Deploy to another region with `--region`; the message names the zones that take subnets in this one.',
    inAnotherRegion: 'only',
  },
  {
    id: 'subnet-conflict',
    reason: /The CIDR '\S+' conflicts with another subnet|InvalidSubnet\.Conflict/,
    meaning: 'The address ranges of two subnets overlap.',
    advice:
      'Deploy without address ranges of your own, or correct those in `--set` or in the parameters file so that they do not overlap.',
  },
  {
    id: 'invalid-range',
    reason: /The CIDR '\S+' is invalid|Invalid(Subnet|Vpc)\.Range/,
    meaning:
      'An address range is not valid: it is malformed, larger than /16, or not inside the range of the VPC.',
    advice: 'Correct the range of the VPC or of the subnet in the parameters.',
  },
  {
    id: 'nat-gateway-failed',
    reason: /NatGateway \S+ is in state failed/,
    meaning: 'AWS could not create a NAT gateway; the end of the message says why.',
    advice:
      'This usually resolves itself: deploy again. If it does not, look at the failure message of the gateway (VPC console, NAT gateways).',
  },
  {
    id: 'endpoint-not-in-zone',
    reason: /VPC endpoint service \S+ does not support the availability zone of the subnet/,
    meaning: 'An AWS service does not support a VPC endpoint in one of the Availability Zones.',
    advice: 'Deploy to another region with `--region`.',
    inAnotherRegion: 'only',
  },
  {
    id: 'private-dns-conflict',
    reason: /private-dns-enabled cannot be set because there is already a conflicting DNS domain/,
    meaning:
      'Another endpoint or private hosted zone already resolves the name of an AWS service in the VPC.',
    advice:
      'Find out who added another endpoint or a private hosted zone to that VPC, where the stack has made none yet; then delete it in the VPC console (Endpoints), or take the VPC from the zone in the Route 53 console.',
  },
  {
    id: 'no-free-addresses',
    reason: /insufficient free addresses in subnet|InsufficientFreeAddressesInSubnet/i,
    meaning: 'A subnet has no address left for another network interface.',
    advice:
      'Remove what was added to the subnet outside the stack, or deploy with a larger range for the VPC.',
  },
  {
    id: 'prefix-list-missing',
    reason: /prefix list ID '\S*' does not exist|InvalidPrefixListI[dD]\.NotFound/,
    meaning:
      'The prefix list of CloudFront, from which the load balancers accept traffic, does not exist in this region.',
    advice: 'Omit CloudFrontPrefixListId, and mcpgw looks up the right one.',
  },
  {
    id: 'rule-exists',
    types: /^AWS::EC2::SecurityGroup/,
    reason: /the specified rule ".*" already exists|InvalidPermission\.Duplicate/,
    meaning:
      'The security group already has that rule: someone added it by hand, or a parameter lists the same range twice.',
    advice: 'Remove the rule in the EC2 console, or the range that appears twice in IngressCidrBlocks.',
  },
  {
    id: 'route-exists',
    types: /^AWS::EC2::Route$/,
    reason: /The route identified by \S+ already exists/,
    meaning: 'The route table already has a route to that destination, and the stack did not create it.',
    advice: 'Find out who added it and what for, then delete the route in the VPC console (Route tables).',
  },
]
