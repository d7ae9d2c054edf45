import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Bucket as StoredBucket} from '../../../../src/rehearsal/account/account.js'
import {emptyBucket} from '../../../../src/rehearsal/services/s3/buckets.js'
import {storedObject} from '../../../../src/rehearsal/services/s3/object-store.js'
import {s3Operations} from '../../../../src/rehearsal/services/s3/operations.js'
import {
  deleteKey,
  deleteVersion,
  idOf,
  isEmpty,
  putVersion,
  versionsOf,
} from '../../../../src/rehearsal/services/s3/versions.js'
import {type TestWorld, testWorld} from '../../helpers/world.js'
import {type Served, served} from '../served.js'

let fixture: TestWorld
let account: Served
let s3: S3Client
const Bucket = 'demo'

beforeEach(async () => {
  fixture = testWorld()
  account = await served({s3: s3Operations(fixture.world)})
  s3 = new S3Client(account.client)
  await s3.send(
    new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
  )
})

afterEach(async () => {
  s3.destroy()
  await account.close()
})

const version = (Status: 'Enabled' | 'Suspended') =>
  s3.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status}}))
const put = async (Key: string, Body = Key) =>
  (await s3.send(new PutObjectCommand({Bucket, Key, Body}))).VersionId ?? ''
const read = async (Key: string, VersionId?: string) =>
  (await s3.send(new GetObjectCommand({Bucket, Key, VersionId}))).Body?.transformToString()
const refusal = async (sent: Promise<unknown>) => {
  const error = (await sent.then(
    () => ({name: 'nothing'}),
    (error: unknown) => error,
  )) as {name: string; message: string; $metadata: {httpStatusCode?: number}}
  return {name: error.name, message: error.message, status: error.$metadata?.httpStatusCode}
}

describe('a bucket that keeps versions', () => {
  beforeEach(() => version('Enabled'))

  it('gives back every version by its id, and the newest without one', async () => {
    const [first, second] = [await put('k', 'one'), await put('k', 'two')]
    expect(first).toMatch(/^[\w.]{32}$/)
    expect([await read('k'), await read('k', first), await read('k', second)]).toEqual(['two', 'one', 'two'])
    const head = await s3.send(new HeadObjectCommand({Bucket, Key: 'k'}))
    expect(head.VersionId).toBe(second)
  })

  it('hides a deleted key behind a marker, whose end brings the key back', async () => {
    const kept = await put('k', 'one')
    const deleted = await s3.send(new DeleteObjectCommand({Bucket, Key: 'k'}))
    expect(deleted).toMatchObject({DeleteMarker: true, VersionId: expect.stringMatching(/^[\w.]{32}$/)})
    expect(await refusal(read('k'))).toMatchObject({name: 'NoSuchKey', status: 404})
    expect(await refusal(s3.send(new HeadObjectCommand({Bucket, Key: 'k'})))).toMatchObject({
      name: 'NotFound',
    })
    expect(await read('k', kept)).toBe('one')
    expect(await refusal(read('k', deleted.VersionId))).toMatchObject({name: 'MethodNotAllowed', status: 405})
    expect((await s3.send(new ListObjectsV2Command({Bucket}))).Contents ?? []).toEqual([])
    const VersionId = deleted.VersionId
    expect(await s3.send(new DeleteObjectCommand({Bucket, Key: 'k', VersionId}))).toMatchObject({
      DeleteMarker: true,
      VersionId,
    })
    expect(await read('k')).toBe('one')
  })

  it('goes only when every version and marker is gone', async () => {
    await put('k', 'one')
    await s3.send(new DeleteObjectCommand({Bucket, Key: 'k'}))
    const remove = () => s3.send(new DeleteBucketCommand({Bucket}))
    expect(await refusal(remove())).toEqual({
      name: 'BucketNotEmpty',
      message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
      status: 409,
    })
    const {Versions = [], DeleteMarkers = []} = await s3.send(new ListObjectVersionsCommand({Bucket}))
    expect([Versions, DeleteMarkers]).toMatchObject([
      [{Key: 'k', IsLatest: false, Size: 3}],
      [{Key: 'k', IsLatest: true}],
    ])
    const Objects = [...Versions, ...DeleteMarkers].map(({Key, VersionId}) => ({Key, VersionId}))
    const {Deleted} = await s3.send(new DeleteObjectsCommand({Bucket, Delete: {Objects}}))
    expect(Deleted).toMatchObject([{Key: 'k'}, {Key: 'k', DeleteMarker: true}])
    await remove()
  })

  it('says of versions that are not there whether they could be', async () => {
    await put('k')
    const strange = 'a'.repeat(32)
    expect(await refusal(read('k', strange))).toMatchObject({name: 'NoSuchVersion', status: 404})
    expect(await refusal(read('k', 'strange'))).toMatchObject({
      name: 'InvalidArgument',
      message: 'Invalid version id specified',
      status: 400,
    })
    await s3.send(new DeleteObjectCommand({Bucket, Key: 'k', VersionId: strange}))
    expect(await read('k')).toBe('k')
  })

  it('copies an old version, and says which one', async () => {
    const first = await put('k', 'one')
    await put('k', 'two')
    const copied = await s3.send(
      new CopyObjectCommand({Bucket, Key: 'copy', CopySource: `${Bucket}/k?versionId=${first}`}),
    )
    expect(copied).toMatchObject({CopySourceVersionId: first, VersionId: expect.any(String)})
    expect(await read('copy')).toBe('one')
  })

  it('keeps only one version without an id once it is suspended', async () => {
    const first = await put('k', 'one')
    await version('Suspended')
    expect(await put('k', 'two')).toBe('')
    expect(await put('k', 'three')).toBe('')
    const {Versions = []} = await s3.send(new ListObjectVersionsCommand({Bucket}))
    expect(Versions.map(({VersionId}) => VersionId)).toEqual(['null', first])
    const marker = await s3.send(new DeleteObjectCommand({Bucket, Key: 'k'}))
    expect(marker).toMatchObject({DeleteMarker: true, VersionId: 'null'})
    expect(await read('k', first)).toBe('one')
  })

  it('lists versions page by page, each once, newest first', async () => {
    for (const key of ['a/1', 'b', 'b', 'b', 'c']) await put(key)
    await s3.send(new DeleteObjectCommand({Bucket, Key: 'c'}))
    const seen: string[] = []
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = []
    do {
      const page: ListObjectVersionsCommandOutput = await s3.send(
        new ListObjectVersionsCommand({Bucket, MaxKeys: 2, Delimiter: '/', KeyMarker, VersionIdMarker}),
      )
      const entries = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
      seen.push(...(page.CommonPrefixes ?? []).map(({Prefix}) => Prefix ?? ''))
      seen.push(...entries.map(({Key, VersionId, IsLatest}) => `${Key} ${VersionId} ${IsLatest}`))
      ;[KeyMarker, VersionIdMarker] = [page.NextKeyMarker, page.NextVersionIdMarker]
    } while (KeyMarker !== undefined)
    expect(new Set(seen).size).toBe(6)
    expect(seen.filter(entry => entry.startsWith('b ')).map(entry => entry.split(' ')[2])).toEqual([
      'true',
      'false',
      'false',
    ])
    expect(seen).toContain('a/')
  })
})

