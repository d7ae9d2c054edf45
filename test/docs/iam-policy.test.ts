import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {defaultTemplateBucket} from '../../src/environment/names.js'
import {services} from '../../src/environment/services.js'
import {knownTypes, neededActions} from '../../src/steps/preflight/needed-actions.js'
import {targetsOfLayout} from '../../src/steps/stacks/stack-targets.js'
import {logGroupNames} from '../../src/steps/teardown/log-group-names.js'

const root = new URL('../../', import.meta.url)
const files = ['docs/iam-policy.json', 'docs/iam-policy-reads.json', 'docs/iam-policy-resources.json']
const region = 'us-west-2'
const account = '123456789012'
const environment = 'demo'

interface Statement {
  Sid: string
  Effect: string
  Action: string[]
  Resource: string | string[]
  Condition?: {StringEquals: Record<string, string[]>}
}

interface Need {
  action: string
  resource: string
}

const policies = files.map(file => ({file, text: read(file)}))
const [actions = [], reads = [], resources = []] = policies.map(
  ({text}) => (JSON.parse(text) as {Statement: Statement[]}).Statement,
)
const own = [...actions, ...reads]
const statements = [...own, ...resources]

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`
const bucket = `arn:aws:s3:::${defaultTemplateBucket(environment, account, region)}`
const stacks = (['nested', 'individual'] as const).flatMap(layout =>
  targetsOfLayout(layout, environment).map(({stackName}) => arn('cloudformation', `stack/${stackName}/1f2e`)),
)
const nestedStack = arn('cloudformation', `stack/${environment}-NetworkStack-1ABC/1f2e`)
const ofServices = (kind: 'service' | 'task') =>
  services.map(({cluster, name}) =>
    arn('ecs', `${kind}/${cluster(environment)}/${kind === 'task' ? '0a1b' : name(environment)}`),
  )
const logGroups = logGroupNames(environment, [
  {
    label: 'data',
    resources: [
      resource('AWS::RDS::DBCluster', `${environment}-DataStack-1ABC-databasecluster-0a1b`),
      resource('AWS::Lambda::Function', `${environment}-build-trigger`),
    ],
  },
]).map(name => arn('logs', `log-group:${name.endsWith('/') ? `${name}postgresql` : name}:*`))

/** Where containers, the image build and its function write. */
const evidenceLogs = [
  ...services.map(({key}) => `/ecs/${environment}-${key}`),
  `/aws/codebuild/${environment}-container-build`,
  `/aws/lambda/${environment}-build-trigger`,
].map(name => arn('logs', `log-group:${name}`))

/** The clients of `src/aws/clients.ts`: package, class, and what IAM calls the service. */
const clients: Record<string, {package: string; class: string; prefix: string}> = {
  // Its actions have the prefix of CloudFormation. Source: service authorization reference, AWS Cloud Control API.
  cloudControl: {package: 'cloudcontrol', class: 'CloudControl', prefix: 'cloudformation'},
  cloudFormation: {package: 'cloudformation', class: 'CloudFormation', prefix: 'cloudformation'},
  cloudFront: {package: 'cloudfront', class: 'CloudFront', prefix: 'cloudfront'},
  autoScaling: {
    package: 'application-auto-scaling',
    class: 'ApplicationAutoScaling',
    prefix: 'application-autoscaling',
  },
  certificates: {package: 'acm', class: 'ACM', prefix: 'acm'},
  lambda: {package: 'lambda', class: 'Lambda', prefix: 'lambda'},
  bedrock: {package: 'bedrock', class: 'Bedrock', prefix: 'bedrock'},
  efs: {package: 'efs', class: 'EFS', prefix: 'elasticfilesystem'},
  codeBuild: {package: 'codebuild', class: 'CodeBuild', prefix: 'codebuild'},
  ec2: {package: 'ec2', class: 'EC2', prefix: 'ec2'},
  ecr: {package: 'ecr', class: 'ECR', prefix: 'ecr'},
  ecs: {package: 'ecs', class: 'ECS', prefix: 'ecs'},
  iam: {package: 'iam', class: 'IAM', prefix: 'iam'},
  kms: {package: 'kms', class: 'KMS', prefix: 'kms'},
  loadBalancing: {
    package: 'elastic-load-balancing-v2',
    class: 'ElasticLoadBalancingV2',
    prefix: 'elasticloadbalancing',
  },
  logs: {package: 'cloudwatch-logs', class: 'CloudWatchLogs', prefix: 'logs'},
  quotas: {package: 'service-quotas', class: 'ServiceQuotas', prefix: 'servicequotas'},
  rds: {package: 'rds', class: 'RDS', prefix: 'rds'},
  route53: {package: 'route-53', class: 'Route53', prefix: 'route53'},
  s3: {package: 's3', class: 'S3', prefix: 's3'},
  secrets: {package: 'secrets-manager', class: 'SecretsManager', prefix: 'secretsmanager'},
  serviceDiscovery: {package: 'servicediscovery', class: 'ServiceDiscovery', prefix: 'servicediscovery'},
  ssm: {package: 'ssm', class: 'SSM', prefix: 'ssm'},
  sts: {package: 'sts', class: 'STS', prefix: 'sts'},
  tagging: {package: 'resource-groups-tagging-api', class: 'ResourceGroupsTaggingAPI', prefix: 'tag'},
  globalTagging: {package: 'resource-groups-tagging-api', class: 'ResourceGroupsTaggingAPI', prefix: 'tag'},
}

/** Operations whose permission has another name. Source: service authorization reference, Amazon S3. */
const otherNames: Record<string, string[]> = {
  's3:ListBuckets': ['s3:ListAllMyBuckets'],
  // The list handlers of the three types that are listed so, which work with the caller's credentials.
  'cloudformation:ListResources': [
    'cloudformation:ListResources',
    'cloudwatch:DescribeAlarms',
    'events:ListRules',
    'sns:ListTopics',
  ],
  's3:DeleteObjects': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  's3:HeadBucket': ['s3:ListBucket'],
  // Without ListBucket a missing object is answered 403 instead of 404.
  's3:HeadObject': ['s3:GetObject', 's3:ListBucket'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:PutBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  // Tags on a stack are a permission of their own, and a template is read with the caller's credentials.
  'cloudformation:CreateStack': ['cloudformation:CreateStack', 'cloudformation:TagResource', 's3:GetObject'],
  'cloudformation:UpdateStack': [
    'cloudformation:UpdateStack',
    'cloudformation:TagResource',
    'cloudformation:UntagResource',
    's3:GetObject',
  ],
}

/** Lists of the whole account. */
const everywhere = [
  'cloudformation:ListResources',
  'cloudformation:ListStacks',
  'codebuild:ListProjects',
  'iam:ListPolicies',
  's3:ListAllMyBuckets',
]

/** What a permission is asked for, where IAM knows narrower resources than `*`. */
function resourcesOf(action: string): string[] {
  if (everywhere.includes(action)) return ['*']
  if (/^s3:\w*Object/.test(action)) return [`${bucket}/${environment}/0123456789ab/main-stack.yaml`]
  if (action.startsWith('s3:')) return [bucket]
  if (/^cloudformation:List(Exports|Imports|Stacks)$/.test(action)) return ['*']
  if (action.startsWith('cloudformation:')) return [...stacks, nestedStack]
  if (action.startsWith('codebuild:')) return [arn('codebuild', `project/${environment}-container-build`)]
  if (action === 'ecr:DescribeImages')
    return services.map(({name}) => arn('ecr', `repository/${name(environment)}`))
  if (action === 'ecs:DescribeTasks' || action === 'ecs:StopTask') return ofServices('task')
  if (action === 'ecs:DescribeServices' || action === 'ecs:UpdateService') return ofServices('service')
  if (action === 'logs:DeleteLogGroup') return logGroups
  if (action === 'iam:GetRole' || action === 'iam:ListRoles') return [roleOf('demo-facilitator')]
  if (action === 'logs:DescribeLogStreams') return evidenceLogs.map(group => `${group}:*`)
  if (action === 'logs:GetLogEvents') return evidenceLogs.map(group => `${group}:log-stream:0a1b`)
  return ['*']
}

/** What CloudFormation does for each resource type of the templates, beyond reading. */
const byType: Record<string, string> = {
  'ApplicationAutoScaling::ScalableTarget':
    'application-autoscaling:RegisterScalableTarget DeregisterScalableTarget DescribeScalableTargets TagResource',
  'ApplicationAutoScaling::ScalingPolicy':
    'application-autoscaling:PutScalingPolicy DeleteScalingPolicy DescribeScalingPolicies',
  'CertificateManager::Certificate':
    'acm:RequestCertificate DeleteCertificate DescribeCertificate AddTagsToCertificate RemoveTagsFromCertificate',
  'CloudFormation::Stack': 'cloudformation:CreateStack UpdateStack DeleteStack DescribeStacks TagResource',
  'CloudFront::Distribution':
    'cloudfront:CreateDistribution CreateDistributionWithTags UpdateDistribution DeleteDistribution GetDistribution GetDistributionConfig TagResource UntagResource',
  'CloudFront::Function':
    'cloudfront:CreateFunction PublishFunction UpdateFunction DeleteFunction DescribeFunction GetFunction',
  'CloudWatch::Alarm': 'cloudwatch:PutMetricAlarm DeleteAlarms DescribeAlarms TagResource UntagResource',
  'CodeBuild::Project': 'codebuild:CreateProject UpdateProject DeleteProject BatchGetProjects',
  'Custom::ContainerImages': 'lambda:InvokeFunction',
  'EC2::EIP':
    'ec2:AllocateAddress ReleaseAddress DisassociateAddress DescribeAddresses CreateTags DeleteTags',
  'EC2::InternetGateway': 'ec2:CreateInternetGateway DeleteInternetGateway DescribeInternetGateways',
  'EC2::NatGateway': 'ec2:CreateNatGateway DeleteNatGateway DescribeNatGateways',
  'EC2::Route': 'ec2:CreateRoute ReplaceRoute DeleteRoute DescribeRouteTables',
  'EC2::RouteTable': 'ec2:CreateRouteTable DeleteRouteTable DescribeRouteTables',
  'EC2::SecurityGroup':
    'ec2:CreateSecurityGroup DeleteSecurityGroup DescribeSecurityGroups AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress',
  'EC2::SecurityGroupEgress':
    'ec2:AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress UpdateSecurityGroupRuleDescriptionsEgress',
  'EC2::SecurityGroupIngress':
    'ec2:AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsIngress',
  'EC2::Subnet': 'ec2:CreateSubnet DeleteSubnet ModifySubnetAttribute DescribeSubnets',
  'EC2::SubnetRouteTableAssociation':
    'ec2:AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation',
  'EC2::VPC': 'ec2:CreateVpc DeleteVpc ModifyVpcAttribute DescribeVpcs DescribeVpcAttribute',
  'EC2::VPCEndpoint': 'ec2:CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints DescribeVpcEndpoints',
  'EC2::VPCGatewayAttachment': 'ec2:AttachInternetGateway DetachInternetGateway',
  'ECR::Repository':
    'ecr:CreateRepository DeleteRepository DescribeRepositories PutLifecyclePolicy DeleteLifecyclePolicy PutImageScanningConfiguration PutImageTagMutability TagResource UntagResource',
  'ECS::Cluster':
    'ecs:CreateCluster UpdateCluster UpdateClusterSettings DeleteCluster DescribeClusters TagResource UntagResource',
  'ECS::ClusterCapacityProviderAssociations': 'ecs:PutClusterCapacityProviders DescribeClusters',
  'ECS::Service':
    'ecs:CreateService UpdateService DeleteService DescribeServices StopServiceDeployment TagResource',
  'ECS::TaskDefinition': 'ecs:RegisterTaskDefinition DeregisterTaskDefinition DescribeTaskDefinition',
  'EFS::AccessPoint': 'elasticfilesystem:CreateAccessPoint DeleteAccessPoint DescribeAccessPoints',
  'EFS::FileSystem':
    'elasticfilesystem:CreateFileSystem UpdateFileSystem DeleteFileSystem DescribeFileSystems PutBackupPolicy PutFileSystemPolicy PutLifecycleConfiguration TagResource',
  'EFS::MountTarget':
    'elasticfilesystem:CreateMountTarget DeleteMountTarget DescribeMountTargets ModifyMountTargetSecurityGroups ec2:CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces ModifyNetworkInterfaceAttribute',
  'ElasticLoadBalancingV2::Listener':
    'elasticloadbalancing:CreateListener ModifyListener DeleteListener DescribeListeners',
  'ElasticLoadBalancingV2::ListenerRule':
    'elasticloadbalancing:CreateRule ModifyRule DeleteRule DescribeRules SetRulePriorities',
  'ElasticLoadBalancingV2::LoadBalancer':
    'elasticloadbalancing:CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets AddTags RemoveTags',
  'ElasticLoadBalancingV2::TargetGroup':
    'elasticloadbalancing:CreateTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup DescribeTargetGroups AddTags',
  'Events::Rule': 'events:PutRule DeleteRule DescribeRule PutTargets RemoveTargets TagResource',
  'IAM::ManagedPolicy':
    'iam:CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion GetPolicy ListPolicyVersions AttachRolePolicy DetachRolePolicy',
  'IAM::Role':
    'iam:CreateRole DeleteRole GetRole UpdateRole UpdateAssumeRolePolicy PutRolePolicy DeleteRolePolicy PutRolePermissionsBoundary DeleteRolePermissionsBoundary ListRolePolicies ListAttachedRolePolicies TagRole UntagRole',
  'IAM::RolePolicy': 'iam:PutRolePolicy GetRolePolicy DeleteRolePolicy',
  'KMS::Alias': 'kms:CreateAlias UpdateAlias DeleteAlias ListAliases',
  'KMS::Key':
    'kms:CreateKey DescribeKey PutKeyPolicy EnableKeyRotation ScheduleKeyDeletion CreateGrant TagResource',
  'Lambda::Function':
    'lambda:CreateFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction GetFunction TagResource',
  'Lambda::Permission': 'lambda:AddPermission RemovePermission GetPolicy',
  'Logs::LogGroup':
    'logs:CreateLogGroup DeleteLogGroup PutRetentionPolicy DescribeLogGroups TagResource GetDataProtectionPolicy DeleteDataProtectionPolicy',
  'RDS::DBCluster':
    'rds:CreateDBCluster ModifyDBCluster DeleteDBCluster CreateDBClusterSnapshot DescribeDBClusters AddTagsToResource secretsmanager:GetSecretValue',
  'RDS::DBClusterParameterGroup':
    'rds:CreateDBClusterParameterGroup ModifyDBClusterParameterGroup DeleteDBClusterParameterGroup',
  'RDS::DBInstance': 'rds:CreateDBInstance ModifyDBInstance DeleteDBInstance DescribeDBInstances',
  'RDS::DBProxy': 'rds:CreateDBProxy ModifyDBProxy DeleteDBProxy DescribeDBProxies',
  'RDS::DBProxyTargetGroup': 'rds:RegisterDBProxyTargets DeregisterDBProxyTargets ModifyDBProxyTargetGroup',
  'RDS::DBSubnetGroup': 'rds:CreateDBSubnetGroup ModifyDBSubnetGroup DeleteDBSubnetGroup',
  'Route53::RecordSet': 'route53:ChangeResourceRecordSets GetChange ListResourceRecordSets GetHostedZone',
  'SNS::Subscription': 'sns:Subscribe Unsubscribe SetSubscriptionAttributes GetSubscriptionAttributes',
  'SNS::Topic': 'sns:CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes TagResource',
  'SNS::TopicPolicy': 'sns:SetTopicAttributes',
  'SSM::Parameter': 'ssm:PutParameter DeleteParameter GetParameters AddTagsToResource',
  'SecretsManager::Secret':
    'secretsmanager:CreateSecret UpdateSecret DeleteSecret DescribeSecret GetRandomPassword TagResource',
  'ServiceDiscovery::PrivateDnsNamespace':
    'servicediscovery:CreatePrivateDnsNamespace DeleteNamespace GetNamespace GetOperation TagResource route53:CreateHostedZone DeleteHostedZone',
}

describe('the policy', () => {
  test.each(policies)('$file fits into one managed policy', ({text}) => {
    expect(JSON.parse(text).Version).toBe('2012-10-17')
    // IAM counts characters without white space. Source: IAM user guide, "IAM and AWS STS quotas".
    expect(text.replace(/\s/g, '').length).toBeLessThanOrEqual(6144)
  })

  test('allows every call that mcpgw can make, by the first two files alone', async () => {
    expect(denied(await ownNeeds(), own)).toEqual([])
  })

  test('notices a call that it does not allow', async () => {
    const source = "Pick<Clients, 's3'> … await s3.putBucketVersioning({Bucket: name})"
    expect(denied(await needsOf(source), own)).toEqual([`s3:PutBucketVersioning on ${bucket}`])
  })

  test('allows what CloudFormation does for every resource type of the templates', () => {
    expect(typesOfTemplates().filter(type => byType[type] === undefined)).toEqual([])
    expect(denied(templateNeeds(), statements)).toEqual([])
  })

  test('allows a service role the same by the first and the third file', () => {
    expect(denied(templateNeeds(), [...actions, ...resources])).toEqual([])
  })

  test('passes roles to exactly the services that the templates make roles for', () => {
    expect(condition('iam:PassRole', 'iam:PassedToService')).toEqual(principalsOfTemplates())
  })

  test('creates the service-linked roles of the services that need one', () => {
    expect(condition('iam:CreateServiceLinkedRole', 'iam:AWSServiceName')).toEqual([
      'ecs.amazonaws.com',
      'ecs.application-autoscaling.amazonaws.com',
      'elasticfilesystem.amazonaws.com',
      'elasticloadbalancing.amazonaws.com',
      'rds.amazonaws.com',
    ])
  })

  test('allows everything that preflight finds to be needed', () => {
    const place = {
      partition: 'aws',
      region,
      account,
      environment,
      bucket: bucket.replace('arn:aws:s3:::', ''),
    }
    const needs = neededActions(knownTypes, place)
    expect(needs.length).toBeGreaterThan(60)
    expect(denied(needs, statements)).toEqual([])
    expect(denied([{action: 'ec2:RunInstances', resource: '*'}], statements)).toHaveLength(1)
  })

  test('is about every resource type of the templates, as preflight is', () => {
    const types = knownTypes.map(type => type.replace('AWS::', '')).sort()
    expect(types).toEqual(typesOfTemplates())
  })

  test('would not do without any of its statements', async () => {
    const calls = await ownNeeds()
    const needs = [...templateNeeds(), ...roleNeeds()]
    const isSpare = (left: Statement) => {
      const without = (all: readonly Statement[]) => all.filter(statement => statement !== left)
      return denied(calls, without(own)).length === 0 && denied(needs, without(statements)).length === 0
    }
    expect(statements.filter(isSpare).map(({Sid}) => Sid)).toEqual([])
  })

  test('is explained statement by statement', () => {
    const page = read('docs/iam-policy.md')
    expect(statements.map(({Sid}) => Sid).filter(sid => !page.includes(`\`${sid}\``))).toEqual([])
  })

  test('has every statement that the page explains or names', () => {
    const page = read('docs/iam-policy.md')
    const known = new Set(statements.map(({Sid}) => Sid))
    const explained = Array.from(page.matchAll(/^\| `(\w+)` \|/gm), ([, sid]) => sid ?? '')
    expect(explained.length).toBe(new Set(explained).size)
    expect(explained.length).toBeGreaterThan(20)
    // Beside the tables a statement is told from other words in back-quotes by its capitals.
    const named = Array.from(page.matchAll(/`([A-Z][a-z]+(?:[A-Z][A-Za-z]+)+)`/g), ([, sid]) => sid ?? '')
    const isAction = (name: string) =>
      statements.some(({Action}) => Action.some(each => matches(each.split(':')[1] ?? '', name)))
    const main = read('cloudformation/main-stack.yaml')
    const isParameter = (name: string) => main.includes(`\n  ${name}:\n    Type: `)
    const others = named.filter(name => !isAction(name) && !isParameter(name))
    expect([...explained, ...others].filter(sid => !known.has(sid))).toEqual([])
  })
})

