import {expect, it} from 'vitest'
import {arnOf, zoneId} from '../../../src/rehearsal/resources/names.js'
import {Maker} from '../helpers/providers.js'
import {makeTemplate} from '../helpers/template-run.js'
import {testWorld} from '../helpers/world.js'

it.each([
  ['us-west-2a', 'usw2-az1'],
  ['ap-northeast-1c', 'apne1-az3'],
  ['eu-central-1b', 'euc1-az2'],
])('the zone %s has the id %s', (zone, id) => {
  expect(zoneId(zone)).toBe(id)
})

it('every resource of the network has an ARN, unless its type has none', () => {
  const maker = new Maker(testWorld().world)
  const {resources} = makeTemplate(maker, 'network-stack.yaml', {}, {})
  const account = maker.world.account.id
  for (const resource of Object.values(resources)) {
    const arn = arnOf(maker.world, maker.region, resource)
    if (/Route|Association|Attachment/.test(resource.type) && !resource.type.endsWith('RouteTable')) {
      expect(arn).toBeUndefined()
    } else expect(arn).toMatch(new RegExp(`^arn:aws:ec2:us-west-2:${account}:[a-z-]+/[a-z]+-[0-9a-f]{17}$`))
  }
})

it.each([
  ['AWS::Logs::LogGroup', {LogGroupName: '/ecs/demo'}, 'logs:us-west-2:ACCOUNT:log-group:/ecs/demo'],
  ['AWS::SSM::Parameter', {Name: '/demo/url', Type: 'String'}, 'ssm:us-west-2:ACCOUNT:parameter/demo/url'],
  ['AWS::RDS::DBCluster', {DBClusterIdentifier: 'demo'}, 'rds:us-west-2:ACCOUNT:cluster:demo'],
  ['AWS::IAM::Role', {RoleName: 'demo'}, 'iam::ACCOUNT:role/demo'],
  ['AWS::S3::Bucket', {BucketName: 'demo'}, 's3:::demo'],
])('the ARN of %s is the one that the service itself gives', (type, properties, expected) => {
  const maker = new Maker(testWorld().world)
  const resource = maker.make(type, properties)
  expect(arnOf(maker.world, maker.region, resource)).toBe(
    `arn:aws:${expected.replace('ACCOUNT', maker.world.account.id)}`,
  )
})

it('the ARNs of an alias and of last snapshots are those of KMS, RDS and EC2', () => {
  const {world} = testWorld()
  const region = world.region('us-west-2')
  const bare = {properties: {}, attributes: {}, tags: {}, createdAt: 0, data: {}}
  expect(arnOf(world, region, {...bare, type: 'AWS::KMS::Alias', physicalId: 'alias/demo'})).toBe(
    `arn:aws:kms:us-west-2:${world.account.id}:alias/demo`,
  )
  expect(arnOf(world, region, {...bare, type: 'AWS::RDS::DBClusterSnapshot', physicalId: 'last'})).toBe(
    `arn:aws:rds:us-west-2:${world.account.id}:cluster-snapshot:last`,
  )
  expect(arnOf(world, region, {...bare, type: 'AWS::RDS::DBSnapshot', physicalId: 'last'})).toBe(
    `arn:aws:rds:us-west-2:${world.account.id}:snapshot:last`,
  )
  expect(arnOf(world, region, {...bare, type: 'AWS::EC2::Snapshot', physicalId: 'snap-1'})).toBe(
    `arn:aws:ec2:us-west-2:${world.account.id}:snapshot/snap-1`,
  )
})
