import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {createResolver, parseTemplate, resolveParameters, type Template} from '../../src/template/index.js'

const read = (name: string) =>
  readFileSync(new URL(`../../cloudformation/${name}-stack.yaml`, import.meta.url), 'utf8')
const compute = parseTemplate(read('compute'), 'compute-stack.yaml')

interface Statement {
  Sid: string
  Effect: string
  Action: string | string[]
  Resource: string | string[]
  Condition?: unknown
}

/** A place in S3 as the parameters name it. */
interface Place {
  bucket: string
  prefix: string
}

const nowhere: Place = {bucket: '', prefix: ''}
const place: fc.Arbitrary<Place> = fc
  .record({
    bucket: fc.stringMatching(/^[a-z][a-z0-9-]{1,20}[a-z0-9]$/),
    prefix: fc.oneof(fc.constant(''), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9!_.'()/-]{0,20}\/$/)),
  })
  .filter(({bucket}) => !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(bucket))
const anywhere = fc.oneof(fc.constant(nowhere), place)
const partition = fc.constantFrom('aws', 'aws-cn', 'aws-us-gov')

/** Every statement about S3 or KMS that the compute stack gives to anybody, with its expressions evaluated. */
function bucketStatements(
  from: Place,
  to: Place,
  partition: string,
  template: Template = compute,
): Statement[] {
  const given = {
    ContainerImagesBucket: from.bucket,
    ContainerImagesPrefix: from.prefix,
    ContainerImagesExportBucket: to.bucket,
    ContainerImagesExportPrefix: to.prefix,
  }
  const resolver = createResolver({
    template,
    parameters: resolveParameters(template, given),
    pseudo: {
      'AWS::Partition': partition,
      'AWS::Region': 'us-west-2',
      'AWS::AccountId': '123456789012',
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    },
    lookups: {
      ref: logicalId => logicalId,
      getAtt: (logicalId, name) => `${logicalId}.${name}`,
      importValue: name => name,
    },
  })
  return resolver.activeResources().flatMap(logicalId => {
    if (!compute.resources[logicalId]?.type.startsWith('AWS::IAM::')) return []
    const {Policies = [], PolicyDocument} = resolver.properties(logicalId) as any
    const documents = [...Policies.map((policy: any) => policy.PolicyDocument), PolicyDocument].filter(
      Boolean,
    )
    return documents
      .flatMap(({Statement}) => Statement as Statement[])
      .filter(({Action}) => [Action].flat().some(action => /^(s3|kms):/.test(action)))
  })
}

function keyOf({bucket, prefix}: Place, partition: string) {
  const arn = `arn:${partition}:s3:::${bucket}`
  return {
    Resource: `arn:${partition}:kms:*:*:key/*`,
    Condition: {
      StringLike: {
        'kms:ViaService': partition === 'aws-cn' ? 's3.*.amazonaws.com.cn' : 's3.*.amazonaws.com',
        'kms:EncryptionContext:aws:s3:arn': [arn, `${arn}/${prefix}*`],
      },
    },
  }
}

/** What an import from `from` needs, and nothing else. */
function readsOf(from: Place, partition: string) {
  if (from.bucket === '') return []
  const arn = `arn:${partition}:s3:::${from.bucket}`
  return [
    {Sid: 'ReadTarballs', Action: 's3:GetObject', Resource: `${arn}/${from.prefix}*`},
    {
      Sid: 'ListTarballs',
      Action: 's3:ListBucket',
      Resource: arn,
      Condition: {StringLike: {'s3:prefix': `${from.prefix}*`}},
    },
    {Sid: 'DecryptTarballs', Action: 'kms:Decrypt', ...keyOf(from, partition)},
  ]
}

/** What an export to `to` needs, and nothing else. */
function writesOf(to: Place, partition: string) {
  if (to.bucket === '') return []
  const Resource = `arn:${partition}:s3:::${to.bucket}/${to.prefix}*`
  return [
    {Sid: 'WriteTarballs', Action: 's3:PutObject', Resource},
    {Sid: 'EncryptTarballs', Action: 'kms:GenerateDataKey', ...keyOf(to, partition)},
  ]
}

function holdsFor(template: Template): void {
  fc.assert(
    fc.property(anywhere, anywhere, partition, (from, to, where) => {
      const expected = [...readsOf(from, where), ...writesOf(to, where)].map(statement => ({
        Effect: 'Allow',
        ...statement,
      }))
      expect(bucketStatements(from, to, where, template)).toEqual(expected)
    }),
    {numRuns: 60},
  )
}

describe('what the compute stack allows in buckets', () => {
  test('is nothing without a bucket', () => {
    expect(bucketStatements(nowhere, nowhere, 'aws')).toEqual([])
  })

  test('is to read below one prefix and to write below another, each only when its bucket is given', () => {
    holdsFor(compute)
  })

  test.each([
    [
      'the whole bucket',
      /ContainerImagesBucket\}\/\$\{ContainerImagesPrefix\}\*/g,
      'ContainerImagesBucket}/*',
    ],
    ['a listing of everything', /s3:prefix: !Sub \S+/g, "s3:prefix: '*'"],
    ['writing whenever images are imported', /- ExportsImages/g, '- ImportsImages'],
    ['more than writing', /Action: s3:PutObject/g, "Action: 's3:*'"],
    ['every key', /kms:EncryptionContext:aws:s3:arn/g, 'kms:EncryptionContext:other'],
    ['one partition', /arn:\S+(?=:s3:::\$\{ContainerImagesExportBucket\}\/)/g, 'arn:aws'],
  ])('is found to be wrong when it is %s', (_, right, wrong) => {
    const text = read('compute')
    expect(text).toMatch(right)
    expect(() => holdsFor(parseTemplate(text.replaceAll(right, wrong), 'changed.yaml'))).toThrow(
      /Property failed/,
    )
  })
})

describe('the main stack', () => {
  test('hands the four parameters on as they are, and has the same constraints for them', () => {
    const main = parseTemplate(read('main'), 'main-stack.yaml')
    const handed = main.resources.ComputeStack?.properties as any
    const names = ['Bucket', 'Prefix', 'ExportBucket', 'ExportPrefix'].map(end => `ContainerImages${end}`)
    for (const name of names) {
      expect(handed.Parameters[name]).toEqual({Ref: name})
      const {line: _, description: __, ...constraints} = main.parameters[name] as any
      expect(compute.parameters[name]).toMatchObject(constraints)
    }
  })

  test.each(['a*/', 'a?/', 'a', '/', 'a$/'])('takes no prefix that would widen a permission: %s', prefix => {
    const [pattern] = /(?<=AllowedPattern: )\^\$\|\^\[A-Za-z0-9\]\S+\/\$/.exec(read('compute')) ?? []
    expect(new RegExp(String(pattern)).test('mcp-gateway/v1.0.7/')).toBe(true)
    expect(new RegExp(String(pattern)).test(prefix)).toBe(false)
  })
})

test('an empty prefix, which S3 is sent as such, may be listed too', () => {
  const [, list] = bucketStatements({bucket: 'images', prefix: ''}, nowhere, 'aws')
  expect(list?.Condition).toEqual({StringLike: {'s3:prefix': '*'}})
})
