import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {deletableKinds} from '../../../src/aws/deleting-command.js'
import {childStacks} from '../../../src/environment/stacks.js'
import {provedKinds} from '../../../src/steps/prove/kinds.js'

const folder = new URL('../../../cloudformation/', import.meta.url)
const account = '123456789012'
const place = (environment: string) => ({environment, account, region: 'us-west-2'})

/** What cannot be without something that is looked for, or is nothing that AWS has by itself. */
const goesWith: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::CloudFormation::Stack': 'the stack that it is in',
  'AWS::EC2::Route': 'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroupEgress': 'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress': 'AWS::EC2::SecurityGroup',
  'AWS::EC2::SubnetRouteTableAssociation': 'AWS::EC2::Subnet',
  'AWS::EC2::VPCGatewayAttachment': 'AWS::EC2::VPC',
  'AWS::ECS::ClusterCapacityProviderAssociations': 'AWS::ECS::Cluster',
  'AWS::EFS::MountTarget': 'AWS::EFS::FileSystem',
  'AWS::ElasticLoadBalancingV2::Listener': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::IAM::RolePolicy': 'AWS::IAM::Role',
  'AWS::Lambda::Permission': 'AWS::Lambda::Function',
  'AWS::RDS::DBProxyTargetGroup': 'AWS::RDS::DBProxy',
  'AWS::SNS::Subscription': 'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy': 'AWS::SNS::Topic',
  'Custom::ContainerImages': 'nothing: what it does is in AWS::CodeBuild::Project',
}

/** The tagging API lists these; what they cost is nothing, and no name of theirs is the environment's own. */
const byTagAlone = ['AWS::Route53::RecordSet']

interface Declared {
  readonly logicalId: string
  readonly type: string
  readonly key: string
  /** The name that the template gives, with its variables. */
  readonly name: string | undefined
}

/** Names of these kinds are tags or descriptions, or CloudFormation knows the thing by an id. */
const nameless =
  /^AWS::(EC2|EFS|IAM|KMS::Key|CertificateManager|CloudFront::Distribution|ApplicationAutoScaling)/

const nameMembers =
  /^ {6}(?:ClusterName|RepositoryName|LogGroupName|FunctionName|DBProxyName|AliasName|AlarmName|ServiceName|Family|Name): !Sub '?(\S+?)'?$/m

const declared: readonly Declared[] = readdirSync(folder)
  .filter(file => file.endsWith('-stack.yaml'))
  .flatMap(file => {
    const text = readFileSync(new URL(file, folder), 'utf8').split(/^Resources:$/m)[1] ?? ''
    return text.split(/^(?= {2}\w+:$)/m).flatMap(part => {
      const logicalId = /^ {2}(\w+):$/m.exec(part)?.[1]
      const type = /^ {4}Type: (\S+)$/m.exec(part)?.[1]
      if (logicalId === undefined || type === undefined) return []
      const list = /^ {6}Name: !Sub\n {8}- (\S+)$/m.exec(part)?.[1]?.replace(/\$\{Letter\}/, 'a')
      return [
        {logicalId, type, key: file.replace('-stack.yaml', ''), name: list ?? nameMembers.exec(part)?.[1]},
      ]
    })
  })

/** What a declared resource is called, in either layout. */
function namesOf({logicalId, type, key, name}: Declared, environment: string): string[] {
  const filled = name
    ?.replace(/\$\{EnvironmentName\}/g, environment)
    .replace(/\$\{AWS::Region\}/, 'us-west-2')
  if (type === 'AWS::ECS::TaskDefinition') return [`${filled}:3`]
  if (type === 'AWS::ECS::Service') {
    const cluster = logicalId.startsWith('Keycloak') ? 'keycloak' : 'ecs'
    return [`${environment}-${cluster}-cluster/${filled}`]
  }
  if (type === 'AWS::KMS::Alias') return [`${filled}`.replace('alias/', '')]
  if (type === 'AWS::SSM::Parameter') return [`${filled}`.replace(/^\//, '')]
  if (filled !== undefined) return [filled]
  const stack = childStacks.find(child => child.key === key)?.logicalId
  return [
    `${environment}-${stack}-1AB2C3D4E5F6G-${logicalId}-1A2B3C4D5E6F`,
    `${environment}-${key}-${logicalId}-1A2B3C4D5E6F`,
  ]
}

const rowOf = (type: string) => provedKinds.find(row => row.type === type)

describe('what is looked for', () => {
  test('is everything that the templates make, or goes with it', () => {
    expect(declared.length).toBeGreaterThan(150)
    const types = [...new Set(declared.map(({type}) => type))]
    const known = (type: string) =>
      rowOf(type) !== undefined || Object.hasOwn(goesWith, type) || byTagAlone.includes(type)
    expect(types.filter(type => !known(type))).toEqual([])
    const owners = Object.values(goesWith).filter(owner => owner.startsWith('AWS::'))
    expect(owners.filter(owner => rowOf(owner) === undefined)).toEqual([])
  })

  const named = declared.filter(({type}) => rowOf(type) !== undefined && !nameless.test(type))

  test('is known by the names that the templates give, in either layout', () => {
    expect(named.length).toBeGreaterThan(70)
    const missed = named.flatMap(each =>
      namesOf(each, 'class')
        .filter(name => !rowOf(each.type)?.named?.(place('class'))(name))
        .map(name => `${each.type} ${name}`),
    )
    expect(missed).toEqual([])
  })

  test.each(['class-7', 'class-data', 'class-registry', 'my-class', 'clas'])(
    'is never what environment %s has',
    other => {
      const taken = named.flatMap(each =>
        namesOf(each, other).filter(name => rowOf(each.type)?.named?.(place('class'))(name)),
      )
      expect(taken).toEqual([])
    },
  )

  test('is told with a command that deletes it', () => {
    expect(provedKinds.map(({kind}) => kind).filter(kind => !deletableKinds.includes(kind))).toEqual([])
  })
})
