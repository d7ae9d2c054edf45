import {arn} from '../names.js'
import {hostName, privateAddress, publicAddress} from './placement.js'
import type {Attribute, Subject} from './subject.js'

/** What is a type's own. Source: template reference, "Return values", Fn::GetAtt, of each type. */
export const ofType: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  'AWS::AutoScaling::AutoScalingGroup': {
    AutoScalingGroupARN: ({request: {world, region}, physicalId}) =>
      arn(
        world,
        region.name,
        'autoscaling',
        `autoScalingGroup:${world.newUuid()}:autoScalingGroupName/${physicalId}`,
      ),
  },
  'AWS::AutoScaling::ScalingPolicy': {PolicyName: ({physicalId}) => physicalId.split('/').at(-1)},
  'AWS::AutoScaling::ScheduledAction': {ScheduledActionName: ({physicalId}) => physicalId},
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': {
    S3CanonicalUserId: ({request: {world}}) => world.newHex(64),
  },
  'AWS::CloudFront::Function': {
    'FunctionMetadata.FunctionARN': ({physicalId}) => physicalId,
    FunctionARN: ({physicalId}) => physicalId,
    Stage: () => 'LIVE',
  },
  'AWS::DynamoDB::GlobalTable': {
    StreamArn: streamArn,
    TableId: ({request: {world}}) => world.newUuid(),
    Arn: ({request: {world, region}, physicalId}) =>
      arn(world, region.name, 'dynamodb', `table/${physicalId}`),
  },
  'AWS::DynamoDB::Table': {StreamArn: streamArn},
  'AWS::EC2::CapacityReservation': {
    AvailableInstanceCount: ({request: {properties}}) => properties.InstanceCount,
    TotalInstanceCount: ({request: {properties}}) => properties.InstanceCount,
    State: () => 'active',
    Tenancy: ({request: {properties}}) => properties.Tenancy ?? 'default',
  },
  'AWS::CloudWatch::MetricStream': {State: () => 'running'},
  'AWS::EC2::GatewayRouteTableAssociation': {
    AssociationId: ({request: {world}}) => `rtbassoc-${world.newHex(17)}`,
  },
  'AWS::EC2::Instance': {
    PrivateIp: privateAddress,
    PrivateDnsName: subject =>
      hostName(
        'ip',
        String(subject.attribute('PrivateIp')),
        `${subject.request.region.name}.compute.internal`,
      ),
    PublicIp: publicAddress,
    PublicDnsName: subject => {
      const address = String(subject.attribute('PublicIp'))
      return address && hostName('ec2', address, `${subject.request.region.name}.compute.amazonaws.com`)
    },
    'State.Code': () => '16',
    'State.Name': () => 'running',
  },
  'AWS::EC2::InstanceConnectEndpoint': {State: () => 'create-complete'},
  'AWS::EC2::KeyPair': {
    KeyPairId: ({request: {world}}) => `key-${world.newHex(17)}`,
    KeyFingerprint: ({request: {world}}) => (world.newHex(40).match(/../g) ?? []).join(':'),
  },
  'AWS::EC2::LaunchTemplate': {DefaultVersionNumber: () => '1', LatestVersionNumber: () => '1'},
  'AWS::EC2::NetworkInterface': {PrimaryPrivateIpAddress: privateAddress},
  'AWS::EC2::PlacementGroup': {GroupId: ({request: {world}}) => `pg-${world.newHex(17)}`},
  'AWS::EC2::SecurityGroupVpcAssociation': {State: () => 'associated'},
  'AWS::EC2::TransitGateway': {EncryptionSupportState: () => 'disabled'},
  'AWS::ElasticLoadBalancingV2::TrustStore': {NumberOfCaCertificates: () => 1},
  'AWS::Events::ApiDestination': eventsArns('api-destination'),
  'AWS::Events::Connection': {
    ...eventsArns('connection'),
    SecretArn: ({request: {world, region}, physicalId}) =>
      arn(
        world,
        region.name,
        'secretsmanager',
        `secret:events!connection/${physicalId}/${world.newUuid()}-${world.newSuffix(6)}`,
      ),
  },
  'AWS::Events::Endpoint': {
    EndpointId: subject => `${randomPart(subject, 10)}.${randomPart(subject, 3)}`,
    EndpointUrl: subject => `https://${subject.attribute('EndpointId')}.endpoint.events.amazonaws.com/`,
    State: () => 'ACTIVE',
  },
  'AWS::IAM::AccessKey': {SecretAccessKey: ({request: {world}}) => world.newHex(40)},
  'AWS::IAM::SAMLProvider': {SamlProviderUUID: ({request: {world}}) => world.newSuffix(20)},
  'AWS::KMS::ReplicaKey': {
    Arn: ({request: {world, region}, physicalId}) => arn(world, region.name, 'kms', `key/${physicalId}`),
  },
  'AWS::Lambda::CodeSigningConfig': {
    CodeSigningConfigArn: ({physicalId}) => physicalId,
    CodeSigningConfigId: ({physicalId}) => physicalId.split(':').at(-1),
  },
  'AWS::Lambda::EventSourceMapping': {
    EventSourceMappingArn: ({request: {world, region}, physicalId}) =>
      arn(world, region.name, 'lambda', `event-source-mapping:${physicalId}`),
  },
  'AWS::Lambda::Url': {
    FunctionUrl: subject =>
      `https://${randomPart(subject, 32)}.lambda-url.${subject.request.region.name}.on.aws/`,
  },
  'AWS::Lambda::Version': {Version: ({physicalId}) => physicalId.split(':').at(-1)},
  'AWS::Logs::Delivery': {DeliveryDestinationType: () => 'CWL'},
  'AWS::Logs::LogAnomalyDetector': {AnomalyDetectorStatus: () => 'INITIALIZING'},
  'AWS::RDS::DBParameterGroup': {
    DBParameterGroupArn: ({request: {world, region}, physicalId}) =>
      arn(world, region.name, 'rds', `pg:${physicalId}`),
  },
  'AWS::RDS::DBProxyEndpoint': {
    DBProxyEndpointArn: ({request: {world, region}}) =>
      arn(world, region.name, 'rds', `db-proxy-endpoint:prx-endpoint-${world.newHex(17)}`),
    Endpoint: subject =>
      `${subject.physicalId}.endpoint.proxy-${randomPart(subject, 12)}.${subject.request.region.name}.rds.amazonaws.com`,
  },
  'AWS::RDS::GlobalCluster': {
    'GlobalEndpoint.Address': subject =>
      `${subject.physicalId}.global-${randomPart(subject, 12)}.global.rds.amazonaws.com`,
  },
  'AWS::S3::AccessPoint': {
    Alias: subject =>
      `${subject.physicalId.slice(0, 20)}-${randomPart(subject, 30)}-s3alias`.replace(/-+/g, '-'),
    NetworkOrigin: ({request: {properties}}) =>
      properties.VpcConfiguration === undefined ? 'Internet' : 'VPC',
  },
  'AWS::S3::StorageLens': {
    'StorageLensConfiguration.StorageLensArn': ({request: {world, region}, physicalId}) =>
      arn(world, region.name, 's3', `storage-lens/${physicalId}`),
  },
  'AWS::SQS::Queue': {
    QueueName: queueName,
    Arn: subject => arn(subject.request.world, subject.request.region.name, 'sqs', queueName(subject)),
  },
  'AWS::SSM::ResourcePolicy': {
    PolicyHash: ({request: {world}}) => world.newHex(64),
    PolicyId: ({physicalId}) => physicalId.split('|')[0],
  },
}

/** The part of host names that the services put between name and region. */
function randomPart({request: {world}, physicalId}: Subject, length: number): string {
  return Array.from({length}, (_, index) =>
    'abcdefghijklmnopqrstuvwxyz'.charAt(Math.floor(world.chance(physicalId, 'host', index) * 26)),
  ).join('')
}

function queueName({physicalId}: Subject): string {
  return physicalId.split('/').at(-1) ?? ''
}

/** Only a table that has a stream has the ARN of one. */
function streamArn({request: {world, region, properties}, physicalId}: Subject): unknown {
  if (properties.StreamSpecification === undefined) return ''
  return arn(world, region.name, 'dynamodb', `table/${physicalId}/stream/${streamLabel(world.now)}`)
}

/** Source: DynamoDB developer guide, a stream's ARN: its time without a zone. */
function streamLabel(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1)
}

/** An EventBridge ARN ends in a unique id, which policies have to leave out. */
function eventsArns(path: string): Record<string, Attribute> {
  const base = ({request: {world, region}, physicalId}: Subject) =>
    arn(world, region.name, 'events', `${path}/${physicalId}`)
  return {
    Arn: subject => `${base(subject)}/${subject.request.world.newUuid()}`,
    ArnForPolicy: base,
  }
}
