import {
  adminPasswordSecretName,
  buildProjectName,
  defaultTemplateBucket,
  keycloakAdminSecretName,
  keycloakClientSecretName,
  keycloakM2mClientSecretName,
  studentsSecretName,
  verifyLoginSecretName,
  viewersFunctionName,
} from '../../environment/names.js'
import {services} from '../../environment/services.js'
import {targetGroups} from '../../environment/target-groups.js'
import {logGroupNames} from '../teardown/log-group-names.js'
import {either, exactly, generated, type IsName, literal, type Place} from './names.js'

/** One kind of things that an environment is made of, or that services make for it. */
export interface ProvedKind {
  /** Service and type as ARNs name them; the reader of `aws.existing` has the same name. */
  readonly kind: string
  /** The call that lists them, as IAM names it. */
  readonly action: string
  /** What templates call it; undefined where no template has one. */
  readonly type?: string
  /** By which name one would be the environment's; without it only tag, stack and place tell. */
  readonly named?: (place: Place) => IsName
}

const clustersOf = (environment: string) => [...new Set(services.map(({cluster}) => cluster(environment)))]
const families = (environment: string) => services.map(({name}) => literal(name(environment))).join('|')
const inClusters = ({environment}: Place): IsName => {
  const pattern = new RegExp(`^(?:service/)?(?:${clustersOf(environment).map(literal).join('|')})/[^/]+$`)
  return name => pattern.test(name)
}

const secretNames = ({environment}: Place) =>
  exactly(
    ...[adminPasswordSecretName, keycloakAdminSecretName, keycloakClientSecretName].map(of =>
      of(environment),
    ),
    ...[keycloakM2mClientSecretName, studentsSecretName, verifyLoginSecretName].map(of => of(environment)),
    ...[`${environment}/keycloak/database`, `${environment}-secret-key`, `${environment}-embeddings-api-key`],
    ...['registry', 'keycloak'].flatMap(of =>
      ['1', '2'].flatMap(number =>
        ['', 'a', 'b'].map(turn => `${environment}-origin-header-${of}-${number}${turn}`),
      ),
    ),
  )

/** Alarms of the template, and the two that a policy of target tracking keeps for each service. */
const alarmNames = (place: Place): IsName => {
  const {environment} = place
  const clusters = clustersOf(environment).map(literal).join('|')
  const tracking = new RegExp(`^TargetTracking-service/(?:${clusters})/[^/]+-Alarm(?:High|Low)-[0-9a-f-]+$`)
  const own = ['auth-cpu-high', 'registry-cpu-high', 'auth-memory-high', 'registry-memory-high']
  const balancer = ['alb-unhealthy-targets', 'alb-5xx-errors', 'alb-response-time']
  return either(exactly(...[...own, ...balancer].map(name => `${environment}-${name}`)), name =>
    tracking.test(name),
  )
}

/**
 * Everything that is looked for, in the order in which what is left can be deleted. What cannot be without something that is
 * in this table is not in it: listeners and their rules, routes, rules of security groups, mount targets, tasks, inline
 * policies, scaling policies, targets of a proxy, subscriptions of a topic.
 */
