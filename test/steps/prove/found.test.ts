import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Aws, connect} from '../../../src/aws/aws.js'
import {environmentTag} from '../../../src/environment/names.js'
import type {World} from '../../../src/rehearsal/account/world.js'
import {arn} from '../../../src/rehearsal/resources/names.js'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import {provedKinds} from '../../../src/steps/prove/kinds.js'
import type {Lineage} from '../../../src/steps/prove/lineage.js'
import {lookAt} from '../../../src/steps/prove/look.js'
import {Maker} from '../../rehearsal/helpers/providers.js'
import {testWorld} from '../../rehearsal/helpers/world.js'
import {type Served, served} from '../../rehearsal/services/served.js'

type Put = Partial<{
  type: string
  physicalId: string
  properties: Record<string, unknown>
  attributes: Record<string, unknown>
  tags: Record<string, string>
  data: Record<string, unknown>
}>

const {world} = testWorld()
const region = 'us-west-2'
const maker = new Maker(world)
let wire: Served
let aws: Aws

/** Puts a thing there as somebody left it, without all that it needs to be made. */
function put(type: string, physicalId: string, rest: Put = {}): string {
  world.put(world.region(region), {
    ...{type, physicalId, properties: {}, attributes: {}, tags: {}, data: {}, createdAt: world.now},
    ...rest,
  } as Parameters<World['put']>[1])
  return physicalId
}

const arnOf = (service: string, resource: string) => arn(world, region, service, resource)
const uuid = '01234567-89ab-4cde-8f01-23456789abcd'

/**
 * One thing of each kind, of environment `class` and the same of `class-7`, and by what it is known: its tag in the
 * service's own list (`tag`), its whole name (`name`), the stack that had it (`stack`), what it is in (`place`).
 */
