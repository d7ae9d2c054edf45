import type {KnownFailure} from './known-failure.js'

/** A quota of the account is used up, or is zero because the account is new. */
export const quotas: readonly KnownFailure[] = [
  {
    id: 'elastic-ip-limit',
    reason: /maximum number of addresses has been reached|AddressLimitExceeded/,
    meaning:
      'The region has no Elastic IP address left for this account: the environment takes three, one for each NAT gateway, and the default quota of an account is five.',
    advice:
      'Release addresses that are not in use (EC2 console, Elastic IPs), or request an increase: `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value 10`.',
  },
  {
    id: 'vpc-limit',
    reason: /maximum number of VPCs has been reached|VpcLimitExceeded/,
    meaning:
      'The account has reached its quota of VPCs in this region, and the environment needs its own VPC.',
    advice:
      'Delete a VPC that is not in use, or request an increase: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 10`.',
  },
  {
    id: 'internet-gateway-limit',
    reason: /maximum number of internet gateways has been reached|InternetGatewayLimitExceeded/,
    meaning: 'The account has reached its quota of internet gateways in this region.',
    advice:
      'Delete an internet gateway that is not attached to a VPC (VPC console), or request an increase of the quota "VPCs per Region", which also sets this one: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 10`.',
  },
  {
    id: 'nat-gateway-limit',
    reason: /exceed the limit of \d+ NAT gateways|NatGatewayLimitExceeded/,
    meaning: 'The account has reached its quota of NAT gateways in an Availability Zone.',
    advice:
      'Delete NAT gateways that are not in use, which also saves their cost, or request an increase: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-FE5A380F --desired-value 10`.',
  },
  {
    id: 'vpc-endpoint-limit',
    reason: /maximum number of VPC endpoints has been reached|VpcEndpointLimitExceeded/,
    meaning: 'The account has reached its quota of VPC endpoints.',
    advice:
      'Delete endpoints that are not in use (VPC console, Endpoints), or request an increase of the quota "Gateway VPC endpoints per Region" or "Interface VPC endpoints per VPC" in Service Quotas.',
  },
  {
    id: 'security-group-limit',
    reason: /maximum number of security groups (for VPC \S+ )?has been reached|\bSecurityGroupLimitExceeded/,
    meaning: 'The account has reached its quota of security groups in this region.',
    advice:
      'Delete security groups that are not in use, or request an increase: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-E79EC296 --desired-value 3000`.',
  },
  {
    id: 'security-group-rule-limit',
    reason: /maximum number of rules per security group has been reached|RulesPerSecurityGroupLimitExceeded/,
    meaning:
      'A security group would exceed its quota of rules: the CloudFront prefix list alone counts as 55 rules, and the default quota is 60.',
    advice:
      'Specify fewer ranges in IngressCidrBlocks, or request an increase: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-0EA8095F --desired-value 120`.',
  },
  {
    id: 'load-balancer-limit',
    reason: /maximum number of load balancers has been reached|TooManyLoadBalancers/,
    meaning: 'The account has reached its quota of Application Load Balancers in this region.',
    advice:
      'Delete load balancers that are not in use, or request an increase: `aws service-quotas request-service-quota-increase --service-code elasticloadbalancing --quota-code L-53DA6B97 --desired-value 60`.',
  },
  {
    id: 'iam-limit',
    reason: /Cannot exceed quota for (Roles|Policies|InstanceProfiles)PerAccount/,
    meaning: 'The account has reached its quota of IAM roles or policies, which counts all regions together.',
    advice:
      'Delete roles or policies of environments that no longer exist (IAM console, sorted by last activity), or request an increase: Service Quotas, region us-east-1, service IAM.',
  },
  {
    id: 'iam-attachment-limit',
    reason: /Cannot exceed quota for (PoliciesPerRole|ACLSizePerRole|PolicySize)/,
    meaning: 'A role would have more policies, or larger ones, than IAM allows.',
    advice: [
      'Detach the policies that were attached to the role outside the stack: `aws iam list-attached-role-policies --role-name {named}`.',
      'Detach the policies that were attached to the role outside the stack: IAM console, Roles.',
    ],
  },
  {
    id: 'fargate-cpu-limit',
    reason: /limit on the number of vCPUs you can run concurrently/,
    meaning:
      'The services need more Fargate vCPUs than the quota of the account allows at one time: new accounts start with six or fewer, and an update needs up to twice as many as the services use.',
    advice:
      'Stop other Fargate tasks in the account, or request an increase: `aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 32`.',
  },
  {
    id: 'build-limit',
    reason: /Cannot have more than \d+ (active )?builds( in queue)? for the account/,
    meaning:
      'CodeBuild does not let the account run another build now; in a new account it may not allow any builds, whatever Service Quotas shows.',
    advice:
      'Wait until other builds have ended. If there are none, request an increase of the quota "Concurrently running builds for Linux/Large environment": `aws service-quotas request-service-quota-increase --service-code codebuild --quota-code L-4DDC4A99 --desired-value 2`.',
  },
  {
    id: 'lambda-concurrency',
    reason: /UnreservedConcurrentExecution below its minimum|ReservedConcurrentExecutions for function/,
    meaning: 'The account does not have enough unreserved Lambda concurrency left to reserve some of it.',
    advice:
      'Request the usual 1,000: `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000`.',
  },
  {
    id: 'database-limit',
    types: /^AWS::RDS::/,
    reason: /(DB )?(Instance|Cluster|Proxy) quota exceeded|(Instance|DBCluster|DBProxy)QuotaExceeded/i,
    meaning: 'The account has reached its quota of databases or database proxies in this region.',
    advice:
      'Delete databases that are not in use (RDS console), or request an increase of the quota that the message names: Service Quotas, service Amazon Relational Database Service.',
  },
  {
    id: 'certificate-limit',
    types: /CertificateManager/,
    reason: /reached your limit of \d+ certificates/,
    meaning: 'The account has reached its quota of certificates requested within a year.',
    advice:
      'Have the quota "ACM certificates created in last 365 days" raised: open a case with AWS Support and quote the message, because Service Quotas can show a higher value than applies to a new account. Deleted certificates count, too. Until then, deploy without `BaseDomain` and `HostedZoneId`: CloudFront gives the names, and no certificate is needed.',
  },
  {
    id: 'stack-limit',
    reason: /Limit for stack has been exceeded|number of stacks .*exceeded|Stack limit exceeded/i,
    meaning:
      'The account has reached its quota of CloudFormation stacks in this region; nested stacks count.',
    advice:
      'Delete stacks that are not needed, including those in REVIEW_IN_PROGRESS, or request an increase of the quota "Stack count": `aws service-quotas request-service-quota-increase --service-code cloudformation --quota-code L-0485CB21 --desired-value 3000`.',
  },
]
