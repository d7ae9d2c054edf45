import {viewersFunctionName} from '../../environment/names.js'
import {keycloakCluster, mainCluster} from '../../environment/services.js'

/** One permission: an action, and the resource that it is about, as IAM's policies write it. */
export interface NeededAction {
  readonly action: string
  readonly resource: string
}

/** Where the actions take place. */
export interface Place {
  partition: string
  region: string
  account: string
  environment: string
  /** Of the templates. */
  bucket: string
}

/** What deploy calls itself, without which it fails: `action resource`; the resource begins after the account's number. */
const own = [
  'cloudformation:CreateStack stack/ENV/0',
  'cloudformation:DescribeStackEvents stack/ENV/0',
  'cloudformation:DescribeStacks stack/ENV/0',
  'cloudformation:ListStackResources stack/ENV/0',
  'cloudformation:TagResource stack/ENV/0',
  'cloudformation:UpdateStack stack/ENV/0',
  's3:CreateBucket BUCKET',
  's3:GetObject BUCKET/ENV/0/main-stack.yaml',
  's3:ListBucket BUCKET',
  's3:PutBucketPolicy BUCKET',
  's3:PutBucketTagging BUCKET',
  's3:PutObject BUCKET/ENV/0/main-stack.yaml',
  'ecs:DescribeServices service/MAIN-CLUSTER/ENV-registry',
  'elasticloadbalancing:DescribeTargetHealth *',
]

/** What CloudFormation calls, as the caller, to create a resource. Source: the handlers of each type's registry schema. */
const byType: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    'application-autoscaling:RegisterScalableTarget scalable-target/0',
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    'application-autoscaling:PutScalingPolicy scalable-target/0',
  ],
  'AWS::CertificateManager::Certificate': ['acm:RequestCertificate certificate/0'],
  'AWS::CloudFormation::Stack': [],
  'AWS::CloudFront::Distribution': ['cloudfront:CreateDistribution distribution/0'],
  'AWS::CloudFront::Function': [
    'cloudfront:CreateFunction function/VIEWERS',
    'cloudfront:PublishFunction function/VIEWERS',
  ],
  'AWS::CloudWatch::Alarm': ['cloudwatch:PutMetricAlarm alarm:ENV-0'],
  'AWS::CodeBuild::Project': ['codebuild:CreateProject project/ENV-container-build'],
  'AWS::EC2::EIP': ['ec2:AllocateAddress elastic-ip/eipalloc-0'],
  'AWS::EC2::InternetGateway': ['ec2:CreateInternetGateway internet-gateway/igw-0'],
  'AWS::EC2::NatGateway': ['ec2:CreateNatGateway natgateway/nat-0'],
  'AWS::EC2::Route': ['ec2:CreateRoute route-table/rtb-0'],
  'AWS::EC2::RouteTable': ['ec2:CreateRouteTable route-table/rtb-0'],
  'AWS::EC2::SecurityGroup': ['ec2:CreateSecurityGroup security-group/sg-0'],
  'AWS::EC2::SecurityGroupEgress': ['ec2:AuthorizeSecurityGroupEgress security-group/sg-0'],
  'AWS::EC2::SecurityGroupIngress': ['ec2:AuthorizeSecurityGroupIngress security-group/sg-0'],
  'AWS::EC2::Subnet': ['ec2:CreateSubnet subnet/subnet-0'],
  'AWS::EC2::SubnetRouteTableAssociation': ['ec2:AssociateRouteTable route-table/rtb-0'],
  'AWS::EC2::VPC': ['ec2:CreateVpc vpc/vpc-0', 'ec2:CreateTags vpc/vpc-0'],
  'AWS::EC2::VPCEndpoint': ['ec2:CreateVpcEndpoint vpc-endpoint/vpce-0'],
  'AWS::EC2::VPCGatewayAttachment': ['ec2:AttachInternetGateway internet-gateway/igw-0'],
  'AWS::ECR::Repository': ['ecr:CreateRepository repository/ENV-registry'],
  'AWS::ECS::Cluster': [
    'ecs:CreateCluster cluster/MAIN-CLUSTER',
    'ecs:CreateCluster cluster/KEYCLOAK-CLUSTER',
  ],
  'AWS::ECS::ClusterCapacityProviderAssociations': ['ecs:PutClusterCapacityProviders cluster/MAIN-CLUSTER'],
  'AWS::ECS::Service': ['ecs:CreateService service/MAIN-CLUSTER/ENV-registry'],
  'AWS::ECS::TaskDefinition': ['ecs:RegisterTaskDefinition task-definition/ENV-registry:1'],
  'AWS::EFS::AccessPoint': ['elasticfilesystem:CreateAccessPoint file-system/fs-0'],
  'AWS::EFS::FileSystem': ['elasticfilesystem:CreateFileSystem file-system/fs-0'],
  'AWS::EFS::MountTarget': ['elasticfilesystem:CreateMountTarget file-system/fs-0'],
  'AWS::ElasticLoadBalancingV2::Listener': ['elasticloadbalancing:CreateListener loadbalancer/app/ENV-alb/0'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['elasticloadbalancing:CreateRule listener/app/ENV-alb/0/0'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    'elasticloadbalancing:CreateLoadBalancer loadbalancer/app/ENV-alb/0',
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    'elasticloadbalancing:CreateTargetGroup targetgroup/ENV-registry-tg/0',
  ],
  'AWS::Events::Rule': ['events:PutRule rule/ENV-0'],
  'AWS::IAM::ManagedPolicy': ['iam:CreatePolicy policy/ENV-0', 'iam:AttachRolePolicy role/ENV-0'],
  'AWS::IAM::Role': ['iam:CreateRole role/ENV-0', 'iam:PutRolePolicy role/ENV-0', 'iam:PassRole role/ENV-0'],
  'AWS::IAM::RolePolicy': ['iam:PutRolePolicy role/ENV-0'],
  'AWS::KMS::Alias': ['kms:CreateAlias alias/ENV-rds'],
  'AWS::KMS::Key': ['kms:CreateKey *'],
  'AWS::Lambda::Function': ['lambda:CreateFunction function:ENV-build-trigger'],
  'AWS::Lambda::Permission': ['lambda:AddPermission function:ENV-build-trigger'],
  'AWS::Logs::LogGroup': [
    'logs:CreateLogGroup log-group:/ecs/ENV-registry:*',
    'logs:PutRetentionPolicy log-group:/ecs/ENV-registry:*',
  ],
  'AWS::RDS::DBCluster': ['rds:CreateDBCluster cluster:ENV-0'],
  'AWS::RDS::DBClusterParameterGroup': ['rds:CreateDBClusterParameterGroup cluster-pg:ENV-0'],
  'AWS::RDS::DBInstance': ['rds:CreateDBInstance db:ENV-0'],
  'AWS::RDS::DBProxy': ['rds:CreateDBProxy db-proxy:ENV-0'],
  'AWS::RDS::DBProxyTargetGroup': ['rds:RegisterDBProxyTargets target-group:prx-tg-0'],
  'AWS::RDS::DBSubnetGroup': ['rds:CreateDBSubnetGroup subgrp:ENV-0'],
  'AWS::Route53::RecordSet': ['route53:ChangeResourceRecordSets hostedzone/0'],
  'AWS::SNS::Subscription': ['sns:Subscribe ENV-0'],
  'AWS::SNS::Topic': ['sns:CreateTopic ENV-0'],
  'AWS::SNS::TopicPolicy': ['sns:SetTopicAttributes ENV-0'],
  'AWS::SSM::Parameter': ['ssm:PutParameter parameter/ENV/keycloak/admin'],
  'AWS::SecretsManager::Secret': [
    'secretsmanager:CreateSecret secret:ENV-admin-password-0',
    'secretsmanager:GetRandomPassword *',
  ],
  'AWS::ServiceDiscovery::PrivateDnsNamespace': [
    'servicediscovery:CreatePrivateDnsNamespace *',
    'route53:CreateHostedZone *',
  ],
  'Custom::ContainerImages': ['lambda:InvokeFunction function:ENV-build-trigger'],
}

