/** How long a resource typically takes, in seconds, once CloudFormation has asked the service for it. */
export interface TypicalSeconds {
  readonly create: number
  readonly update: number
  readonly delete: number
}

/**
 * Create, update, delete. The plan adds them up and the embedded account lets them pass, so that both speak of the
 * same AWS. Well founded, by public logs of CloudFormation and Terraform: NAT gateway (create 87–121, delete 42–61),
 * load balancer (141–190), distribution (180–232), Aurora writer (381), mount target (78–87), IAM (12–18),
 * certificate (102). The rest are single measurements and estimates: AWS promises nothing.
 */
const table: Readonly<Record<string, readonly [number, number, number]>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': [3, 3, 3],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [3, 3, 3],
  'AWS::AutoScaling::AutoScalingGroup': [45, 20, 75],
  'AWS::CertificateManager::Certificate': [150, 5, 10],
  'AWS::CloudFormation::WaitCondition': [1, 1, 1],
  'AWS::CloudFormation::WaitConditionHandle': [1, 1, 1],
  'AWS::CloudFront::Distribution': [230, 220, 240],
  'AWS::CloudWatch::Alarm': [4, 3, 3],
  'AWS::CodeBuild::Project': [6, 5, 2],
  'AWS::DynamoDB::GlobalTable': [60, 30, 30],
  'AWS::DynamoDB::Table': [32, 15, 20],
  'AWS::EC2::EIP': [16, 2, 5],
  'AWS::EC2::Instance': [25, 30, 45],
  'AWS::EC2::InternetGateway': [16, 2, 10],
  'AWS::EC2::NatGateway': [100, 5, 55],
  'AWS::EC2::NetworkInterface': [13, 5, 3],
  'AWS::EC2::Route': [3, 3, 3],
  'AWS::EC2::RouteTable': [11, 2, 3],
  'AWS::EC2::SecurityGroup': [6, 5, 2],
  'AWS::EC2::SecurityGroupEgress': [3, 3, 2],
  'AWS::EC2::SecurityGroupIngress': [3, 3, 2],
  'AWS::EC2::Subnet': [5, 2, 2],
  'AWS::EC2::SubnetRouteTableAssociation': [3, 3, 3],
  'AWS::EC2::TransitGateway': [150, 10, 60],
  'AWS::EC2::TransitGatewayAttachment': [65, 10, 65],
  'AWS::EC2::TransitGatewayVpcAttachment': [65, 10, 65],
  'AWS::EC2::VPC': [13, 2, 2],
  'AWS::EC2::VPCEndpoint': [15, 15, 10],
  'AWS::EC2::VPCGatewayAttachment': [16, 5, 15],
  'AWS::EC2::VPCPeeringConnection': [12, 5, 5],
  'AWS::EC2::VPNConnection': [280, 10, 200],
  'AWS::EC2::VPNGateway': [70, 5, 15],
  'AWS::EC2::Volume': [12, 60, 12],
  'AWS::ECR::Repository': [3, 3, 2],
  'AWS::ECS::Cluster': [8, 5, 10],
  'AWS::ECS::ClusterCapacityProviderAssociations': [5, 5, 5],
  'AWS::ECS::TaskDefinition': [2, 2, 2],
  'AWS::EFS::AccessPoint': [7, 3, 7],
  'AWS::EFS::FileSystem': [12, 5, 10],
  'AWS::EFS::MountTarget': [85, 5, 30],
  'AWS::ElasticLoadBalancingV2::Listener': [3, 3, 3],
  'AWS::ElasticLoadBalancingV2::ListenerRule': [3, 3, 3],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [170, 5, 30],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [8, 5, 3],
  'AWS::Events::Rule': [30, 10, 10],
  'AWS::IAM::AccessKey': [12, 5, 5],
  'AWS::IAM::Group': [17, 15, 13],
  'AWS::IAM::InstanceProfile': [120, 15, 5],
  'AWS::IAM::ManagedPolicy': [16, 16, 2],
  'AWS::IAM::Policy': [16, 16, 2],
  'AWS::IAM::Role': [17, 15, 13],
  'AWS::IAM::RolePolicy': [16, 16, 2],
  'AWS::IAM::ServiceLinkedRole': [15, 5, 30],
  'AWS::IAM::User': [37, 15, 13],
  'AWS::KMS::Alias': [60, 10, 5],
  'AWS::KMS::Key': [60, 10, 10],
  'AWS::KMS::ReplicaKey': [60, 10, 10],
  'AWS::Lambda::EventSourceMapping': [22, 20, 25],
  'AWS::Lambda::Function': [8, 6, 3],
  'AWS::Lambda::Permission': [3, 3, 3],
  'AWS::Logs::LogGroup': [5, 3, 2],
  'AWS::RDS::DBCluster': [75, 60, 150],
  'AWS::RDS::DBClusterParameterGroup': [20, 10, 3],
  'AWS::RDS::DBInstance': [420, 60, 420],
  'AWS::RDS::DBParameterGroup': [15, 15, 5],
  'AWS::RDS::DBProxy': [420, 60, 120],
  'AWS::RDS::DBProxyEndpoint': [180, 60, 60],
  'AWS::RDS::DBProxyTargetGroup': [180, 30, 10],
  'AWS::RDS::DBSubnetGroup': [4, 3, 3],
  'AWS::RDS::OptionGroup': [15, 15, 5],
  'AWS::Route53::HostedZone': [40, 10, 40],
  'AWS::Route53::RecordSet': [40, 40, 40],
  'AWS::Route53::RecordSetGroup': [40, 40, 40],
  'AWS::S3::Bucket': [20, 10, 3],
  'AWS::S3::BucketPolicy': [3, 3, 3],
  'AWS::SNS::Subscription': [3, 3, 3],
  'AWS::SNS::Topic': [11, 5, 5],
  'AWS::SNS::TopicPolicy': [3, 3, 3],
  'AWS::SQS::Queue': [62, 10, 62],
  'AWS::SSM::Parameter': [2, 2, 2],
  'AWS::SecretsManager::Secret': [2, 2, 5],
  'AWS::SecretsManager::SecretTargetAttachment': [3, 3, 3],
  'AWS::ServiceDiscovery::HttpNamespace': [35, 10, 35],
  'AWS::ServiceDiscovery::PrivateDnsNamespace': [50, 10, 50],
  'AWS::ServiceDiscovery::PublicDnsNamespace': [50, 10, 50],
  'AWS::ServiceDiscovery::Service': [3, 3, 5],
}

