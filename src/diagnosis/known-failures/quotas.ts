import type {KnownFailure} from './known-failure.js'

/** A quota of the account is used up, or is zero because the account is new. */
export const quotas: readonly KnownFailure[] = [
  {
    id: 'elastic-ip-limit',
    reason: /maximum number of addresses has been reached|AddressLimitExceeded/,
    meaning:
      'The region has no Elastic IP address left for this account: the environment takes three, one for each NAT gateway, and a new account has five.',
    advice:
      'Release addresses that nobody uses (EC2 console, Elastic IPs), or ask for more: `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value 10`.',
  },
  {
    id: 'vpc-limit',
    reason: /maximum number of VPCs has been reached|VpcLimitExceeded/,
    meaning:
      'The account has as many VPCs in this region as it may, and the environment needs one of its own.',
    advice:
      'Delete a VPC that nobody uses, or ask for more: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 10`.',
  },
  {
    id: 'internet-gateway-limit',
    reason: /maximum number of internet gateways has been reached|InternetGatewayLimitExceeded/,
    meaning: 'The account has as many internet gateways in this region as it may.',
    advice:
      'Delete an internet gateway that is attached to nothing (VPC console), or raise the quota "VPCs per Region", which this one follows: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 10`.',
  },
  {
    id: 'nat-gateway-limit',
    reason: /exceed the limit of \d+ NAT gateways|NatGatewayLimitExceeded/,
    meaning: 'An Availability Zone has as many NAT gateways of this account as it may.',
    advice:
      'Delete NAT gateways that nobody uses, which also saves their price, or ask for more: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-FE5A380F --desired-value 10`.',
  },
  {
    id: 'vpc-endpoint-limit',
    reason: /maximum number of VPC endpoints has been reached|VpcEndpointLimitExceeded/,
    meaning: 'The account has as many VPC endpoints as it may.',
    advice:
      'Delete endpoints that nobody uses (VPC console, Endpoints), or raise the quota "Gateway VPC endpoints per Region" or "Interface VPC endpoints per VPC" in Service Quotas.',
  },
  {
    id: 'security-group-limit',
    reason: /maximum number of security groups (for VPC \S+ )?has been reached|\bSecurityGroupLimitExceeded/,
    meaning: 'The account has as many security groups in this region as it may.',
    advice:
      'Delete security groups that nobody uses, or ask for more: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-E79EC296 --desired-value 3000`.',
  },
  {
    id: 'security-group-rule-limit',
    reason: /maximum number of rules per security group has been reached|RulesPerSecurityGroupLimitExceeded/,
    meaning:
      'A security group would have more rules than it may: the prefix list of CloudFront alone counts as 55, and the default is 60.',
    advice:
      'Give fewer ranges in IngressCidrBlocks, or ask for more: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-0EA8095F --desired-value 120`.',
  },
  {
    id: 'load-balancer-limit',
    reason: /maximum number of load balancers has been reached|TooManyLoadBalancers/,
    meaning: 'The account has as many Application Load Balancers in this region as it may.',
    advice:
      'Delete load balancers that nobody uses, or ask for more: `aws service-quotas request-service-quota-increase --service-code elasticloadbalancing --quota-code L-53DA6B97 --desired-value 60`.',
  },
  {
    id: 'iam-limit',
    reason: /Cannot exceed quota for (Roles|Policies|InstanceProfiles)PerAccount/,
    meaning: 'The account has as many IAM roles or policies as it may, over all regions.',
    advice:
      'Delete roles or policies of environments that are gone (IAM console, sorted by last activity), or raise the quota: Service Quotas, region us-east-1, service IAM.',
  },
  {
    id: 'iam-attachment-limit',
    reason: /Cannot exceed quota for (PoliciesPerRole|ACLSizePerRole|PolicySize)/,
    meaning: 'A role would have more policies, or longer ones, than IAM allows.',
    advice: [
      'Detach what was attached to the role outside of the stack: `aws iam list-attached-role-policies --role-name {named}`.',
      'Detach what was attached to the role outside of the stack: IAM console, Roles.',
    ],
  },
  {
    id: 'fargate-cpu-limit',
    reason: /limit on the number of vCPUs you can run concurrently/,
    meaning:
      'The account may not run as many Fargate vCPUs at a time as the services need: new accounts start with six or fewer, and an update needs up to twice as many.',
    advice:
      'Stop other Fargate tasks of the account, or ask for more: `aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 32`.',
  },
  {
    id: 'build-limit',
    reason: /Cannot have more than \d+ (active )?builds( in queue)? for the account/,
    meaning:
      'CodeBuild lets the account run no further build now; in a new account it may let it run none at all, whatever Service Quotas shows.',
    advice:
      'Wait until other builds have ended. When there are none, have the quota "Concurrently running builds for Linux/Large environment" raised: `aws service-quotas request-service-quota-increase --service-code codebuild --quota-code L-4DDC4A99 --desired-value 2`.',
  },
  {
    id: 'lambda-concurrency',
    reason: /UnreservedConcurrentExecution below its minimum|ReservedConcurrentExecutions for function/,
    meaning: 'The account has too little concurrency of Lambda left to set some of it aside.',
    advice:
      'Ask for the normal 1,000: `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000`.',
  },
  {
    id: 'database-limit',
    types: /^AWS::RDS::/,
    reason: /(DB )?(Instance|Cluster|Proxy) quota exceeded|(Instance|DBCluster|DBProxy)QuotaExceeded/i,
    meaning: 'The account has as many databases or database proxies in this region as it may.',
    advice:
      'Delete databases that nobody uses (RDS console), or raise the quota that the message names: Service Quotas, service Amazon Relational Database Service.',
  },
  {
    id: 'certificate-limit',
    types: /CertificateManager/,
    reason: /reached your limit of \d+ certificates/,
    meaning: 'The account has asked for as many certificates within a year as it may.',
    advice:
      'Delete certificates that nobody uses, or raise the quota "ACM certificates created in last 365 days": Service Quotas, service AWS Certificate Manager.',
  },
  {
    id: 'stack-limit',
    reason: /Limit for stack has been exceeded|number of stacks .*exceeded|Stack limit exceeded/i,
    meaning: 'The account has as many CloudFormation stacks in this region as it may; nested ones count.',
    advice:
      'Delete stacks that nobody needs, those in REVIEW_IN_PROGRESS too, or raise the quota "Stack count": `aws service-quotas request-service-quota-increase --service-code cloudformation --quota-code L-0485CB21 --desired-value 3000`.',
  },
]
