/**
 * Writes src/rehearsal/resources/resource-types.json from the AWS CDK team's database of CloudFormation resource types.
 *
 * The database takes seconds and hundreds of megabytes to load, so the embedded account reads this extract instead.
 * Run it after an upgrade of @aws-cdk/aws-service-spec: `node scripts/generate-resource-types.mjs`. With `--print`
 * it writes to standard output instead.
 */
import {writeFileSync} from 'node:fs'
import {loadAwsServiceSpecSync} from '@aws-cdk/aws-service-spec'

const target = new URL('../src/rehearsal/resources/resource-types.json', import.meta.url)

/** The types that the account makes, by service. test/rehearsal/kinds/ holds that each has a kind, and no other. */
const made = {
  ApplicationAutoScaling: ['ScalableTarget', 'ScalingPolicy'],
  AutoScaling: [
    ...[
      'AutoScalingGroup',
      'LaunchConfiguration',
      'LifecycleHook',
      'ScalingPolicy',
      'ScheduledAction',
      'WarmPool',
    ],
  ],
  CertificateManager: ['Certificate'],
  CloudFormation: ['Stack', 'WaitCondition', 'WaitConditionHandle'],
  CloudFront: [
    ...['CachePolicy', 'CloudFrontOriginAccessIdentity', 'Distribution', 'Function', 'KeyGroup'],
    ...['OriginAccessControl', 'OriginRequestPolicy', 'PublicKey', 'ResponseHeadersPolicy'],
  ],
  CloudWatch: ['Alarm', 'AnomalyDetector', 'CompositeAlarm', 'Dashboard', 'InsightRule', 'MetricStream'],
  CodeBuild: ['Project', 'ReportGroup', 'SourceCredential'],
  DynamoDB: ['GlobalTable', 'Table'],
  EC2: [
    ...['CapacityReservation', 'ClientVpnAuthorizationRule', 'ClientVpnEndpoint', 'ClientVpnRoute'],
    ...[
      'ClientVpnTargetNetworkAssociation',
      'CustomerGateway',
      'DHCPOptions',
      'EC2Fleet',
      'EIP',
      'EIPAssociation',
    ],
    ...['EgressOnlyInternetGateway', 'FlowLog', 'GatewayRouteTableAssociation', 'Host', 'Instance'],
    ...[
      'InstanceConnectEndpoint',
      'InternetGateway',
      'KeyPair',
      'LaunchTemplate',
      'NatGateway',
      'NetworkAcl',
    ],
    ...['NetworkAclEntry', 'NetworkInterface', 'NetworkInterfaceAttachment', 'PlacementGroup', 'PrefixList'],
    ...['Route', 'RouteTable', 'SecurityGroup', 'SecurityGroupEgress', 'SecurityGroupIngress'],
    ...[
      'SecurityGroupVpcAssociation',
      'SpotFleet',
      'Subnet',
      'SubnetCidrBlock',
      'SubnetNetworkAclAssociation',
    ],
    ...['SubnetRouteTableAssociation', 'TransitGateway', 'TransitGatewayAttachment'],
    ...['TransitGatewayPeeringAttachment', 'TransitGatewayRoute', 'TransitGatewayRouteTable'],
    ...['TransitGatewayRouteTableAssociation', 'TransitGatewayRouteTablePropagation'],
    ...['TransitGatewayVpcAttachment', 'VPC', 'VPCCidrBlock', 'VPCDHCPOptionsAssociation', 'VPCEndpoint'],
    ...['VPCEndpointConnectionNotification', 'VPCEndpointService', 'VPCEndpointServicePermissions'],
    ...['VPCGatewayAttachment', 'VPCPeeringConnection', 'VPNConnection', 'VPNConnectionRoute', 'VPNGateway'],
    ...['VPNGatewayRoutePropagation', 'Volume', 'VolumeAttachment'],
  ],
  ECR: [
    ...['PublicRepository', 'PullThroughCacheRule', 'RegistryPolicy', 'RegistryScanningConfiguration'],
    ...['ReplicationConfiguration', 'Repository', 'RepositoryCreationTemplate'],
  ],
  ECS: ['CapacityProvider', 'Cluster', 'ClusterCapacityProviderAssociations', 'Service', 'TaskDefinition'],
  EFS: ['AccessPoint', 'FileSystem', 'MountTarget'],
  ElasticLoadBalancingV2: [
    ...['Listener', 'ListenerCertificate', 'ListenerRule', 'LoadBalancer', 'TargetGroup', 'TrustStore'],
  ],
  Events: ['ApiDestination', 'Archive', 'Connection', 'Endpoint', 'EventBus', 'EventBusPolicy', 'Rule'],
  IAM: [
    ...[
      'AccessKey',
      'Group',
      'GroupPolicy',
      'InstanceProfile',
      'ManagedPolicy',
      'OIDCProvider',
      'Policy',
      'Role',
    ],
    ...['RolePolicy', 'SAMLProvider', 'ServerCertificate', 'ServiceLinkedRole', 'User', 'UserPolicy'],
    ...['UserToGroupAddition', 'VirtualMFADevice'],
  ],
  KMS: ['Alias', 'Key', 'ReplicaKey'],
  Lambda: [
    ...['Alias', 'CodeSigningConfig', 'EventInvokeConfig', 'EventSourceMapping', 'Function', 'LayerVersion'],
    ...['LayerVersionPermission', 'Permission', 'Url', 'Version'],
  ],
  Logs: [
    ...[
      'AccountPolicy',
      'Delivery',
      'DeliveryDestination',
      'DeliverySource',
      'Destination',
      'LogAnomalyDetector',
    ],
    ...['LogGroup', 'LogStream', 'MetricFilter', 'QueryDefinition', 'ResourcePolicy', 'SubscriptionFilter'],
    ...['Transformer'],
  ],
  RDS: [
    ...[
      'DBCluster',
      'DBClusterParameterGroup',
      'DBInstance',
      'DBParameterGroup',
      'DBProxy',
      'DBProxyEndpoint',
    ],
    ...['DBProxyTargetGroup', 'DBSubnetGroup', 'EventSubscription', 'GlobalCluster', 'OptionGroup'],
  ],
  Route53: [
    'CidrCollection',
    'DNSSEC',
    'HealthCheck',
    'HostedZone',
    'KeySigningKey',
    'RecordSet',
    'RecordSetGroup',
  ],
  S3: ['AccessPoint', 'Bucket', 'BucketPolicy', 'StorageLens'],
  SNS: ['Subscription', 'Topic', 'TopicInlinePolicy', 'TopicPolicy'],
  SQS: ['Queue', 'QueueInlinePolicy', 'QueuePolicy'],
  SSM: [
    ...['Association', 'Document', 'MaintenanceWindow', 'MaintenanceWindowTarget', 'MaintenanceWindowTask'],
    ...['Parameter', 'PatchBaseline', 'ResourceDataSync', 'ResourcePolicy'],
  ],
  SecretsManager: ['ResourcePolicy', 'RotationSchedule', 'Secret', 'SecretTargetAttachment'],
  ServiceDiscovery: ['HttpNamespace', 'Instance', 'PrivateDnsNamespace', 'PublicDnsNamespace', 'Service'],
}
const wanted = new Set(
  Object.entries(made).flatMap(([service, names]) => names.map(name => `AWS::${service}::${name}`)),
)

