/**
 * The AWS services that the embedded account can speak for, as data. Adding one is adding a line here
 * and a member to `ServiceModules`; operations and encodings come from the client package's schemas.
 *
 * `version` and `xmlns` repeat what each client's own protocol settings say (a test compares them):
 * reading them from the client would mean building one.
 */

/**
 * The wire protocols spoken here; `json` is awsJson 1.0 and 1.1, `rest-xml` what CloudFront and Route 53 speak,
 * `rest-json` what EFS speaks.
 */
export type ProtocolName = 'query' | 'ec2' | 'json' | 's3' | 'rest-xml' | 'rest-json'

/** What is known of a service before its client package is loaded. */
export interface ServiceEntry {
  /** The service in the credential scope of a signed request. */
  readonly signingName: string
  readonly protocol: ProtocolName
  readonly version: string
  /** Prefix of `X-Amz-Target`. */
  readonly target?: string
  readonly xmlns?: string
  /** Has no regions: requests are signed for us-east-1. */
  readonly isGlobal?: boolean
  /** Loads the client package: 10 to 60 ms each, about 300 ms and 55 MB for EC2. */
  readonly load: () => Promise<object>
  /** Loads what the account has of it, where the whole package takes too much. */
  readonly loadServed?: () => Promise<object>
}

/** The client package of each service, for types only. */
export interface ServiceModules {
  cloudformation: typeof import('@aws-sdk/client-cloudformation')
  s3: typeof import('@aws-sdk/client-s3')
  ecs: typeof import('@aws-sdk/client-ecs')
  elbv2: typeof import('@aws-sdk/client-elastic-load-balancing-v2')
  codebuild: typeof import('@aws-sdk/client-codebuild')
  sts: typeof import('@aws-sdk/client-sts')
  logs: typeof import('@aws-sdk/client-cloudwatch-logs')
  ecr: typeof import('@aws-sdk/client-ecr')
  ec2: typeof import('@aws-sdk/client-ec2')
  secretsmanager: typeof import('@aws-sdk/client-secrets-manager')
  ssm: typeof import('@aws-sdk/client-ssm')
  kms: typeof import('@aws-sdk/client-kms')
  servicequotas: typeof import('@aws-sdk/client-service-quotas')
  tagging: typeof import('@aws-sdk/client-resource-groups-tagging-api')
  iam: typeof import('@aws-sdk/client-iam')
  rds: typeof import('@aws-sdk/client-rds')
  servicediscovery: typeof import('@aws-sdk/client-servicediscovery')
  cloudfront: typeof import('@aws-sdk/client-cloudfront')
  route53: typeof import('@aws-sdk/client-route-53')
  efs: typeof import('@aws-sdk/client-efs')
  bedrock: typeof import('@aws-sdk/client-bedrock')
  applicationautoscaling: typeof import('@aws-sdk/client-application-auto-scaling')
  acm: typeof import('@aws-sdk/client-acm')
  cloudcontrol: typeof import('@aws-sdk/client-cloudcontrol')
  lambda: typeof import('@aws-sdk/client-lambda')
}

export type ServiceName = keyof ServiceModules

const query = (
  signingName: string,
  version: string,
  xmlns: string,
  load: ServiceEntry['load'],
): ServiceEntry => ({
  signingName,
  protocol: 'query',
  version,
  xmlns,
  load,
})

const json = (
  signingName: string,
  version: string,
  target: string,
  load: ServiceEntry['load'],
): ServiceEntry => ({
  signingName,
  protocol: 'json',
  version,
  target,
  load,
})

