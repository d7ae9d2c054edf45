import {alreadyExists, arn} from '../names.js'
import type {ProviderRequest} from '../resource-provider.js'
import {text} from '../values.js'
import {arnNamed, type Identity, named, queueNamed} from './named.js'

/** Source: IAM user guide, "IAM and AWS STS quotas". */
const maxIamName = 64

/**
 * How the physical ids of types come about that have no behaviour of their own here.
 * Source: template reference, "Return values", Ref, of each type; prefixes of ids from the services' API references.
 */
export const identities: Readonly<Record<string, Identity>> = {
  'AWS::AutoScaling::AutoScalingGroup': named('AutoScalingGroupName'),
  'AWS::AutoScaling::LaunchConfiguration': named('LaunchConfigurationName'),
  'AWS::AutoScaling::LifecycleHook': within('AutoScalingGroupName', 'LifecycleHookName'),
  'AWS::AutoScaling::ScalingPolicy': ({world, region, properties, generatedName}) =>
    arn(
      world,
      region.name,
      'autoscaling',
      `scalingPolicy:${world.newUuid()}:autoScalingGroupName/${text(properties.AutoScalingGroupName)}:policyName/${generatedName(64)}`,
    ),
  'AWS::AutoScaling::ScheduledAction': generated(255),
  'AWS::AutoScaling::WarmPool': given('AutoScalingGroupName'),
  'AWS::CloudFront::CachePolicy': uuid,
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': suffix('E', 13),
  'AWS::CloudFront::Function': arnNamed('Name', 64),
  'AWS::CloudFront::KeyGroup': uuid,
  'AWS::CloudFront::OriginAccessControl': suffix('E', 13),
  'AWS::CloudFront::OriginRequestPolicy': uuid,
  'AWS::CloudFront::PublicKey': suffix('K', 13),
  'AWS::CloudFront::ResponseHeadersPolicy': uuid,
  'AWS::CloudWatch::AnomalyDetector': uuid,
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName'),
  'AWS::CloudWatch::Dashboard': named('DashboardName'),
  'AWS::CloudWatch::InsightRule': arnNamed('RuleName', 128),
  'AWS::CloudWatch::MetricStream': named('Name'),
  'AWS::CodeBuild::ReportGroup': arnNamed('Name', 128),
  'AWS::CodeBuild::SourceCredential': ({world, region, properties}) =>
    arn(world, region.name, 'codebuild', `token/${text(properties.ServerType)?.toLowerCase()}`),
  'AWS::DynamoDB::GlobalTable': named('TableName'),
  'AWS::DynamoDB::Table': named('TableName'),
  'AWS::EC2::CapacityReservation': hex('cr'),
  'AWS::EC2::ClientVpnAuthorizationRule': generated(255),
  'AWS::EC2::ClientVpnEndpoint': hex('cvpn-endpoint'),
  'AWS::EC2::ClientVpnRoute': generated(255),
  'AWS::EC2::ClientVpnTargetNetworkAssociation': hex('cvpn-assoc'),
  'AWS::EC2::CustomerGateway': hex('cgw'),
  'AWS::EC2::DHCPOptions': hex('dopt'),
  'AWS::EC2::EC2Fleet': ({world}) => `fleet-${world.newUuid()}`,
  'AWS::EC2::EIPAssociation': hex('eipassoc'),
  'AWS::EC2::EgressOnlyInternetGateway': hex('eigw'),
  'AWS::EC2::FlowLog': hex('fl'),
  'AWS::EC2::GatewayRouteTableAssociation': given('GatewayId'),
  'AWS::EC2::Host': hex('h'),
  'AWS::EC2::Instance': hex('i'),
  'AWS::EC2::InstanceConnectEndpoint': hex('eice'),
  'AWS::EC2::KeyPair': named('KeyName'),
  'AWS::EC2::LaunchTemplate': hex('lt'),
  'AWS::EC2::NetworkAcl': hex('acl'),
  'AWS::EC2::NetworkAclEntry': generated(255),
  'AWS::EC2::NetworkInterface': hex('eni'),
  'AWS::EC2::NetworkInterfaceAttachment': hex('eni-attach'),
  'AWS::EC2::PlacementGroup': named('GroupName'),
  'AWS::EC2::PrefixList': hex('pl'),
  'AWS::EC2::SecurityGroupVpcAssociation': given('GroupId', 'VpcId'),
  'AWS::EC2::SpotFleet': ({world}) => `sfr-${world.newUuid()}`,
  'AWS::EC2::SubnetCidrBlock': hex('subnet-cidr-assoc'),
  'AWS::EC2::SubnetNetworkAclAssociation': hex('aclassoc'),
  'AWS::EC2::TransitGateway': hex('tgw'),
  'AWS::EC2::TransitGatewayAttachment': hex('tgw-attach'),
  'AWS::EC2::TransitGatewayPeeringAttachment': hex('tgw-attach'),
  'AWS::EC2::TransitGatewayRoute': given('TransitGatewayRouteTableId', 'DestinationCidrBlock'),
  'AWS::EC2::TransitGatewayRouteTable': hex('tgw-rtb'),
  'AWS::EC2::TransitGatewayRouteTableAssociation': given(
    'TransitGatewayRouteTableId',
    'TransitGatewayAttachmentId',
  ),
  'AWS::EC2::TransitGatewayRouteTablePropagation': given(
    'TransitGatewayRouteTableId',
    'TransitGatewayAttachmentId',
  ),
  'AWS::EC2::TransitGatewayVpcAttachment': hex('tgw-attach'),
  'AWS::EC2::VPCCidrBlock': hex('vpc-cidr-assoc'),
  'AWS::EC2::VPCDHCPOptionsAssociation': given('DhcpOptionsId', 'VpcId'),
  'AWS::EC2::VPCEndpointConnectionNotification': hex('vpce-nfn'),
  'AWS::EC2::VPCEndpointService': hex('vpce-svc'),
  'AWS::EC2::VPCEndpointServicePermissions': given('ServiceId'),
  'AWS::EC2::VPCPeeringConnection': hex('pcx'),
  'AWS::EC2::VPNConnection': hex('vpn'),
  'AWS::EC2::VPNConnectionRoute': given('DestinationCidrBlock', 'VpnConnectionId'),
  'AWS::EC2::VPNGateway': hex('vgw'),
  'AWS::EC2::VPNGatewayRoutePropagation': generated(255),
  'AWS::EC2::Volume': hex('vol'),
  'AWS::EC2::VolumeAttachment': given('VolumeId', 'InstanceId'),
  'AWS::ECR::PublicRepository': named('RepositoryName', {maxLength: 205, lowerCase: true}),
  'AWS::ECR::PullThroughCacheRule': named('EcrRepositoryPrefix', {maxLength: 30, lowerCase: true}),
  'AWS::ECR::RegistryPolicy': accountId,
  'AWS::ECR::RegistryScanningConfiguration': accountId,
  'AWS::ECR::ReplicationConfiguration': accountId,
  'AWS::ECR::RepositoryCreationTemplate': given('Prefix'),
  'AWS::ECS::CapacityProvider': named('Name'),
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': generated(255),
  'AWS::ElasticLoadBalancingV2::TrustStore': request =>
    arn(
      request.world,
      request.region.name,
      'elasticloadbalancing',
      `truststore/${text(request.properties.Name) ?? request.generatedName(32)}/${request.world.newHex(16)}`,
    ),
  'AWS::Events::ApiDestination': named('Name', {maxLength: 64}),
  'AWS::Events::Archive': named('ArchiveName', {maxLength: 48}),
  'AWS::Events::Connection': named('Name', {maxLength: 64}),
  'AWS::Events::Endpoint': named('Name', {maxLength: 64}),
  'AWS::Events::EventBus': named('Name'),
  'AWS::Events::EventBusPolicy': generated(255),
  'AWS::IAM::AccessKey': suffix('AKIA', 16),
  'AWS::IAM::Group': named('GroupName', {maxLength: 128, isGlobal: true}),
  'AWS::IAM::GroupPolicy': given('PolicyName', 'GroupName'),
  'AWS::IAM::OIDCProvider': ({world, properties}) =>
    arn(world, '', 'iam', `oidc-provider/${text(properties.Url)?.replace(/^https:\/\//, '') ?? ''}`),
  'AWS::IAM::SAMLProvider': arnNamed('Name', 128),
  'AWS::IAM::ServerCertificate': named('ServerCertificateName', {maxLength: 128, isGlobal: true}),
  'AWS::IAM::User': named('UserName', {maxLength: maxIamName, isGlobal: true}),
  'AWS::IAM::UserPolicy': given('PolicyName', 'UserName'),
  'AWS::IAM::UserToGroupAddition': generated(255),
  'AWS::IAM::VirtualMFADevice': arnNamed('VirtualMfaDeviceName', 226),
  'AWS::KMS::ReplicaKey': ({properties}) => text(properties.PrimaryKeyArn)?.split('/').at(-1) ?? '',
  'AWS::Lambda::Alias': ({world, region, properties}) =>
    arn(
      world,
      region.name,
      'lambda',
      `function:${functionName(properties.FunctionName)}:${text(properties.Name)}`,
    ),
  'AWS::Lambda::CodeSigningConfig': ({world, region}) =>
    arn(world, region.name, 'lambda', `code-signing-config:csc-${world.newHex(17)}`),
  'AWS::Lambda::EventInvokeConfig': given('FunctionName', 'Qualifier'),
  'AWS::Lambda::EventSourceMapping': uuid,
  'AWS::Lambda::LayerVersion': numbered(
    ({properties, generatedName}) => `layer:${text(properties.LayerName) ?? generatedName(140)}`,
  ),
  'AWS::Lambda::LayerVersionPermission': ({world, properties}) =>
    `${text(properties.LayerVersionArn)}#${world.newUuid()}`,
  'AWS::Lambda::Url': ({world, region, properties}) =>
    arn(world, region.name, 'lambda', `function:${functionName(properties.TargetFunctionArn)}`),
  'AWS::Lambda::Version': numbered(({properties}) => `function:${functionName(properties.FunctionName)}`),
  'AWS::Logs::AccountPolicy': ({world, properties}) =>
    [world.account.id, text(properties.PolicyType), text(properties.PolicyName)].join('|'),
  'AWS::Logs::Delivery': ({world}) => world.newSuffix(16),
  'AWS::Logs::DeliveryDestination': named('Name', {maxLength: 60}),
  'AWS::Logs::DeliverySource': named('Name', {maxLength: 60}),
  'AWS::Logs::Destination': named('DestinationName', {maxLength: 512}),
  'AWS::Logs::LogAnomalyDetector': ({world, region}) =>
    arn(world, region.name, 'logs', `anomaly-detector:${world.newUuid()}`),
  'AWS::Logs::LogStream': within('LogGroupName', 'LogStreamName'),
  'AWS::Logs::MetricFilter': within('LogGroupName', 'FilterName'),
  'AWS::Logs::QueryDefinition': uuid,
  'AWS::Logs::ResourcePolicy': given('PolicyName'),
  'AWS::Logs::SubscriptionFilter': within('LogGroupName', 'FilterName'),
  'AWS::Logs::Transformer': given('LogGroupIdentifier'),
  'AWS::RDS::DBParameterGroup': named('DBParameterGroupName', {lowerCase: true}),
  'AWS::RDS::DBProxyEndpoint': named('DBProxyEndpointName', {maxLength: 63, lowerCase: true}),
  'AWS::RDS::EventSubscription': named('SubscriptionName', {lowerCase: true}),
  'AWS::RDS::GlobalCluster': named('GlobalClusterIdentifier', {maxLength: 63, lowerCase: true}),
  'AWS::RDS::OptionGroup': named('OptionGroupName', {lowerCase: true}),
  'AWS::Route53::CidrCollection': uuid,
  'AWS::Route53::DNSSEC': given('HostedZoneId'),
  'AWS::Route53::HealthCheck': uuid,
  'AWS::Route53::KeySigningKey': given('HostedZoneId', 'Name'),
  'AWS::Route53::RecordSetGroup': generated(255),
  'AWS::S3::AccessPoint': named('Name', {maxLength: 50, lowerCase: true}),
  'AWS::S3::StorageLens': ({properties}) =>
    text((properties.StorageLensConfiguration as {Id?: unknown} | undefined)?.Id) ?? '',
  'AWS::SNS::TopicInlinePolicy': given('TopicArn'),
  'AWS::SQS::Queue': queueNamed(),
  'AWS::SQS::QueueInlinePolicy': given('Queue'),
  'AWS::SQS::QueuePolicy': generated(255),
  'AWS::SSM::Association': uuid,
  'AWS::SSM::Document': named('Name', {maxLength: 128}),
  'AWS::SSM::MaintenanceWindow': hex('mw'),
  'AWS::SSM::MaintenanceWindowTarget': uuid,
  'AWS::SSM::MaintenanceWindowTask': uuid,
  'AWS::SSM::PatchBaseline': hex('pb'),
  'AWS::SSM::ResourceDataSync': given('SyncName'),
  'AWS::SSM::ResourcePolicy': ({world, properties}) => `${world.newUuid()}|${text(properties.ResourceArn)}`,
  'AWS::SecretsManager::ResourcePolicy': given('SecretId'),
  'AWS::SecretsManager::RotationSchedule': given('SecretId'),
  'AWS::ServiceDiscovery::Instance': within('ServiceId', 'InstanceId'),
}

