import {createHash} from 'node:crypto'
import fc from 'fast-check'
import {beforeEach, describe, expect, it} from 'vitest'
import type {World} from '../../../../src/rehearsal/account/world.js'
import {isBucketName} from '../../../../src/rehearsal/services/s3/buckets.js'
import {s3Operations} from '../../../../src/rehearsal/services/s3/operations.js'
import {callIn} from '../../helpers/call.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
const oregon = {CreateBucketConfiguration: {LocationConstraint: 'us-west-2' as const}}
let world: World
let s3: ReturnType<typeof s3Operations>

beforeEach(() => {
  world = testWorld().world
  s3 = s3Operations(world)
})

const bytes = (text: string) => new TextEncoder().encode(text)

function bucketWith(...keys: string[]): void {
  s3.CreateBucket({Bucket: 'demo', ...oregon}, here)
  for (const Key of keys) s3.PutObject({Bucket: 'demo', Key, Body: bytes(Key)}, here)
}

/** The code, status and members of what a call throws. */
function refusal(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('It was not refused.')
}

describe('making a bucket', () => {
  it.each([
    ['us-west-2', undefined, 'IllegalLocationConstraintException'],
    ['us-west-2', 'eu-west-1', 'IllegalLocationConstraintException'],
    ['us-east-1', 'us-east-1', 'InvalidLocationConstraint'],
    ['us-west-2', 'nowhere', 'InvalidLocationConstraint'],
  ])('in %s with the constraint %s is refused as %s', (region, constraint, code) => {
    const input = {
      Bucket: 'demo',
      ...(constraint && {CreateBucketConfiguration: {LocationConstraint: constraint as 'us-west-2'}}),
    }
    expect(refusal(() => s3.CreateBucket(input, callIn(region)))).toMatchObject({code, status: 400})
  })

  it('works in us-east-1 without a constraint, and again', () => {
    s3.CreateBucket({Bucket: 'demo'}, callIn('us-east-1'))
    expect(() => s3.CreateBucket({Bucket: 'demo'}, callIn('us-east-1'))).not.toThrow()
    expect(s3.GetBucketLocation({Bucket: 'demo'})).toEqual({
      LocationConstraint: undefined,
    })
  })

  it('is refused under a name that exists, in whatever region', () => {
    bucketWith()
    const again = () => s3.CreateBucket({Bucket: 'demo', ...oregon}, here)
    expect(refusal(again)).toMatchObject({code: 'BucketAlreadyOwnedByYou', status: 409})
    expect(refusal(() => s3.CreateBucket({Bucket: 'demo'}, callIn('us-east-1')))).toMatchObject({status: 409})
  })

  it.each(['ab', 'Upper', 'dots..dots', '192.168.0.1', 'xn--name', 'name-s3alias', '-name', 'a'.repeat(64)])(
    'is refused under the name %s',
    name => {
      expect(isBucketName(name)).toBe(false)
      expect(refusal(() => s3.CreateBucket({Bucket: name, ...oregon}, here))).toMatchObject({
        code: 'InvalidBucketName',
      })
    },
  )

  it('blocks public access and encrypts from the start', () => {
    bucketWith()
    expect(s3.GetPublicAccessBlock({Bucket: 'demo'}, here)).toMatchObject({
      PublicAccessBlockConfiguration: {BlockPublicPolicy: true, RestrictPublicBuckets: true},
    })
    expect(s3.GetBucketEncryption({Bucket: 'demo'}, here)).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}}],
      },
    })
  })
})

