/** A list price: so much for one of what `per` says. */
export interface Price {
  /** US dollars. */
  readonly usd: number
  readonly per: 'month' | 'GiB and month' | 'ACU and month' | 'task and month'
}

/** Of what the prices are: on demand, in this region, as AWS's public price pages had them in this year. Nothing was looked up since. */
export const priceBasis = {region: 'us-west-2', year: 2025} as const

/** AWS reckons a month as so many hours. */
const hours = 730
const hourly = (usd: number): Price => ({usd: cents(usd * hours), per: 'month'})
const monthly = (usd: number): Price => ({usd, per: 'month'})
const stored = (usd: number): Price => ({usd, per: 'GiB and month'})
const cents = (usd: number) => Math.round(usd * 100) / 100
const free = monthly(0)

/** The smallest charge of a proxy in front of Aurora Serverless v2: 8 ACU at 0.015 USD an hour. */
const proxyHour = 8 * 0.015
/** 1 vCPU and 2 GiB, the size of a task with default parameters. */
const taskHour = 0.04048 + 2 * 0.004445

/**
 * By resource type, and by the kind that its ARN names. What has no row has no price that could be told: of a VPC
 * endpoint nothing says by its name whether it is one of those that are free.
 */
const rows: readonly (readonly [type: string, kind: string, price: Price])[] = [
  ['AWS::CloudFront::Distribution', 'cloudfront:distribution', free],
  ['AWS::CloudFront::Function', 'cloudfront:function', free],
  ['AWS::CloudWatch::Alarm', 'cloudwatch:alarm', monthly(0.1)],
  ['AWS::CodeBuild::Project', 'codebuild:project', free],
  ['AWS::EC2::EIP', 'ec2:elastic-ip', hourly(0.005)],
  ['AWS::EC2::InternetGateway', 'ec2:internet-gateway', free],
  ['AWS::EC2::NatGateway', 'ec2:natgateway', hourly(0.045)],
  ['AWS::EC2::RouteTable', 'ec2:route-table', free],
  ['AWS::EC2::SecurityGroup', 'ec2:security-group', free],
  ['AWS::EC2::Subnet', 'ec2:subnet', free],
  ['AWS::EC2::VPC', 'ec2:vpc', free],
  ['AWS::ECR::Repository', 'ecr:repository', stored(0.1)],
  ['AWS::ECS::Cluster', 'ecs:cluster', free],
  ['AWS::ECS::Service', 'ecs:service', {...hourly(taskHour), per: 'task and month'}],
  ['AWS::ECS::TaskDefinition', 'ecs:task-definition', free],
  ['AWS::EFS::AccessPoint', 'elasticfilesystem:access-point', free],
  ['AWS::EFS::FileSystem', 'elasticfilesystem:file-system', stored(0.3)],
  ['AWS::ElasticLoadBalancingV2::Listener', 'elasticloadbalancing:listener', free],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'elasticloadbalancing:listener-rule', free],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'elasticloadbalancing:loadbalancer', hourly(0.0225)],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'elasticloadbalancing:targetgroup', free],
  ['AWS::Events::Rule', 'events:rule', free],
  ['AWS::IAM::ManagedPolicy', 'iam:policy', free],
  ['AWS::IAM::Role', 'iam:role', free],
  ['AWS::KMS::Key', 'kms:key', monthly(1)],
  ['AWS::Lambda::Function', 'lambda:function', free],
  ['AWS::RDS::DBCluster', 'rds:cluster', stored(0.1)],
  ['AWS::RDS::DBClusterParameterGroup', 'rds:cluster-pg', free],
  ['AWS::RDS::DBClusterSnapshot', 'rds:cluster-snapshot', stored(0.021)],
  ['AWS::RDS::DBInstance', 'rds:db', {...hourly(0.12), per: 'ACU and month'}],
  ['AWS::RDS::DBProxy', 'rds:db-proxy', hourly(proxyHour)],
  ['AWS::RDS::DBSubnetGroup', 'rds:subgrp', free],
  ['AWS::Route53::HostedZone', 'route53:hostedzone', monthly(0.5)],
  ['AWS::SecretsManager::Secret', 'secretsmanager:secret', monthly(0.4)],
  ['AWS::ServiceDiscovery::PrivateDnsNamespace', 'servicediscovery:namespace', monthly(0.5)],
  ['AWS::SNS::Topic', 'sns:topic', free],
  ['AWS::SSM::Parameter', 'ssm:parameter', free],
]

/** Types without an ARN of their own that cost nothing by themselves. */
const freeTypes = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::CertificateManager::Certificate',
  'AWS::EC2::Route',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::EFS::MountTarget',
  'AWS::IAM::RolePolicy',
  'AWS::KMS::Alias',
  'AWS::Lambda::Permission',
  'AWS::RDS::DBProxyTargetGroup',
  'AWS::Route53::RecordSet',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'Custom::ContainerImages',
] as const

/** Kinds as in ARNs, of things that cost nothing by themselves. */
const freeKinds = [
  'application-autoscaling:scalable-target',
  'ec2:network-interface',
  'kms:alias',
  'servicediscovery:service',
] as const

const prices = new Map<string, Price>([
  ...rows.flatMap(([type, kind, price]) => [[type, price] as const, [kind, price] as const]),
  ...freeTypes.map(type => [type, free] as const),
  ...freeKinds.map(kind => [kind, free] as const),
  // Stored like a snapshot.
  ['rds:cluster-auto-backup', stored(0.021)],
  // The two alarms that a policy of target tracking keeps.
  ['AWS::ApplicationAutoScaling::ScalingPolicy', monthly(0.2)],
])

/** What one of a resource type, or of a kind as in ARNs, costs; undefined where nothing here says so. */
export function priceOf(typeOrKind: string): Price | undefined {
  return prices.get(typeOrKind)
}
