import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {check, refused} from '../check.js'
import type {Clients} from '../clients.js'

const Bucket = 'both-have-this-bucket'
const absent = {Bucket: 'nobody-has-this-bucket'}
/** Keys whose order, separators and quoting matter. */
const keys = ['a', 'a/b', 'a/c/d', 'b c+d', 'ü', 'z']

const list = async ({s3}: Clients, wishes: object) => {
  const {Contents, CommonPrefixes, IsTruncated, KeyCount} = await s3.send(
    new ListObjectsV2Command({Bucket, ...wishes}),
  )
  return {
    keys: Contents?.map(({Key, Size, ETag, StorageClass}) => [Key, Size, ETag, StorageClass]),
    prefixes: CommonPrefixes?.map(({Prefix}) => Prefix),
    IsTruncated,
    KeyCount,
  }
}

const read = async ({s3}: Clients, wishes: object) => {
  const {Body, ContentLength, ContentRange, ContentType, ETag, Metadata} = await s3.send(
    new GetObjectCommand({Bucket, Key: 'a', ...wishes}),
  )
  return {
    ...{body: await Body?.transformToString(), ContentLength, ContentRange},
    ...{ContentType, ETag, Metadata},
  }
}

/** The versions of a key, oldest first, by number: their ids are each server's own. */
const versions = async ({s3}: Clients, Prefix: string) => {
  const {Versions = [], DeleteMarkers = []} = await s3.send(new ListObjectVersionsCommand({Bucket, Prefix}))
  return {
    versions: Versions.map(({Key, Size, IsLatest, VersionId}) => [Key, Size, IsLatest, VersionId === 'null']),
    markers: DeleteMarkers.map(({Key, IsLatest}) => [Key, IsLatest]),
  }
}

const multipart = async ({s3}: Clients) => {
  const upload = {Bucket, Key: 'parts'}
  const {UploadId} = await s3.send(new CreateMultipartUploadCommand(upload))
  const part = async (PartNumber: number, Body: string) => {
    const {ETag} = await s3.send(new UploadPartCommand({...upload, UploadId, PartNumber, Body}))
    return {PartNumber, ETag}
  }
  const Parts = [await part(1, 'x'.repeat(5 * 1024 * 1024)), await part(2, 'y')]
  const listed = await s3.send(new ListPartsCommand({...upload, UploadId}))
  const done = await s3.send(
    new CompleteMultipartUploadCommand({...upload, UploadId, MultipartUpload: {Parts}}),
  )
  const head = await s3.send(new HeadObjectCommand(upload))
  return {
    parts: listed.Parts?.map(({PartNumber, Size, ETag}) => [PartNumber, Size, ETag]),
    etag: done.ETag,
    length: head.ContentLength,
  }
}

/** Small parts other than the last one. Source: S3 API reference, CompleteMultipartUpload, EntityTooSmall. */
const smallParts = async ({s3}: Clients) => {
  const upload = {Bucket, Key: 'small'}
  const {UploadId} = await s3.send(new CreateMultipartUploadCommand(upload))
  const Parts = []
  for (const PartNumber of [1, 2]) {
    const {ETag} = await s3.send(new UploadPartCommand({...upload, UploadId, PartNumber, Body: 'x'}))
    Parts.push({PartNumber, ETag})
  }
  return s3.send(new CompleteMultipartUploadCommand({...upload, UploadId, MultipartUpload: {Parts}}))
}