it('whatever is put and deleted, the newest version is what is seen, and every id is there once', () => {
  type Step = ['put' | 'delete' | 'enable' | 'suspend', number]
  const step = fc.tuple(
    fc.constantFrom('put', 'delete', 'enable', 'suspend'),
    fc.nat(5),
  ) as fc.Arbitrary<Step>
  fc.assert(
    fc.property(fc.array(step, {maxLength: 14}), fc.infiniteStream(fc.nat(20)), (steps, picks) => {
      const {world} = testWorld()
      const bucket: StoredBucket = emptyBucket('b', 'us-west-2', 0)
      let model: string[] = []
      let keepsIds: boolean | undefined
      for (const [kind] of steps) {
        if (kind === 'enable' || kind === 'suspend') {
          keepsIds = kind === 'enable'
          bucket.configuration.versioning = {Status: keepsIds ? 'Enabled' : 'Suspended'}
          continue
        }
        if (kind === 'put') {
          const id = idOf(putVersion(world, bucket, 'k', storedObject(world, new Uint8Array())))
          expect(id === 'null').toBe(keepsIds !== true)
          model = [id, ...model.filter(other => other !== id)]
        } else {
          const marker = deleteKey(world, bucket, 'k')
          if (marker)
            model = [`-${idOf(marker)}`, ...model.filter(other => other.replace('-', '') !== idOf(marker))]
          else model = []
        }
        model = model.filter((id, index) => index === 0 || id.replace('-', '') !== model[0]?.replace('-', ''))
        const seen = versionsOf(bucket, 'k').map(each => (each.isDeleteMarker ? '-' : '') + idOf(each))
        expect(seen).toEqual(model)
        expect(bucket.objects.k !== undefined).toBe(model[0] !== undefined && !model[0].startsWith('-'))
      }
      while (model.length > 0) {
        const pick = Number(picks.next().value) % model.length
        deleteVersion(bucket, 'k', (model[pick] ?? '').replace('-', ''))
        model = model.filter((_id, index) => index !== pick)
        expect(bucket.objects.k !== undefined).toBe(model[0] !== undefined && !model[0].startsWith('-'))
      }
      expect(isEmpty(bucket)).toBe(true)
    }),
  )
})