describe('a bucket', () => {
  it('asked for in another region answers where it is', () => {
    bucketWith()
    expect(refusal(() => s3.HeadBucket({Bucket: 'demo'}, callIn('eu-west-1')))).toMatchObject({
      code: 'PermanentRedirect',
      status: 301,
      headers: {'x-amz-bucket-region': 'us-west-2'},
    })
    expect(s3.GetBucketLocation({Bucket: 'demo'})).toEqual({
      LocationConstraint: 'us-west-2',
    })
  })

  it('that does not exist is told from an object that does not', () => {
    bucketWith()
    expect(refusal(() => s3.GetObject({Bucket: 'absent', Key: 'x'}, here))).toMatchObject({
      code: 'NoSuchBucket',
      status: 404,
    })
    expect(refusal(() => s3.GetObject({Bucket: 'demo', Key: 'x'}, here))).toMatchObject({
      code: 'NoSuchKey',
      status: 404,
    })
  })

  it('goes only when it is empty', () => {
    bucketWith('key')
    const remove = () => s3.DeleteBucket({Bucket: 'demo'}, here)
    expect(refusal(remove)).toMatchObject({code: 'BucketNotEmpty', status: 409})
    s3.DeleteObject({Bucket: 'demo', Key: 'key'}, here)
    remove()
    expect(s3.ListBuckets({}).Buckets).toEqual([])
  })

  it('is listed, page by page', () => {
    for (const Bucket of ['ccc', 'aaa', 'bbb']) s3.CreateBucket({Bucket, ...oregon}, here)
    const first = s3.ListBuckets({MaxBuckets: 2})
    expect(first.Buckets?.map(({Name}) => Name)).toEqual(['aaa', 'bbb'])
    const second = s3.ListBuckets({MaxBuckets: 2, ContinuationToken: first.ContinuationToken})
    expect(second.Buckets?.map(({Name}) => Name)).toEqual(['ccc'])
    expect(second.ContinuationToken).toBeUndefined()
  })
})

describe('settings of a bucket', () => {
  beforeEach(() => bucketWith())

  it.each([
    ['GetBucketPolicy', 'NoSuchBucketPolicy'],
    ['GetBucketTagging', 'NoSuchTagSet'],
  ] as const)('%s without one is refused as %s', (operation, code) => {
    expect(refusal(() => s3[operation]({Bucket: 'demo'}, here))).toMatchObject({code, status: 404})
  })

  it('come back as they were put', () => {
    const Policy = '{"Statement":[{"Effect":"Deny","Principal":"*"}]}'
    s3.PutBucketPolicy({Bucket: 'demo', Policy}, here)
    expect(s3.GetBucketPolicy({Bucket: 'demo'}, here)).toEqual({Policy})
    s3.PutBucketTagging({Bucket: 'demo', Tagging: {TagSet: [{Key: 'a', Value: 'b'}]}}, here)
    expect(s3.GetBucketTagging({Bucket: 'demo'}, here)).toEqual({TagSet: [{Key: 'a', Value: 'b'}]})
    s3.DeletePublicAccessBlock({Bucket: 'demo'}, here)
    expect(refusal(() => s3.GetPublicAccessBlock({Bucket: 'demo'}, here))).toMatchObject({
      code: 'NoSuchPublicAccessBlockConfiguration',
    })
  })

  it('refuse a public policy while public access is blocked', () => {
    const Policy = '{"Statement":[{"Effect":"Allow","Principal":"*"}]}'
    expect(refusal(() => s3.PutBucketPolicy({Bucket: 'demo', Policy}, here))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
    })
    expect(refusal(() => s3.PutBucketPolicy({Bucket: 'demo', Policy: 'x'}, here))).toMatchObject({
      code: 'MalformedPolicy',
    })
  })

  it('say nothing of versions until somebody asks for them', () => {
    expect(s3.GetBucketVersioning({Bucket: 'demo'}, here)).toEqual({})
    const VersioningConfiguration = {Status: 'Sometimes' as 'Enabled'}
    expect(
      refusal(() => s3.PutBucketVersioning({Bucket: 'demo', VersioningConfiguration}, here)),
    ).toMatchObject({
      code: 'IllegalVersioningConfigurationException',
    })
  })
})