const things: Readonly<Record<string, {by: string; make(environment: string): string}>> = {
  'application-autoscaling:scalable-target': {
    by: 'name',
    make: env => {
      const id = `service/${env}-ecs-cluster/${env}-registry`
      const properties = {
        ResourceId: id,
        ScalableDimension: 'ecs:service:DesiredCount',
        ServiceNamespace: 'ecs',
      }
      return put('AWS::ApplicationAutoScaling::ScalableTarget', `${id}|ecs:service:DesiredCount|ecs`, {
        properties,
      })
    },
  },
  'cloudfront:distribution': {
    by: 'stack',
    make: env =>
      put('AWS::CloudFront::Distribution', `E${env.toUpperCase()}`, {
        properties: {DistributionConfig: {Origins: []}},
      }),
  },
  'cloudfront:function': {
    by: 'name',
    make: env => {
      const name = `${env}-keycloak-viewers-us-west-2`
      return put('AWS::CloudFront::Function', `arn:aws:cloudfront::1:function/${name}`, {
        properties: {Name: name},
      })
    },
  },
  'ecs:service': {
    by: 'name',
    make: env => {
      put('AWS::ECS::Cluster', `${env}-ecs-cluster`)
      const id = arnOf('ecs', `service/${env}-ecs-cluster/${env}-registry`)
      const properties = {Cluster: `${env}-ecs-cluster`, ServiceName: `${env}-registry`}
      return put('AWS::ECS::Service', id, {
        properties,
        data: {status: 'ACTIVE', desiredCount: 0, deployments: [], events: []},
        attributes: {Name: `${env}-registry`},
      })
    },
  },
  'ecs:cluster': {by: 'name', make: env => put('AWS::ECS::Cluster', `${env}-ecs-cluster`)},
  'ecs:task-definition': {
    by: 'name',
    make: env =>
      put('AWS::ECS::TaskDefinition', arnOf('ecs', `task-definition/${env}-registry:4`), {
        properties: {Family: `${env}-registry`},
      }),
  },
  'ecr:repository': {by: 'name', make: env => put('AWS::ECR::Repository', `${env}-registry`)},
  'codebuild:project': {by: 'name', make: env => put('AWS::CodeBuild::Project', `${env}-container-build`)},
  'lambda:function': {by: 'name', make: env => put('AWS::Lambda::Function', `${env}-build-trigger`)},
  'events:rule': {
    by: 'name',
    make: env => {
      const name = `${env}-ComputeStack-1AB2C3D4-BuildEndedRule-1A2B3C4D`
      return put('AWS::Events::Rule', name, {attributes: {Arn: arnOf('events', `rule/${name}`)}})
    },
  },
  'cloudwatch:alarm': {
    by: 'name',
    make: env =>
      put(
        'AWS::CloudWatch::Alarm',
        `TargetTracking-service/${env}-ecs-cluster/${env}-registry-AlarmHigh-${uuid}`,
      ),
  },
  'sns:topic': {
    by: 'stack',
    make: env => put('AWS::SNS::Topic', arnOf('sns', `notes-${env}`)),
  },
  'elasticloadbalancing:loadbalancer': {
    by: 'name',
    make: env =>
      put(
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        arnOf('elasticloadbalancing', `loadbalancer/app/${env}-alb/1`),
        {
          properties: {Name: `${env}-alb`},
          attributes: {LoadBalancerName: `${env}-alb`},
        },
      ),
  },
  'elasticloadbalancing:targetgroup': {
    by: 'name',
    make: env =>
      put(
        'AWS::ElasticLoadBalancingV2::TargetGroup',
        arnOf('elasticloadbalancing', `targetgroup/${env}-auth-tg/1`),
        {
          properties: {Name: `${env}-auth-tg`},
          attributes: {TargetGroupName: `${env}-auth-tg`},
        },
      ),
  },
  'acm:certificate': {
    by: 'stack',
    make: env =>
      put('AWS::CertificateManager::Certificate', arnOf('acm', `certificate/${env}-${uuid}`), {
        properties: {DomainName: `${env}.example.com`, KeyAlgorithm: 'EC_prime256v1'},
      }),
  },
  'servicediscovery:service': {
    by: 'place',
    make: env => {
      put('AWS::ServiceDiscovery::HttpNamespace', `ns-http-${env}`, {properties: {Name: 'of-a-student'}})
      return put('AWS::ServiceDiscovery::Service', `srv-${env}`, {
        attributes: {Name: 'registry'},
        data: {namespaceId: `ns-http-${env}`},
      })
    },
  },
  'servicediscovery:namespace': {
    by: 'name',
    make: env =>
      put('AWS::ServiceDiscovery::PrivateDnsNamespace', `ns-${env}`, {properties: {Name: `${env}.local`}}),
  },
  'route53:hostedzone': {
    by: 'name',
    make: env =>
      put('AWS::Route53::HostedZone', `Z${env.toUpperCase()}`, {properties: {Name: `${env}.local.`}}),
  },
  'rds:db-proxy': {by: 'name', make: env => put('AWS::RDS::DBProxy', `${env}-keycloak-proxy`)},
  'rds:db': {
    by: 'name',
    make: env => put('AWS::RDS::DBInstance', `${env}-datastack-1ab2-databasewriter-1a2b`),
  },
  'rds:cluster': {
    by: 'name',
    make: env => put('AWS::RDS::DBCluster', `${env}-data-databasecluster-1a2b3c`),
  },
  'rds:cluster-pg': {
    by: 'name',
    make: env => put('AWS::RDS::DBClusterParameterGroup', `${env}-data-databaseclusterparametergroup-1a2b`),
  },
  'rds:subgrp': {
    by: 'name',
    make: env => put('AWS::RDS::DBSubnetGroup', `${env}-data-databasesubnetgroup-1a2b`),
  },
  'rds:cluster-snapshot': {
    by: 'place',
    make: env =>
      put('AWS::RDS::DBClusterSnapshot', `by-hand-of-${env}`, {
        properties: {DBClusterIdentifier: `db-of-${env}`},
      }),
  },
  'rds:cluster-auto-backup': {
    by: 'place',
    make: env => {
      put('mcpgw::RetainedBackup', `db-of-${env}`, {attributes: {DBClusterResourceId: `cluster-${env}`}})
      return `cluster-${env}`
    },
  },
  'elasticfilesystem:access-point': {
    by: 'tag',
    make: env => put('AWS::EFS::AccessPoint', `fsap-${env}`, {tags: {[environmentTag]: env}}),
  },
  'elasticfilesystem:file-system': {
    by: 'tag',
    make: env => put('AWS::EFS::FileSystem', `fs-${env}`, {tags: {[environmentTag]: env}}),
  },
  's3:bucket': {
    by: 'name',
    make: env => {
      const name = `mcpgw-${env}-${world.account.id}-us-west-2`
      const about = {region, tags: {}, createdAt: world.now, objects: {}}
      world.account.buckets[name] = {name, ...about} as unknown as (typeof world.account.buckets)[string]
      return name
    },
  },
  'secretsmanager:secret': {
    by: 'name',
    make: env =>
      put('AWS::SecretsManager::Secret', arnOf('secretsmanager', `secret:${env}-students-AbCdEf`), {
        data: {name: `${env}-students`, versions: {}},
      }),
  },
  'ssm:parameter': {
    by: 'name',
    make: env =>
      maker.make('AWS::SSM::Parameter', {Name: `/${env}/keycloak/admin`, Type: 'String', Value: 'x'})
        .physicalId,
  },
  'logs:log-group': {
    by: 'name',
    make: env => put('AWS::Logs::LogGroup', `/aws/codebuild/${env}-container-build`),
  },
  'kms:alias': {
    by: 'name',
    make: env => put('AWS::KMS::Alias', `alias/${env}-rds`, {properties: {TargetKeyId: uuid}}),
  },
  'kms:key': {
    by: 'stack',
    make: env => {
      const id = env === 'class' ? uuid : uuid.replace(/^0/, '1')
      return put('AWS::KMS::Key', id, {attributes: {Arn: arnOf('kms', `key/${id}`), KeyId: id}})
    },
  },
  'iam:role': {
    by: 'tag',
    make: env => put('AWS::IAM::Role', `${env}-notes`, {tags: {[environmentTag]: env}}),
  },
  'iam:policy': {
    by: 'stack',
    make: env =>
      put('AWS::IAM::ManagedPolicy', `arn:aws:iam::1:policy/${env}-ComputeStack-1AB2C3-ExecPolicy-1A2B3C`),
  },
  'ec2:vpc-endpoint': {
    by: 'place',
    make: env =>
      put('AWS::EC2::VPCEndpoint', `vpce-${env}`, {properties: {VpcId: `vpc-of-${env}`, ServiceName: 's3'}}),
  },
  'ec2:natgateway': {
    by: 'stack',
    make: env => put('AWS::EC2::NatGateway', `nat-${env}`, {properties: {SubnetId: 'subnet-x'}, data: {}}),
  },
  'ec2:elastic-ip': {
    by: 'stack',
    make: env =>
      put('AWS::EC2::EIP', env === 'class' ? '192.0.2.1' : '192.0.2.2', {
        attributes: {AllocationId: `eipalloc-${env}`},
      }),
  },
  'ec2:network-interface': {
    by: 'place',
    make: env =>
      put('AWS::EC2::NetworkInterface', `eni-${env}`, {
        properties: {SubnetId: `subnet-${env}`, GroupSet: [`sg-${env}`]},
      }),
  },
  'ec2:security-group': {
    by: 'tag',
    make: env =>
      put('AWS::EC2::SecurityGroup', `sg-${env}`, {
        properties: {GroupName: 'a'},
        attributes: {GroupId: `sg-${env}`},
        tags: {[environmentTag]: env},
      }),
  },
  'ec2:route-table': {
    by: 'tag',
    make: env =>
      put('AWS::EC2::RouteTable', `rtb-${env}`, {
        properties: {VpcId: 'vpc-x'},
        tags: {[environmentTag]: env},
      }),
  },
  'ec2:subnet': {
    by: 'place',
    make: env =>
      put('AWS::EC2::Subnet', `subnet-${env}`, {
        properties: {VpcId: `vpc-of-${env}`, CidrBlock: '10.0.0.0/24'},
        attributes: {AvailabilityZone: 'us-west-2a', VpcId: `vpc-of-${env}`},
      }),
  },
  'ec2:internet-gateway': {
    by: 'tag',
    make: env => put('AWS::EC2::InternetGateway', `igw-${env}`, {tags: {[environmentTag]: env}}),
  },
  'ec2:vpc': {
    by: 'stack',
    make: env => put('AWS::EC2::VPC', `vpc-of-${env}`, {properties: {CidrBlock: '10.0.0.0/16'}}),
  },
}