/** S3: buckets, objects, versions, parts and refusals. */
export const storageChecks = [
  refused('s3: head of a bucket that is not there', ({s3}) => s3.send(new HeadBucketCommand(absent))),
  refused('s3: list of a bucket that is not there', ({s3}) => s3.send(new ListObjectsV2Command(absent))),
  refused('s3: get from a bucket that is not there', ({s3}) =>
    s3.send(new GetObjectCommand({...absent, Key: 'a'})),
  ),
  refused('s3: delete of a bucket that is not there', ({s3}) => s3.send(new DeleteBucketCommand(absent))),
  refused('s3: create a bucket with a name in capitals', ({s3}) =>
    s3.send(
      new CreateBucketCommand({
        Bucket: 'NotABucket',
        CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
      }),
    ),
  ),
  refused('s3: create a bucket for another region', ({s3}) =>
    s3.send(
      new CreateBucketCommand({
        Bucket: 'elsewhere-bucket',
        CreateBucketConfiguration: {LocationConstraint: 'eu-west-1'},
      }),
    ),
  ),
  check('s3: create a bucket', async ({s3}) => {
    await s3.send(
      new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
    )
    return (await s3.send(new HeadBucketCommand({Bucket}))).$metadata.httpStatusCode
  }),
  refused('s3: create a bucket that one has', ({s3}) =>
    s3.send(new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}})),
  ),
  check(
    's3: location',
    async ({s3}) => (await s3.send(new GetBucketLocationCommand({Bucket}))).LocationConstraint,
  ),
  check(
    's3: default encryption',
    async ({s3}) =>
      (await s3.send(new GetBucketEncryptionCommand({Bucket}))).ServerSideEncryptionConfiguration?.Rules?.[0]
        ?.ApplyServerSideEncryptionByDefault,
  ),
  refused('s3: policy that is not set', ({s3}) => s3.send(new GetBucketPolicyCommand({Bucket}))),
  refused('s3: tags that are not set', ({s3}) => s3.send(new GetBucketTaggingCommand({Bucket}))),
  check('s3: public access block of a new bucket', async ({s3}) => {
    const {PublicAccessBlockConfiguration} = await s3.send(new GetPublicAccessBlockCommand({Bucket}))
    return PublicAccessBlockConfiguration
  }),
  check('s3: tags', async ({s3}) => {
    const TagSet = [{Key: 'k', Value: 'v & w'}]
    await s3.send(new PutBucketTaggingCommand({Bucket, Tagging: {TagSet}}))
    return (await s3.send(new GetBucketTaggingCommand({Bucket}))).TagSet
  }),
  check('s3: put objects', ({s3}) =>
    Promise.all(
      keys.map(async Key => (await s3.send(new PutObjectCommand({Bucket, Key, Body: `of ${Key}`}))).ETag),
    ),
  ),
  check('s3: list', clients => list(clients, {})),
  check('s3: list by prefix and delimiter', clients => list(clients, {Prefix: 'a', Delimiter: '/'})),
  check('s3: list after a key', clients => list(clients, {StartAfter: 'a/b'})),
  check('s3: list a page of two', clients => list(clients, {MaxKeys: 2})),
  check('s3: list nothing', clients => list(clients, {MaxKeys: 0})),
  refused('s3: list with a token that nobody gave', ({s3}) =>
    s3.send(new ListObjectsV2Command({Bucket, ContinuationToken: 'nonsense'})),
  ),
  check('s3: get', clients => read(clients, {})),
  check('s3: get a range', clients => read(clients, {Range: 'bytes=1-2'})),
  check('s3: get the end', clients => read(clients, {Range: 'bytes=-2'})),
  refused('s3: get a range beyond the end', clients => read(clients, {Range: 'bytes=99-'})),
  refused('s3: get if it has changed', clients => read(clients, {IfNoneMatch: '*'})),
  refused('s3: get if it matches another', clients => read(clients, {IfMatch: '"another"'})),
  refused('s3: get a key that is not there', clients => read(clients, {Key: 'absent'})),
  refused('s3: head of a key that is not there', ({s3}) =>
    s3.send(new HeadObjectCommand({Bucket, Key: 'absent'})),
  ),
  check('s3: delete a key that is not there', async ({s3}) => {
    const {$metadata, DeleteMarker} = await s3.send(new DeleteObjectCommand({Bucket, Key: 'absent'}))
    return {status: $metadata.httpStatusCode, DeleteMarker}
  }),
  check('s3: metadata and content type', async clients => {
    const of = {Bucket, Key: 'told', Body: 'x', ContentType: 'text/x-any', Metadata: {made: 'By'}}
    await clients.s3.send(new PutObjectCommand(of))
    return read(clients, {Key: 'told'})
  }),
  check('s3: copy', async clients => {
    await clients.s3.send(new CopyObjectCommand({Bucket, Key: 'copied', CopySource: `${Bucket}/told`}))
    return read(clients, {Key: 'copied'})
  }),
  refused('s3: copy a key that is not there', ({s3}) =>
    s3.send(new CopyObjectCommand({Bucket, Key: 'copied', CopySource: `${Bucket}/absent`})),
  ),
  refused('s3: put only if nothing is there', ({s3}) =>
    s3.send(new PutObjectCommand({Bucket, Key: 'a', Body: 'new', IfNoneMatch: '*'})),
  ),
  check('s3: upload in parts', multipart),
  refused('s3: complete parts that are too small', smallParts),
  refused('s3: abort an upload that is not there', ({s3}) =>
    s3.send(new AbortMultipartUploadCommand({Bucket, Key: 'parts', UploadId: 'absent'})),
  ),
  check(
    's3: versioning of a new bucket',
    async ({s3}) => (await s3.send(new GetBucketVersioningCommand({Bucket}))).Status,
  ),
  check('s3: versions', async clients => {
    const {s3} = clients
    const of = {Bucket, Key: 'versioned'}
    await s3.send(new PutObjectCommand({...of, Body: '1'}))
    await s3.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}))
    const {VersionId} = await s3.send(new PutObjectCommand({...of, Body: '22'}))
    const deleted = await s3.send(new DeleteObjectCommand(of))
    return {
      listed: await versions(clients, 'versioned'),
      marker: deleted.DeleteMarker,
      old: await (await s3.send(new GetObjectCommand({...of, VersionId}))).Body?.transformToString(),
    }
  }),
  refused('s3: get a key whose latest version is a delete marker', clients =>
    read(clients, {Key: 'versioned'}),
  ),
  refused('s3: get a version that is not there', clients => read(clients, {VersionId: 'absent'})),
  refused('s3: delete a bucket that is not empty', ({s3}) => s3.send(new DeleteBucketCommand({Bucket}))),
  check('s3: empty and delete', async ({s3}) => {
    const {Versions = [], DeleteMarkers = []} = await s3.send(new ListObjectVersionsCommand({Bucket}))
    const Objects = [...Versions, ...DeleteMarkers].map(({Key = '', VersionId}) => ({Key, VersionId}))
    const {Errors, Deleted} = await s3.send(new DeleteObjectsCommand({Bucket, Delete: {Objects}}))
    await s3.send(new DeleteBucketCommand({Bucket}))
    return {Errors, deleted: Deleted?.length}
  }),
]