describe('an object', () => {
  it('comes back byte for byte, with its type, metadata and MD5', () => {
    bucketWith()
    const Body = new Uint8Array([0, 255, 10, 13])
    const etag = `"${createHash('md5').update(Body).digest('hex')}"`
    const put = s3.PutObject(
      {Bucket: 'demo', Key: 'a/b', Body, ContentType: 'text/yaml', Metadata: {from: 'test'}},
      here,
    )
    expect(put.ETag).toBe(etag)
    const got = s3.GetObject({Bucket: 'demo', Key: 'a/b'}, here)
    expect(got).toMatchObject({
      ContentLength: 4,
      ContentType: 'text/yaml',
      Metadata: {from: 'test'},
      ETag: etag,
    })
    expect(new Uint8Array(got.Body)).toEqual(Body)
  })

  it.each([
    ['bytes=0-1', 'bytes 0-1/10', '01'],
    ['bytes=8-', 'bytes 8-9/10', '89'],
    ['bytes=-3', 'bytes 7-9/10', '789'],
    ['bytes=5-99', 'bytes 5-9/10', '56789'],
    ['lines=1-2', undefined, '0123456789'],
  ])('gives the part %s', (Range, contentRange, text) => {
    bucketWith()
    s3.PutObject({Bucket: 'demo', Key: 'k', Body: bytes('0123456789')}, here)
    const got = s3.GetObject({Bucket: 'demo', Key: 'k', Range}, here)
    expect('ContentRange' in got ? got.ContentRange : undefined).toBe(contentRange)
    expect(Buffer.from(got.Body).toString()).toBe(text)
    expect(got.ContentLength).toBe(text.length)
  })

  it('has nothing behind its end', () => {
    bucketWith('k')
    expect(refusal(() => s3.GetObject({Bucket: 'demo', Key: 'k', Range: 'bytes=5-'}, here))).toMatchObject({
      code: 'InvalidRange',
      status: 416,
    })
  })

  it('keeps to conditions', () => {
    bucketWith('k')
    const {ETag} = s3.HeadObject({Bucket: 'demo', Key: 'k'}, here)
    expect(refusal(() => s3.PutObject({Bucket: 'demo', Key: 'k', IfNoneMatch: '*'}, here))).toMatchObject({
      status: 412,
    })
    expect(refusal(() => s3.GetObject({Bucket: 'demo', Key: 'k', IfNoneMatch: ETag}, here))).toMatchObject({
      status: 304,
    })
    expect(refusal(() => s3.GetObject({Bucket: 'demo', Key: 'k', IfMatch: '"x"'}, here))).toMatchObject({
      status: 412,
    })
  })

  it('can be copied, with its metadata or without', () => {
    bucketWith()
    s3.PutObject({Bucket: 'demo', Key: 'a b', Body: bytes('x'), Metadata: {one: '1'}}, here)
    s3.CopyObject({Bucket: 'demo', Key: 'copy', CopySource: '/demo/a%20b'}, here)
    expect(s3.HeadObject({Bucket: 'demo', Key: 'copy'}, here)).toMatchObject({Metadata: {one: '1'}})
    s3.CopyObject({Bucket: 'demo', Key: 'copy', CopySource: 'demo/a%20b', MetadataDirective: 'REPLACE'}, here)
    expect(s3.HeadObject({Bucket: 'demo', Key: 'copy'}, here).Metadata).toBeUndefined()
  })

  it('can be deleted twice, and many at once', () => {
    bucketWith('a', 'b', 'c')
    s3.DeleteObject({Bucket: 'demo', Key: 'a'}, here)
    expect(() => s3.DeleteObject({Bucket: 'demo', Key: 'a'}, here)).not.toThrow()
    const result = s3.DeleteObjects(
      {
        Bucket: 'demo',
        Delete: {
          Objects: [
            {Key: 'b', VersionId: 'null'},
            {Key: 'c', VersionId: 'x'},
          ],
        },
      },
      here,
    )
    expect(result.Deleted).toEqual([{Key: 'b', VersionId: 'null'}])
    expect(result.Errors).toMatchObject([{Key: 'c', Code: 'NoSuchVersion'}])
  })
})