/** The types of which is known what creating them needs. */
export const knownTypes: readonly string[] = Object.keys(byType)

/** What deploying needs that creates resources of these types, each permission once. */
export function neededActions(types: Iterable<string>, place: Place): readonly NeededAction[] {
  return [...ownActions(place), ...creationActions(types, place)]
}

/** What deploy calls itself. */
export function ownActions(place: Place): readonly NeededAction[] {
  return actionsOf(own, place)
}

/** What CloudFormation calls for resources of these types, with the caller's permissions or those of a service role. */
export function creationActions(types: Iterable<string>, place: Place): readonly NeededAction[] {
  return actionsOf(
    Array.from(new Set(types)).flatMap(type => byType[type] ?? []),
    place,
  )
}

function actionsOf(texts: readonly string[], place: Place): readonly NeededAction[] {
  return Array.from(new Set(texts), text => {
    const [action = '', resource = ''] = text.split(' ')
    return {action, resource: arnOf(action, resource, place)}
  })
}

/** Services whose ARNs name no region; those of S3 name no account either. */
const regionless = ['cloudfront', 'iam', 'route53']

function arnOf(action: string, resource: string, place: Place): string {
  const {partition, region, account, environment, bucket} = place
  if (resource === '*') return resource
  const [service = ''] = action.split(':')
  const own = resource
    .replace('MAIN-CLUSTER', mainCluster(environment))
    .replace('KEYCLOAK-CLUSTER', keycloakCluster(environment))
    .replace('VIEWERS', viewersFunctionName(environment, region))
    .replace('BUCKET', bucket)
    .replace('ENV', environment)
    .replace('ENV', environment)
  if (service === 's3') return `arn:${partition}:s3:::${own}`
  if (service === 'route53') return `arn:${partition}:route53:::${own}`
  return `arn:${partition}:${service}:${regionless.includes(service) ? '' : region}:${account}:${own}`
}