export const provedKinds: readonly ProvedKind[] = [
  {
    kind: 'application-autoscaling:scalable-target',
    action: 'application-autoscaling:DescribeScalableTargets',
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    named: inClusters,
  },
  {
    kind: 'cloudfront:distribution',
    action: 'cloudfront:ListDistributions',
    type: 'AWS::CloudFront::Distribution',
  },
  {
    kind: 'cloudfront:function',
    action: 'cloudfront:ListFunctions',
    type: 'AWS::CloudFront::Function',
    named: ({environment, region}) => exactly(viewersFunctionName(environment, region)),
  },
  {kind: 'ecs:service', action: 'ecs:ListServices', type: 'AWS::ECS::Service', named: inClusters},
  {
    kind: 'ecs:cluster',
    action: 'ecs:DescribeClusters',
    type: 'AWS::ECS::Cluster',
    named: ({environment}) => exactly(...clustersOf(environment)),
  },
  {
    kind: 'ecs:task-definition',
    action: 'ecs:ListTaskDefinitions',
    type: 'AWS::ECS::TaskDefinition',
    named: ({environment}) => {
      const pattern = new RegExp(`^(?:${families(environment)}):\\d+$`)
      return name => pattern.test(name)
    },
  },
  {
    kind: 'ecr:repository',
    action: 'ecr:DescribeRepositories',
    type: 'AWS::ECR::Repository',
    named: ({environment}) => exactly(...services.map(({name}) => name(environment))),
  },
  {
    kind: 'codebuild:project',
    action: 'codebuild:ListProjects',
    type: 'AWS::CodeBuild::Project',
    named: ({environment}) => exactly(buildProjectName(environment)),
  },
  {
    kind: 'lambda:function',
    action: 'lambda:ListFunctions',
    type: 'AWS::Lambda::Function',
    named: ({environment}) => exactly(`${environment}-build-trigger`),
  },
  {
    kind: 'events:rule',
    action: 'events:ListRules',
    type: 'AWS::Events::Rule',
    named: ({environment}) => generated(environment, 'compute', ['BuildEndedRule']),
  },
  {
    kind: 'cloudwatch:alarm',
    action: 'cloudwatch:DescribeAlarms',
    type: 'AWS::CloudWatch::Alarm',
    named: alarmNames,
  },
  {
    kind: 'sns:topic',
    action: 'sns:ListTopics',
    type: 'AWS::SNS::Topic',
    named: ({environment}) => generated(environment, 'services', ['AlarmTopic']),
  },
  {
    kind: 'elasticloadbalancing:loadbalancer',
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    named: ({environment}) => exactly(...targetGroups.map(({loadBalancer}) => loadBalancer(environment))),
  },
  {
    kind: 'elasticloadbalancing:targetgroup',
    action: 'elasticloadbalancing:DescribeTargetGroups',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    named: ({environment}) => exactly(...targetGroups.map(({name}) => name(environment))),
  },
  // No name of one is the environment's own: its domain is somebody's.
  {kind: 'acm:certificate', action: 'acm:ListCertificates', type: 'AWS::CertificateManager::Certificate'},
  {kind: 'servicediscovery:service', action: 'servicediscovery:ListServices'},
  {
    kind: 'servicediscovery:namespace',
    action: 'servicediscovery:ListNamespaces',
    type: 'AWS::ServiceDiscovery::PrivateDnsNamespace',
    named: ({environment}) => exactly(`${environment}.local`),
  },
  // The private zone that Cloud Map makes for the namespace.
  {
    kind: 'route53:hostedzone',
    action: 'route53:ListHostedZonesByName',
    named: ({environment}) => exactly(`${environment}.local`),
  },
  {
    kind: 'rds:db-proxy',
    action: 'rds:DescribeDBProxies',
    type: 'AWS::RDS::DBProxy',
    named: ({environment}) => exactly(`${environment}-keycloak-proxy`),
  },
  {
    kind: 'rds:db',
    action: 'rds:DescribeDBInstances',
    type: 'AWS::RDS::DBInstance',
    named: ({environment}) => generated(environment, 'data', ['DatabaseWriter']),
  },
  {
    kind: 'rds:cluster',
    action: 'rds:DescribeDBClusters',
    type: 'AWS::RDS::DBCluster',
    named: ({environment}) => generated(environment, 'data', ['DatabaseCluster', 'KeptDatabaseCluster']),
  },
  {
    kind: 'rds:cluster-pg',
    action: 'rds:DescribeDBClusterParameterGroups',
    type: 'AWS::RDS::DBClusterParameterGroup',
    named: ({environment}) => generated(environment, 'data', ['DatabaseClusterParameterGroup']),
  },
  {
    kind: 'rds:subgrp',
    action: 'rds:DescribeDBSubnetGroups',
    type: 'AWS::RDS::DBSubnetGroup',
    named: ({environment}) => generated(environment, 'data', ['DatabaseSubnetGroup']),
  },
  {
    kind: 'rds:cluster-snapshot',
    action: 'rds:DescribeDBClusterSnapshots',
    // Those that `teardown --keep-snapshot` takes.
    named: ({environment}) => {
      const pattern = new RegExp(`^${literal(environment)}-keycloak-kept-\\d{14}(?:-\\d+)?(?:-own-key)?$`)
      return name => pattern.test(name)
    },
  },
  {kind: 'rds:cluster-auto-backup', action: 'rds:DescribeDBClusterAutomatedBackups'},
  {
    kind: 'elasticfilesystem:access-point',
    action: 'elasticfilesystem:DescribeAccessPoints',
    type: 'AWS::EFS::AccessPoint',
  },
  {
    kind: 'elasticfilesystem:file-system',
    action: 'elasticfilesystem:DescribeFileSystems',
    type: 'AWS::EFS::FileSystem',
  },
  {
    kind: 's3:bucket',
    action: 's3:ListAllMyBuckets',
    named: ({environment, account, region}) => exactly(defaultTemplateBucket(environment, account, region)),
  },
  {
    kind: 'secretsmanager:secret',
    action: 'secretsmanager:ListSecrets',
    type: 'AWS::SecretsManager::Secret',
    named: secretNames,
  },
  {
    kind: 'ssm:parameter',
    action: 'ssm:DescribeParameters',
    type: 'AWS::SSM::Parameter',
    named: ({environment}) =>
      exactly(...['admin', 'database/url', 'database/username'].map(end => `${environment}/keycloak/${end}`)),
  },
  {
    kind: 'logs:log-group',
    action: 'logs:DescribeLogGroups',
    type: 'AWS::Logs::LogGroup',
    named: ({environment}) => exactly(...logGroupNames(environment, [])),
  },
  {
    kind: 'kms:alias',
    action: 'kms:ListAliases',
    type: 'AWS::KMS::Alias',
    named: ({environment}) => exactly(`${environment}-rds`),
  },
  // Its reader asks only for keys to which tag, stack or alias lead.
  {kind: 'kms:key', action: 'kms:DescribeKey', type: 'AWS::KMS::Key', named: () => () => true},
  // Names of IAM are those of every region: one that is generated may be of an environment of this name elsewhere.
  {kind: 'iam:role', action: 'iam:ListRoles', type: 'AWS::IAM::Role'},
  {kind: 'iam:policy', action: 'iam:ListPolicies', type: 'AWS::IAM::ManagedPolicy'},
  {kind: 'ec2:vpc-endpoint', action: 'ec2:DescribeVpcEndpoints', type: 'AWS::EC2::VPCEndpoint'},
  {kind: 'ec2:natgateway', action: 'ec2:DescribeNatGateways', type: 'AWS::EC2::NatGateway'},
  {kind: 'ec2:elastic-ip', action: 'ec2:DescribeAddresses', type: 'AWS::EC2::EIP'},
  {kind: 'ec2:network-interface', action: 'ec2:DescribeNetworkInterfaces'},
  {kind: 'ec2:security-group', action: 'ec2:DescribeSecurityGroups', type: 'AWS::EC2::SecurityGroup'},
  {kind: 'ec2:route-table', action: 'ec2:DescribeRouteTables', type: 'AWS::EC2::RouteTable'},
  {kind: 'ec2:subnet', action: 'ec2:DescribeSubnets', type: 'AWS::EC2::Subnet'},
  {kind: 'ec2:internet-gateway', action: 'ec2:DescribeInternetGateways', type: 'AWS::EC2::InternetGateway'},
  {kind: 'ec2:vpc', action: 'ec2:DescribeVpcs', type: 'AWS::EC2::VPC'},
]
