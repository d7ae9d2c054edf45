/**
 * What AWS accepts for a property that a template names something with. Where CloudFormation's registry schema says
 * it, the schema is the source; else the request parameter of that name in the service's API reference.
 */
export interface NameRule {
  readonly type: string
  /** Steps from the properties to the value; `[]` is every element of a list. */
  readonly path: string
  /** In characters. */
  readonly max: number
  /** What the whole of it must match. */
  readonly pattern: RegExp
  /** Two resources of the type in one account and region cannot both have it. */
  readonly unique: boolean
}

/** Types whose names exist once in an account, whatever the region. Source: CloudFront API, CreateFunction. */
export const regionless: readonly string[] = ['AWS::CloudFront::Function']

/** CloudFront keeps some names for itself, and the load balancer drops those with other characters. */
const header = /^(?!x-(amz|amzn|edge|forwarded|real)-)[A-Za-z0-9-]+$/i
const anything = /^[\s\S]+$/
const letters = /^[A-Za-z0-9_-]+$/
const balancer = /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/
const variable = /^[A-Za-z_][A-Za-z0-9_]*$/
const host =
  /^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/
const policy = /^[\w+=,.@-]+$/
/** EC2, for the descriptions of groups and of their rules. */
const ec2Text = /^[A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]+$/
/** ECS, "ServiceConnectService" and "PortMapping": no upper case, no hyphen first. */
const connect = /^[a-z0-9_][a-z0-9_-]*$/