test('every client of src/aws is known here', () => {
  const declared = /export interface Clients \{([\s\S]*?)\n\}/.exec(read('src/aws/clients.ts'))?.[1] ?? ''
  const names = Array.from(declared.matchAll(/^ {2}(\w+)\(\)/gm), ([, name]) => name)
  expect(names.filter(name => name !== 'credentials').sort()).toEqual(Object.keys(clients).sort())
})

/** What the SDK calls in src/aws need. */
async function ownNeeds(): Promise<Need[]> {
  const sources = readdirSync(new URL('src/aws/', root), {recursive: true, encoding: 'utf8'})
    .filter(name => name.endsWith('.ts'))
    .map(name => read(`src/aws/${name}`))
  const needs = await Promise.all(sources.map(needsOf))
  expect(new Set(needs.flat().map(({action}) => action)).size).toBeGreaterThan(30)
  return needs.flat()
}

/** The needs of one source file: every method of its SDK client's class that it calls. */
async function needsOf(source: string): Promise<Need[]> {
  const names = [
    ...Array.from(source.matchAll(/Pick<Clients, '(\w+)'>/g), ([, name]) => name ?? ''),
    // What looks at every resource is given all clients.
    ...Array.from(source.matchAll(/await clients\.(\w+)\(\)/g), ([, name]) => name ?? ''),
  ].filter(name => name !== 'credentials')
  const commands = Array.from(source.matchAll(/new (\w+)Command\(/g), ([, name]) => name)
  expect(commands, 'clients are called by method, so that the calls can be found').toEqual([])
  const found = await Promise.all(
    [...new Set(names)].map(async name => {
      const client = clients[name]
      if (client === undefined) throw new Error(`Unknown client ${name}`)
      const module = await import(`@aws-sdk/client-${client.package}`)
      const known = new Set(Object.getOwnPropertyNames(module[client.class].prototype))
      const called = Array.from(source.matchAll(/\.(\w+)\(/g), ([, method]) => method ?? '')
      return called.filter(method => known.has(method)).map(method => operation(client.prefix, method))
    }),
  )
  return [...new Set(found.flat())].flatMap(operationNeeds)
}

function operation(prefix: string, method: string): string {
  return `${prefix}:${method.charAt(0).toUpperCase()}${method.slice(1)}`
}

function operationNeeds(name: string): Need[] {
  return (otherNames[name] ?? [name]).flatMap(action =>
    resourcesOf(action).map(resource => ({action, resource})),
  )
}

/** `service:A B other:C` → `service:A`, `service:B`, `other:C`, each on a resource that stands for its kind. */
function templateNeeds(): Need[] {
  return typesOfTemplates().flatMap(type => {
    let service = ''
    return (byType[type] ?? '').split(' ').map(word => {
      const [name = '', prefix] = word.split(':').reverse()
      service = prefix ?? service
      const action = `${service}:${name}`
      if (service === 'iam') return {action, resource: iamResource(name)}
      if (service === 'cloudformation') return {action, resource: nestedStack}
      return {action, resource: arn(service, `demo/${name}`)}
    })
  })
}

/** What making roles and services implies, whatever their type. */
function roleNeeds(): Need[] {
  return [
    {action: 'iam:PassRole', resource: roleOf('demo-TaskRole')},
    {
      action: 'iam:CreateServiceLinkedRole',
      resource: roleOf('aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'),
    },
  ]
}

function iamResource(action: string): string {
  return /Policy(Version)?s?$/.test(action) && !/Role/.test(action)
    ? `arn:aws:iam::${account}:policy/demo-Logs`
    : roleOf('demo-TaskRole')
}

function roleOf(name: string): string {
  return `arn:aws:iam::${account}:role/${name}`
}

function typesOfTemplates(): string[] {
  const found = templates().flatMap(text =>
    Array.from(text.matchAll(/^ {4}Type: (?:AWS::)?(\w+::\w+)/gm), ([, type]) => type ?? ''),
  )
  return [...new Set(found)].sort()
}

/** Services that the templates' roles trust. */
function principalsOfTemplates(): string[] {
  const found = templates().flatMap(text =>
    Array.from(
      text.matchAll(/AssumeRolePolicyDocument:[\s\S]*?Service: ([\w.-]+)/g),
      ([, service]) => service ?? '',
    ),
  )
  return [...new Set(found)].sort()
}

function templates(): string[] {
  const folder = new URL('cloudformation/', root)
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => read(`cloudformation/${name}`))
}

function condition(action: string, key: string): string[] {
  const allowing = statements.filter(({Action}) => Action.some(pattern => matches(pattern, action)))
  expect(allowing).toHaveLength(1)
  return [...(allowing[0]?.Condition?.StringEquals[key] ?? [])].sort()
}

/** The needs that no statement allows, for people. */
function denied(needs: readonly Need[], among: readonly Statement[]): string[] {
  const missing = needs.filter(
    ({action, resource}) =>
      !among.some(
        ({Effect, Action, Resource}) =>
          Effect === 'Allow' &&
          Action.some(pattern => matches(pattern, action)) &&
          [Resource].flat().some(pattern => matches(pattern, resource)),
      ),
  )
  return [...new Set(missing.map(({action, resource}) => `${action} on ${resource}`))]
}

function matches(pattern: string, value: string): boolean {
  const source = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${source.join('.*')}$`).test(value)
}

function resource(type: string, physicalId: string) {
  return {logicalId: 'X', physicalId, type, status: 'CREATE_COMPLETE'}
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}
