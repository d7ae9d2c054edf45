/** A limit that AWS sets an account and raises on request. It counts in each region, unless it is `global`. */
export interface Quota {
  /** Of Service Quotas, where it is raised. */
  readonly code: string
  readonly name: string
  readonly service: QuotaService
  /** What AWS gives a new account. */
  readonly awsDefault: number
  /** What this account begins with instead, because AWS raises the quota by itself while an account is used. */
  readonly begins?: number
  /** It counts over all regions, and is read in us-east-1 only. */
  readonly global?: true
}

/** A service as Service Quotas calls it. */
export interface QuotaService {
  readonly code: string
  readonly name: string
}

const ec2 = {code: 'ec2', name: 'Amazon Elastic Compute Cloud (Amazon EC2)'}
const vpc = {code: 'vpc', name: 'Amazon Virtual Private Cloud (Amazon VPC)'}
const balancing = {code: 'elasticloadbalancing', name: 'Elastic Load Balancing (ELB)'}
const iam = {code: 'iam', name: 'AWS Identity and Access Management (IAM)'}
const codeBuild = {code: 'codebuild', name: 'AWS CodeBuild'}
const fargate = {code: 'fargate', name: 'AWS Fargate'}

/**
 * The quotas that the account enforces: those of which the words of the refusal are known. Source of codes, names and
 * defaults: AWS General Reference, "Service endpoints and quotas", and the quota pages of each service.
 */
export const quotas = {
  elasticIps: {code: 'L-0263D0A3', name: 'EC2-VPC Elastic IPs', service: ec2, awsDefault: 5},
  vpcs: {code: 'L-F678F1CE', name: 'VPCs per Region', service: vpc, awsDefault: 5},
  internetGateways: {code: 'L-A4707A72', name: 'Internet gateways per Region', service: vpc, awsDefault: 5},
  natGateways: {code: 'L-FE5A380F', name: 'NAT gateways per Availability Zone', service: vpc, awsDefault: 5},
  securityGroups: {
    code: 'L-E79EC296',
    name: 'VPC security groups per Region',
    service: vpc,
    awsDefault: 2500,
  },
  securityGroupRules: {
    code: 'L-0EA8095F',
    name: 'Inbound or outbound rules per security group',
    service: vpc,
    awsDefault: 60,
  },
  loadBalancers: {
    code: 'L-53DA6B97',
    name: 'Application Load Balancers per Region',
    service: balancing,
    awsDefault: 50,
  },
  roles: {code: 'L-FE177D64', name: 'Roles per account', service: iam, awsDefault: 1000, global: true},
  managedPolicies: {
    code: 'L-E95E4862',
    name: 'Customer managed policies per account',
    service: iam,
    awsDefault: 1500,
    global: true,
  },
  smallBuilds: concurrentBuilds('L-9D07B6EF', 'Small'),
  mediumBuilds: concurrentBuilds('L-2DC20C30', 'Medium'),
  largeBuilds: concurrentBuilds('L-4DDC4A99', 'Large'),
  fargateCpus: {
    code: 'L-3032A538',
    name: 'Fargate On-Demand vCPU resource count',
    service: fargate,
    awsDefault: 6,
    begins: 4000,
  },
} as const satisfies Record<string, Quota>

export const allQuotas: readonly Quota[] = Object.values(quotas)

function concurrentBuilds(code: string, size: string): Quota {
  return {
    code,
    name: `Concurrently running builds for Linux/${size} environment`,
    service: codeBuild,
    awsDefault: 1,
  }
}