const unique: readonly [type: string, path: string, max: number, pattern: RegExp][] = [
  ['AWS::CloudFront::Function', 'Name', 64, /^[A-Za-z0-9-_]+$/],
  ['AWS::CloudWatch::Alarm', 'AlarmName', 255, /^\S(.*\S)?$/],
  ['AWS::CodeBuild::Project', 'Name', 150, /^[A-Za-z0-9][A-Za-z0-9_-]+$/],
  // Single separators only: ECR takes no "a--b".
  [
    'AWS::ECR::Repository',
    'RepositoryName',
    256,
    /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
  ],
  ['AWS::ECS::Cluster', 'ClusterName', 255, letters],
  ['AWS::ECS::Service', 'ServiceName', 255, letters],
  ['AWS::ECS::TaskDefinition', 'Family', 255, letters],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Name', 32, balancer],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'Name', 32, balancer],
  ['AWS::KMS::Alias', 'AliasName', 256, /^alias\/(?!aws\/)[A-Za-z0-9:/_-]+$/],
  ['AWS::Lambda::Function', 'FunctionName', 64, letters],
  // CloudWatch Logs keeps "aws/", without a slash before it, for itself.
  ['AWS::Logs::LogGroup', 'LogGroupName', 512, /^(?!aws\/)[.\-_/#A-Za-z0-9]+$/],
  // "It can't end with a hyphen or contain two consecutive hyphens."
  ['AWS::RDS::DBProxy', 'DBProxyName', 63, /^[A-Za-z](-?[A-Za-z0-9]+)*$/],
  // Systems Manager user guide, "parameter name constraints": 1011 characters with the ARN before it, 15 levels, and
  // no "aws" or "ssm" first, whatever the case and also behind the slash.
  ['AWS::SSM::Parameter', 'Name', 900, /^\/(?!aws|ssm)[\w.-]+(\/[\w.-]+){0,14}$/i],
  ['AWS::SecretsManager::Secret', 'Name', 512, /^[\w/+=.@-]+$/],
  ['AWS::ServiceDiscovery::PrivateDnsNamespace', 'Name', 253, host],
]

/** Texts, and names that need to be unique within one resource only. */
const others: readonly [type: string, path: string, max: number, pattern: RegExp][] = [
  ['AWS::ApplicationAutoScaling::ScalingPolicy', 'PolicyName', 256, /^[ -~]+$/],
  // The common name of a certificate: RFC 5280, ub-common-name.
  ['AWS::CertificateManager::Certificate', 'DomainName', 64, host],
  ['AWS::CertificateManager::Certificate', 'DomainValidationOptions.[].DomainName', 253, host],
  ['AWS::CloudFront::Distribution', 'DistributionConfig.Comment', 128, anything],
  ['AWS::CloudFront::Distribution', 'DistributionConfig.Origins.[].Id', 128, anything],
  [
    'AWS::CloudFront::Distribution',
    'DistributionConfig.Origins.[].OriginCustomHeaders.[].HeaderName',
    256,
    header,
  ],
  ['AWS::CloudFront::Function', 'FunctionConfig.Comment', 128, anything],
  // Neither X-Forwarded-For nor X-Amzn-…, which the load balancer writes itself.
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'Conditions.[].HttpHeaderConfig.HttpHeaderName', 40, header],
  ['AWS::CloudWatch::Alarm', 'AlarmDescription', 1024, anything],
  ['AWS::CloudWatch::Alarm', 'Metrics.[].Id', 255, /^[a-z][A-Za-z0-9_]*$/],
  ['AWS::CodeBuild::Project', 'Description', 255, anything],
  ['AWS::CodeBuild::Project', 'Environment.EnvironmentVariables.[].Name', 255, variable],
  ['AWS::EC2::SecurityGroup', 'GroupDescription', 255, ec2Text],
  ['AWS::EC2::SecurityGroup', 'SecurityGroupEgress.[].Description', 255, ec2Text],
  ['AWS::EC2::SecurityGroup', 'SecurityGroupIngress.[].Description', 255, ec2Text],
  ['AWS::EC2::SecurityGroupEgress', 'Description', 255, ec2Text],
  ['AWS::EC2::SecurityGroupIngress', 'Description', 255, ec2Text],
  [
    'AWS::ECS::Service',
    'ServiceConnectConfiguration.Services.[].ClientAliases.[].DnsName',
    127,
    /^[a-z0-9][a-z0-9.-]*$/,
  ],
  ['AWS::ECS::Service', 'ServiceConnectConfiguration.Services.[].DiscoveryName', 64, connect],
  ['AWS::ECS::TaskDefinition', 'ContainerDefinitions.[].Environment.[].Name', 255, variable],
  ['AWS::ECS::TaskDefinition', 'ContainerDefinitions.[].Name', 255, letters],
  ['AWS::ECS::TaskDefinition', 'ContainerDefinitions.[].PortMappings.[].Name', 64, connect],
  ['AWS::ECS::TaskDefinition', 'ContainerDefinitions.[].Secrets.[].Name', 255, variable],
  ['AWS::ECS::TaskDefinition', 'Volumes.[].Name', 255, letters],
  ['AWS::Events::Rule', 'Description', 512, anything],
  ['AWS::Events::Rule', 'Targets.[].Id', 64, /^[.\-_A-Za-z0-9]+$/],
  ['AWS::IAM::ManagedPolicy', 'Description', 1000, anything],
  ['AWS::IAM::Role', 'Description', 1000, /^[\t\n\r -~\u00A1-\u00FF]+$/],
  ['AWS::IAM::Role', 'Policies.[].PolicyName', 128, policy],
  ['AWS::IAM::RolePolicy', 'PolicyName', 128, policy],
  ['AWS::KMS::Key', 'Description', 8192, anything],
  ['AWS::Lambda::Function', 'Description', 256, anything],
  ['AWS::RDS::DBCluster', 'DatabaseName', 64, /^[A-Za-z][A-Za-z0-9]*$/],
  // Aurora MySQL: 1 to 16 letters, digits and underscores.
  ['AWS::RDS::DBCluster', 'MasterUsername', 16, /^[A-Za-z][A-Za-z0-9_]*$/],
  ['AWS::RDS::DBClusterParameterGroup', 'Description', 255, anything],
  ['AWS::RDS::DBSubnetGroup', 'DBSubnetGroupDescription', 255, anything],
  // Whoever gives two environments one domain asks for one name twice; nothing here can part them.
  ['AWS::Route53::RecordSet', 'Name', 253, host],
  ['AWS::SNS::Topic', 'DisplayName', 100, anything],
  ['AWS::SSM::Parameter', 'Description', 1024, anything],
  ['AWS::SecretsManager::Secret', 'Description', 2048, anything],
  ['AWS::ServiceDiscovery::PrivateDnsNamespace', 'Description', 1024, anything],
]

export const nameRules: readonly NameRule[] = [
  ...unique.map(([type, path, max, pattern]) => ({type, path, max, pattern, unique: true})),
  ...others.map(([type, path, max, pattern]) => ({type, path, max, pattern, unique: false})),
]

/** Properties whose name sounds like one and whose value is a word of AWS, or names what another property defines. */
export const notNames: ReadonlySet<string> = new Set([
  ...['AWS::CloudWatch::Alarm Dimensions.[].Name', 'AWS::CloudWatch::Alarm MetricName'],
  'AWS::CloudWatch::Alarm Metrics.[].MetricStat.Metric.Dimensions.[].Name',
  'AWS::CloudWatch::Alarm Metrics.[].MetricStat.Metric.MetricName',
  'AWS::EC2::VPCEndpoint ServiceName',
  'AWS::ECS::Cluster ClusterSettings.[].Name',
  'AWS::ECS::Service LoadBalancers.[].ContainerName',
  'AWS::ECS::Service ServiceConnectConfiguration.Services.[].PortName',
  'AWS::ECS::TaskDefinition ContainerDefinitions.[].DependsOn.[].ContainerName',
  'AWS::ECS::TaskDefinition RuntimePlatform.OperatingSystemFamily',
  'AWS::RDS::DBClusterParameterGroup Family',
  'AWS::RDS::DBProxy EngineFamily',
  // Aurora knows one target group of a proxy, and it is called so.
  'AWS::RDS::DBProxyTargetGroup TargetGroupName',
])