const database = loadAwsServiceSpecSync()
const definitions = new Map(Array.from(database.all('typeDefinition'), each => [each.$id, each]))
const extract = {}
for (const resource of database.all('resource')) {
  if (wanted.has(resource.cloudFormationType)) extract[resource.cloudFormationType] = entryOf(resource)
}
const absent = [...wanted].filter(type => !(type in extract))
if (absent.length > 0) throw new Error(`The database has no ${absent.join(', ')}`)
const text = render(extract)
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(target, text)

/** What is empty is left out: most types need only half of these. */
function entryOf(resource) {
  const types = {}
  const shape = shapeOf(resource.properties, types)
  const causing = answer =>
    given(resource.properties)
      .filter(([, {causesReplacement}]) => causesReplacement === answer)
      .map(([name]) => name)
      .sort()
  return compact({
    ...shape,
    immutable: causing('yes'),
    maybeImmutable: causing('maybe'),
    types: sorted(types),
    id: resource.primaryIdentifier,
    attributes: attributesOf(resource.attributes),
    tags: resource.tagInformation?.tagPropertyName,
    arn: resource.arnTemplate,
  })
}

/** Names and types of members, and which of them are required; `types` takes up the types that they mention. */
function shapeOf(properties, types) {
  return compact({
    properties: sorted(
      Object.fromEntries(given(properties).map(([name, property]) => [name, typeOf(property, types)])),
    ),
    required: given(properties)
      .filter(([, {required}]) => required === true)
      .map(([name]) => name)
      .sort(),
  })
}

function given(properties) {
  return Object.entries(properties).filter(([, {deprecated}]) => deprecated !== 'IGNORE')
}

/** `string`, `Ebs[]`, `json{}` (a map) …, with alternatives divided by bars; earlier types of a property count too. */
function typeOf({type, previousTypes = []}, types) {
  return [...new Set([type, ...previousTypes].map(each => typeText(each, types)))].join('|')
}

function typeText(type, types) {
  switch (type.type) {
    case 'array':
      return `${elementText(type.element, types)}[]`
    case 'map':
      return `${elementText(type.element, types)}{}`
    case 'union':
      return [...new Set(type.types.map(each => typeText(each, types)))].join('|')
    case 'tag':
      return 'Tag'
    case 'ref': {
      const {name, properties} = definitions.get(type.reference.$ref)
      if (!(name in types)) {
        types[name] = {}
        Object.assign(types[name], shapeOf(properties, types))
      }
      return name
    }
    default:
      return type.type
  }
}

/** Elements that may be of several types count as anything. */
function elementText(type, types) {
  return type.type === 'union' ? 'json' : typeText(type, types)
}

/** Attributes by their names in `Fn::GetAtt`: of an attribute with members, its members. */
function attributesOf(attributes, prefix = '') {
  const found = {}
  for (const [name, {type}] of Object.entries(attributes)) {
    if (type.type === 'ref') {
      const {properties} = definitions.get(type.reference.$ref)
      Object.assign(found, attributesOf(properties, `${prefix}${name}.`))
    } else found[`${prefix}${name}`] = typeText(type, {})
  }
  return sorted(found)
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function compact(entry) {
  return Object.fromEntries(
    Object.entries(entry).filter(
      ([, value]) => value !== undefined && !(typeof value === 'object' && Object.keys(value).length === 0),
    ),
  )
}

/**
 * One line a type, so that an upgrade's difference can be read. Each is a text of its own, with ' for ", because
 * reading a text is quick, and of the two hundred types an account mostly needs a few dozen.
 */
function render(types) {
  const lines = Object.keys(types)
    .sort()
    .map(type => {
      const text = JSON.stringify(types[type])
      if (text.includes("'")) throw new Error(`${type} has an apostrophe in its data`)
      return `${JSON.stringify(type)}:"${text.replaceAll('"', "'")}"`
    })
  return `{\n${lines.join(',\n')}\n}\n`
}