describe('a list', () => {
  it('groups by delimiter, in the order of bytes', () => {
    bucketWith('a/1', 'a/2', 'B', 'ä', 'z')
    const list = s3.ListObjectsV2({Bucket: 'demo', Delimiter: '/'}, here)
    expect(list.Contents.map(({Key}) => Key)).toEqual(['B', 'z', 'ä'])
    expect(list.CommonPrefixes).toEqual([{Prefix: 'a/'}])
    expect(list.KeyCount).toBe(4)
  })

  it('encodes keys for clients that ask for it', () => {
    bucketWith('a b/ä')
    const list = s3.ListObjectsV2({Bucket: 'demo', EncodingType: 'url'}, here)
    expect(list).toMatchObject({EncodingType: 'url', Contents: [{Key: 'a+b/%C3%A4'}]})
  })

  it('shows the one version that every object has', () => {
    bucketWith('k')
    expect(s3.ListObjectVersions({Bucket: 'demo'}, here).Versions).toMatchObject([
      {Key: 'k', VersionId: 'null', IsLatest: true},
    ])
  })

  it('of any keys, page size and delimiter gives each entry once', () => {
    const key = fc.stringMatching(/^[ab/]{1,6}$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(key, {maxLength: 15}),
        fc.integer({min: 1, max: 4}),
        fc.constantFrom('', '/'),
        (keys, MaxKeys, Delimiter) => {
          world = testWorld().world
          s3 = s3Operations(world)
          bucketWith(...keys)
          const whole = s3.ListObjectsV2({Bucket: 'demo', Delimiter}, here)
          const seen: unknown[] = []
          let ContinuationToken: string | undefined
          do {
            const page = s3.ListObjectsV2({Bucket: 'demo', MaxKeys, Delimiter, ContinuationToken}, here)
            expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys)
            seen.push(...page.Contents.map(({Key}) => Key), ...page.CommonPrefixes.map(({Prefix}) => Prefix))
            ContinuationToken = page.NextContinuationToken
          } while (ContinuationToken !== undefined)
          expect(seen.length).toBe(whole.KeyCount)
          expect(new Set(seen)).toEqual(
            new Set([
              ...whole.Contents.map(({Key}) => Key),
              ...whole.CommonPrefixes.map(({Prefix}) => Prefix),
            ]),
          )
        },
      ),
    )
  })
})

describe('an upload in parts', () => {
  const mebibytes = (count: number) => new Uint8Array(count * 1024 * 1024)
  let UploadId: string

  beforeEach(() => {
    bucketWith()
    UploadId = s3.CreateMultipartUpload(
      {Bucket: 'demo', Key: 'big', ContentType: 'text/plain'},
      here,
    ).UploadId
  })

  const part = (PartNumber: number, Body: Uint8Array) => ({
    PartNumber,
    ETag: s3.UploadPart({Bucket: 'demo', Key: 'big', UploadId, PartNumber, Body}, here).ETag,
  })
  const complete = (Parts: {PartNumber: number; ETag: string}[]) =>
    s3.CompleteMultipartUpload({Bucket: 'demo', Key: 'big', UploadId, MultipartUpload: {Parts}}, here)

  it('becomes one object, whose ETag tells the number of parts', () => {
    const done = complete([part(1, mebibytes(5)), part(2, bytes('end'))])
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/)
    expect(s3.HeadObject({Bucket: 'demo', Key: 'big'}, here)).toMatchObject({
      ContentLength: 5 * 1024 * 1024 + 3,
      ContentType: 'text/plain',
    })
    expect(s3.ListMultipartUploads({Bucket: 'demo'}, here).Uploads).toEqual([])
  })

  it('refuses small, unknown and unordered parts', () => {
    const small = [part(1, bytes('a')), part(2, bytes('b'))]
    expect(refusal(() => complete(small))).toMatchObject({code: 'EntityTooSmall'})
    expect(refusal(() => complete([{PartNumber: 3, ETag: '"x"'}]))).toMatchObject({code: 'InvalidPart'})
    expect(refusal(() => complete(small.toReversed()))).toMatchObject({code: 'InvalidPartOrder'})
  })

  it('is gone after it was given up', () => {
    s3.AbortMultipartUpload({Bucket: 'demo', Key: 'big', UploadId}, here)
    expect(refusal(() => part(1, bytes('a')))).toMatchObject({code: 'NoSuchUpload', status: 404})
  })
})