/** What most configuration-only resources take; for types that the table lacks. */
const unknownType: TypicalSeconds = {create: 5, update: 5, delete: 5}

/** The typical times of a resource type. Services, image builds and interface endpoints have their own below. */
export function typicalSeconds(type: string): TypicalSeconds {
  const seconds = Object.hasOwn(table, type) ? table[type] : undefined
  if (seconds === undefined) return unknownType
  const [create, update, remove] = seconds
  return {create, update, delete: remove}
}

/** An interface endpoint puts an interface into every subnet, which takes longer to come and to go. */
export const interfaceEndpointSeconds = 90

/**
 * A function in a VPC comes with a network interface and goes when Lambda has given that back, which keeps its subnets
 * and security groups until then. Deletion measured: 1,481 s; Lambda developer guide, "Giving Lambda functions access to
 * resources in an Amazon VPC": up to 20 minutes.
 */
export const vpcFunctionSeconds = {create: 60, delete: 1400}

/**
 * Until an ECS service of one task is steady: alone, and with a load balancer. That one adds a check, which the templates
 * ask for every 5 to 10 seconds, and half a minute in which ECS looks at it. Source: ECS developer guide, "Optimize load
 * balancer health check parameters": a new target needs to pass one check, whatever the threshold.
 */
export const serviceSeconds = {plain: 90, loadBalanced: 125}

/**
 * Until the deletion of an ECS service of one task is over: the task drains, stops and gives its network interface back,
 * and the handler looks every few seconds. A load balancer's targets are let go of first.
 */
export const serviceDeletionSeconds = {plain: 28, loadBalanced: 33}

/** What a last snapshot of a database adds to its deletion. Measured: Aurora snapshots of small clusters. */
export const lastSnapshotSeconds = 120

/** The image build in CodeBuild, from being submitted to its end. Measured: "about 9 minutes", "about 3 minutes". */
export const imageBuildSeconds = {source: 540, import: 180}

/** The same project, exporting the images. An estimate: pulling, compressing and uploading run on eight cores. */
export const imageExportSeconds = 210

/** From a custom resource's request to the start of its build, and from the build's end to the answer's arrival. */
export const buildAnswerSeconds = 20

/** What CloudFormation itself takes. Source: event logs of nested stacks. */
export const stackSeconds = {
  /** From a stack's first event to its first resource. */
  firstResource: 4,
  /** From a deletion's first event to its first resource. */
  firstDeletion: 2,
  /** Between a resource's two CREATE_IN_PROGRESS events. */
  initiation: 1,
  /** From a nested stack's end until its parent notices. */
  noticed: {least: 2, most: 8},
  /** From a root stack's end until whoever follows it has seen it. */
  seen: 5,
}
