/**
 * Zones with Fargate, of regions where not all have it, by their ids: names are another zone's in each account. Source: Amazon
 * ECS developer guide, "Supported Regions for Amazon ECS on AWS Fargate".
 */
export const fargateZones: Readonly<Record<string, readonly string[]>> = {
  'us-west-1': ['usw1-az1', 'usw1-az3'],
  'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'],
}

/**
 * Zones that RDS Proxy leaves out without a word. AWS has no list, and no call that tells; support names this one. Source:
 * hashicorp/terraform-provider-aws, issue 17781.
 */
export const zonesWithoutProxy: readonly string[] = ['use1-az3']

/** Subnets in different zones without which RDS Proxy is not made. Source: RDS user guide, "Setting up network prerequisites". */
export const leastProxyZones = 2