/** What the stack of `class` had, as CloudFormation tells of it after its deletion. */
function lineage(ids: readonly (readonly [type: string, id: string])[]): Lineage {
  const stack = {
    id: 'arn:aws:cloudformation:us-west-2:1:stack/class/1',
    name: 'class',
    status: 'DELETE_COMPLETE',
  }
  const resources = ids.map(([type, physicalId]) => ({
    ...{logicalId: '', type, physicalId, status: 'DELETE_COMPLETE', stack},
  }))
  return {stacks: [stack], resources, leftOnPurpose: new Set()}
}

const made = new Map<string, string>()

beforeAll(async () => {
  wire = await served(handlerTables(world))
  const {accessKeyId, secretAccessKey} = wire.client.credentials
  aws = await connect({endpoint: wire.client.endpoint, region, credentials: {accessKeyId, secretAccessKey}})
  for (const [kind, {make}] of Object.entries(things).reverse()) {
    made.set(kind, make('class'))
    make('class-7')
  }
})
afterAll(() => wire.close())

describe('the proof finds what is left', () => {
  test('of every kind that it looks for', () => {
    expect(Object.keys(things)).toEqual(provedKinds.map(({kind}) => kind))
  })

  test.each(Object.entries(things))('%s', async (kind, {by}) => {
    const row = provedKinds.filter(each => each.kind === kind)
    const type = row[0]?.type ?? ''
    const had = lineage([
      ...(by === 'stack' ? [[type, made.get(kind) ?? ''] as const] : []),
      ...(by === 'place'
        ? ([
            ['AWS::EC2::VPC', 'vpc-of-class'],
            ['AWS::RDS::DBCluster', 'db-of-class'],
            ['AWS::ServiceDiscovery::HttpNamespace', 'ns-http-class'],
          ] as const)
        : []),
    ])
    const context = {
      aws,
      environment: 'class',
      identity: {account: world.account.id, arn: '', partition: 'aws'},
    }
    const unread: unknown[] = []
    const [looked] = await lookAt(context, row, {lineage: had, tagged: []}, entry => unread.push(entry))
    expect(unread).toEqual([])
    expect(looked?.found.map(({existing, ground}) => [existing.id, ground.by])).toEqual([
      [made.get(kind), by],
    ])
  })
})
