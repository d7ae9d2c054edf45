import {beforeEach, expect, it} from 'vitest'
import {s3Operations} from '../../../../src/rehearsal/services/s3/operations.js'
import {taggingOperations} from '../../../../src/rehearsal/services/tagging/operations.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
const tags = {'mcpgw:environment': 'demo'}
let maker: Maker
let tagging: ReturnType<typeof taggingOperations>

beforeEach(() => {
  maker = new Maker(testWorld().world)
  tagging = taggingOperations(maker.world)
})

function arns(input: Parameters<typeof tagging.GetResources>[0] = {}, region = 'us-west-2'): string[] {
  return tagging
    .GetResources(input, callIn(region))
    .ResourceTagMappingList.map(({ResourceARN}) => ResourceARN)
}

it('everything with a tag is found by it, whatever made it', () => {
  const vpc = maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'}, {tags})
  maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'}, {tags: {'mcpgw:environment': 'other'}})
  const s3 = s3Operations(maker.world)
  s3.CreateBucket({Bucket: 'bucket', CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}, here)
  const TagSet = [{Key: 'mcpgw:environment', Value: 'demo'}]
  s3.PutBucketTagging({Bucket: 'bucket', Tagging: {TagSet}}, here)
  const TagFilters = [{Key: 'mcpgw:environment', Values: ['demo']}]
  expect(arns({TagFilters})).toEqual([
    `arn:aws:ec2:us-west-2:${maker.world.account.id}:vpc/${vpc.physicalId}`,
    'arn:aws:s3:::bucket',
  ])
  expect(arns({TagFilters}, 'eu-west-1')).toEqual([])
  expect(arns({TagFilters: [{Key: 'mcpgw:environment'}]})).toHaveLength(3)
  expect(arns({TagFilters: [...TagFilters, {Key: 'absent'}]})).toEqual([])
})

it('a bucket of a stack is listed once', () => {
  maker.make('AWS::S3::Bucket', {BucketName: 'bucket'}, {tags})
  expect(arns()).toEqual(['arn:aws:s3:::bucket'])
})

it('what cannot be tagged is not listed, although stacks hand their tags to everything', () => {
  const key = maker.make('AWS::KMS::Key', {}, {tags})
  maker.make('AWS::KMS::Alias', {AliasName: 'alias/demo', TargetKeyId: key.physicalId}, {tags})
  expect(arns()).toEqual([key.attributes.Arn])
})

it('global services show in us-east-1, and roles nowhere', () => {
  maker.make('AWS::IAM::Role', {RoleName: 'demo'}, {tags})
  const zone = maker.make('AWS::Route53::HostedZone', {Name: 'example.com'}, {tags})
  expect(arns()).toEqual([])
  expect(arns({}, 'us-east-1')).toEqual([`arn:aws:route53:::hostedzone/${zone.physicalId}`])
})

it('a deleted key is listed until its window is over', () => {
  maker.remove(maker.make('AWS::KMS::Key', {}, {tags}))
  expect(arns()).toHaveLength(1)
})

it('types filter by service and resource type', () => {
  maker.make('AWS::EC2::EIP', {}, {tags})
  maker.make('AWS::SSM::Parameter', {Name: '/a', Type: 'String', Value: 'x'}, {tags})
  expect(arns({ResourceTypeFilters: ['ssm']})).toHaveLength(1)
  expect(arns({ResourceTypeFilters: ['ec2:elastic-ip']})).toHaveLength(1)
  expect(arns({ResourceTypeFilters: ['ec2:vpc']})).toHaveLength(0)
})

it('pages hold every resource once', () => {
  const names = Array.from({length: 7}, (_, index) => `/demo/${index}`)
  for (const Name of names) maker.make('AWS::SSM::Parameter', {Name, Type: 'String', Value: 'x'}, {tags})
  const seen: string[] = []
  let PaginationToken = ''
  do {
    const page = tagging.GetResources({ResourcesPerPage: 3, PaginationToken}, here)
    seen.push(...page.ResourceTagMappingList.map(({ResourceARN}) => ResourceARN))
    PaginationToken = page.PaginationToken
  } while (PaginationToken !== '')
  expect(new Set(seen).size).toBe(7)
  expect(seen).toHaveLength(7)
})

it('keys and values of tags are listed', () => {
  maker.make('AWS::EC2::EIP', {}, {tags: {a: '1', b: '2'}})
  maker.make('AWS::EC2::EIP', {}, {tags: {a: '3'}})
  expect(tagging.GetTagKeys({}, here).TagKeys).toEqual(['a', 'b'])
  expect(tagging.GetTagValues({Key: 'a'}, here).TagValues).toEqual(['1', '3'])
})