describe('an upload in parts', () => {
  it("is listed with its parts, page by page, and is nobody else's", async () => {
    const {UploadId} = await s3.send(
      new CreateMultipartUploadCommand({
        Bucket,
        Key: 'big',
        Metadata: {from: 'test'},
        CacheControl: 'no-store',
      }),
    )
    await s3.send(new CreateMultipartUploadCommand({Bucket, Key: 'other/one'}))
    for (const PartNumber of [10, 2, 1]) {
      await s3.send(new UploadPartCommand({Bucket, Key: 'big', UploadId, PartNumber, Body: 'x'}))
    }
    const first = await s3.send(new ListPartsCommand({Bucket, Key: 'big', UploadId, MaxParts: 2}))
    expect(first).toMatchObject({IsTruncated: true, NextPartNumberMarker: '2'})
    expect(first.Parts?.map(({PartNumber}) => PartNumber)).toEqual([1, 2])
    const PartNumberMarker = first.NextPartNumberMarker
    const rest = await s3.send(new ListPartsCommand({Bucket, Key: 'big', UploadId, PartNumberMarker}))
    expect(rest.Parts).toMatchObject([{PartNumber: 10, Size: 1, LastModified: expect.any(Date)}])
    expect(rest.IsTruncated).toBe(false)
    const uploads = await s3.send(new ListMultipartUploadsCommand({Bucket, Delimiter: '/'}))
    expect(uploads).toMatchObject({
      Uploads: [{Key: 'big', UploadId, Initiated: expect.any(Date)}],
      CommonPrefixes: [{Prefix: 'other/'}],
    })
    const page = await s3.send(new ListMultipartUploadsCommand({Bucket, MaxUploads: 1}))
    expect(page).toMatchObject({IsTruncated: true, NextKeyMarker: 'big', NextUploadIdMarker: UploadId})
    const next = await s3.send(
      new ListMultipartUploadsCommand({Bucket, KeyMarker: 'big', UploadIdMarker: UploadId}),
    )
    expect(next.Uploads).toMatchObject([{Key: 'other/one'}])
    expect(await refusal(s3.send(new ListPartsCommand({Bucket, Key: 'wrong', UploadId})))).toMatchObject({
      name: 'NoSuchUpload',
      status: 404,
    })
  })
})

describe('from another region', () => {
  it('a bucket says where it is, and its location is known everywhere', async () => {
    const elsewhere = new S3Client({...account.client, region: 'eu-west-1'})
    const list = await refusal(elsewhere.send(new ListObjectsV2Command({Bucket})))
    expect(list).toMatchObject({name: 'PermanentRedirect', status: 301})
    const head = await elsewhere.send(new HeadBucketCommand({Bucket})).catch((error: unknown) => error)
    expect(head).toMatchObject({
      $metadata: {httpStatusCode: 301},
      $response: {headers: {'x-amz-bucket-region': 'us-west-2'}},
    })
    expect(await elsewhere.send(new GetBucketLocationCommand({Bucket}))).toMatchObject({
      LocationConstraint: 'us-west-2',
    })
    elsewhere.destroy()
  })

  it('a client that follows redirects reaches it', async () => {
    await put('k', 'here')
    const following = new S3Client({...account.client, region: 'eu-west-1', followRegionRedirects: true})
    const got = await following.send(new GetObjectCommand({Bucket, Key: 'k'}))
    expect(await got.Body?.transformToString()).toBe('here')
    following.destroy()
  })
})

it('an object comes back with the headers it came with, or with those that are asked for', async () => {
  await s3.send(
    new PutObjectCommand({Bucket, Key: 'k', Body: 'x', ContentType: 'text/css', CacheControl: 'no-store'}),
  )
  expect(await s3.send(new HeadObjectCommand({Bucket, Key: 'k'}))).toMatchObject({
    ContentType: 'text/css',
    CacheControl: 'no-store',
  })
  const asked = new GetObjectCommand({Bucket, Key: 'k', ResponseContentType: 'text/plain'})
  expect(await s3.send(asked)).toMatchObject({ContentType: 'text/plain', CacheControl: 'no-store'})
})