/** Every service, by the name that handlers use. The deep path to a package's schemas alone is not loadable in Node. */
export const SERVICES: Readonly<Record<ServiceName, ServiceEntry>> = {
  cloudformation: query(
    'cloudformation',
    '2010-05-15',
    'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    () => import('@aws-sdk/client-cloudformation'),
  ),
  s3: {
    signingName: 's3',
    protocol: 's3',
    version: '2006-03-01',
    xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
    load: () => import('@aws-sdk/client-s3'),
  },
  ecs: json('ecs', '2014-11-13', 'AmazonEC2ContainerServiceV20141113', () => import('@aws-sdk/client-ecs')),
  elbv2: query(
    'elasticloadbalancing',
    '2015-12-01',
    'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  ),
  codebuild: json('codebuild', '2016-10-06', 'CodeBuild_20161006', () => import('@aws-sdk/client-codebuild')),
  sts: query(
    'sts',
    '2011-06-15',
    'https://sts.amazonaws.com/doc/2011-06-15/',
    () => import('@aws-sdk/client-sts'),
  ),
  logs: json('logs', '2014-03-28', 'Logs_20140328', () => import('@aws-sdk/client-cloudwatch-logs')),
  ecr: json('ecr', '2015-09-21', 'AmazonEC2ContainerRegistry_V20150921', () => import('@aws-sdk/client-ecr')),
  ec2: {
    signingName: 'ec2',
    protocol: 'ec2',
    version: '2016-11-15',
    xmlns: 'http://ec2.amazonaws.com/doc/2016-11-15',
    load: () => import('@aws-sdk/client-ec2'),
    loadServed: () => import('./ec2-served.js'),
  },
  secretsmanager: json(
    'secretsmanager',
    '2017-10-17',
    'secretsmanager',
    () => import('@aws-sdk/client-secrets-manager'),
  ),
  ssm: json('ssm', '2014-11-06', 'AmazonSSM', () => import('@aws-sdk/client-ssm')),
  kms: json('kms', '2014-11-01', 'TrentService', () => import('@aws-sdk/client-kms')),
  servicequotas: json(
    'servicequotas',
    '2019-06-24',
    'ServiceQuotasV20190624',
    () => import('@aws-sdk/client-service-quotas'),
  ),
  tagging: json(
    'tagging',
    '2017-01-26',
    'ResourceGroupsTaggingAPI_20170126',
    () => import('@aws-sdk/client-resource-groups-tagging-api'),
  ),
  iam: {
    ...query(
      'iam',
      '2010-05-08',
      'https://iam.amazonaws.com/doc/2010-05-08/',
      () => import('@aws-sdk/client-iam'),
    ),
    isGlobal: true,
  },
  rds: query(
    'rds',
    '2014-10-31',
    'http://rds.amazonaws.com/doc/2014-10-31/',
    () => import('@aws-sdk/client-rds'),
  ),
  acm: json('acm', '2015-12-08', 'CertificateManager', () => import('@aws-sdk/client-acm')),
  servicediscovery: json(
    'servicediscovery',
    '2017-03-14',
    'Route53AutoNaming_v20170314',
    () => import('@aws-sdk/client-servicediscovery'),
  ),
  cloudfront: {
    signingName: 'cloudfront',
    protocol: 'rest-xml',
    version: '2020-05-31',
    xmlns: 'http://cloudfront.amazonaws.com/doc/2020-05-31/',
    isGlobal: true,
    load: () => import('@aws-sdk/client-cloudfront'),
  },
  route53: {
    signingName: 'route53',
    protocol: 'rest-xml',
    version: '2013-04-01',
    xmlns: 'https://route53.amazonaws.com/doc/2013-04-01/',
    isGlobal: true,
    load: () => import('@aws-sdk/client-route-53'),
  },
  efs: {
    signingName: 'elasticfilesystem',
    protocol: 'rest-json',
    version: '2015-02-01',
    load: () => import('@aws-sdk/client-efs'),
  },
  bedrock: {
    signingName: 'bedrock',
    protocol: 'rest-json',
    version: '2023-04-20',
    load: () => import('@aws-sdk/client-bedrock'),
  },
  applicationautoscaling: json(
    'application-autoscaling',
    '2016-02-06',
    'AnyScaleFrontendService',
    () => import('@aws-sdk/client-application-auto-scaling'),
  ),
  cloudcontrol: json(
    'cloudcontrolapi',
    '2021-09-30',
    'CloudApiService',
    () => import('@aws-sdk/client-cloudcontrol'),
  ),
  lambda: {
    signingName: 'lambda',
    protocol: 'rest-json',
    version: '2015-03-31',
    load: () => import('@aws-sdk/client-lambda'),
  },
}

/** Every service with its name, in a fixed order. */
export const serviceEntries = Object.entries(SERVICES) as [ServiceName, ServiceEntry][]