/** An id as EC2 and Systems Manager make them. */
function hex(prefix: string): Identity {
  return ({world}) => `${prefix}-${world.newHex(17)}`
}

function uuid({world}: ProviderRequest): string {
  return world.newUuid()
}

/** Upper-case letters and digits after a prefix. */
function suffix(prefix: string, length: number): Identity {
  return ({world}) => `${prefix}${world.newSuffix(length)}`
}

/** What an account has one of in each region. */
function accountId({world}: ProviderRequest): string {
  return world.account.id
}

/** An id of CloudFormation's own, of what the service gives no id to. */
function generated(maxLength: number): Identity {
  return ({generatedName}) => generatedName(maxLength)
}

/** Properties of its own tell the resource from others. */
function given(...names: readonly string[]): Identity {
  return ({world, region, properties}, type) => {
    const physicalId = names.map(name => text(properties[name]) ?? '').join('|')
    const existing = world.resource(region, type, physicalId)
    if (existing) throw alreadyExists(world, existing, physicalId)
    return physicalId
  }
}

/** A name that is unique inside another resource. `Ref` is the bare name; a second of one name needs a key of its own here. */
function within(parent: string, property: string): Identity {
  return ({world, region, properties, generatedName}, type) => {
    const name = text(properties[property]) ?? generatedName(64)
    const existing = world.resource(region, type, name)
    if (!existing) return name
    const inOwn = `${name}|${text(properties[parent])}`
    const rival =
      existing.properties[parent] === properties[parent] ? existing : world.resource(region, type, inOwn)
    if (rival) throw alreadyExists(world, rival, name)
    return inOwn
  }
}

/** Lambda's ARN of something that comes in versions; the next free number. */
function numbered(pathOf: (request: ProviderRequest) => string): Identity {
  return (request, type) => {
    const {world, region} = request
    const path = arn(world, region.name, 'lambda', pathOf(request))
    let version = 1
    while (world.resource(region, type, `${path}:${version}`)) version += 1
    return `${path}:${version}`
  }
}

/** A function is named by its name or its ARN. */
function functionName(value: unknown): string {
  return text(value)?.replace(/^arn:aws:lambda:[^:]*:\d*:function:/, '') ?? ''
}
