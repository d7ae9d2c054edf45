import type {BucketLocationConstraint, S3, ServerSideEncryptionConfiguration} from '@aws-sdk/client-s3'
import {failed} from '../errors.js'
import type {Clients} from './clients.js'
import {isNamed, statusOf} from './errors.js'
import type {Identity} from './identity.js'
import {unlessAbsent} from './pages.js'

/** S3. */
export interface Buckets {
  /** "other-account" when the name is taken and this identity may not look at it. */
  exists(name: string): Promise<'ours' | 'absent' | 'other-account'>
  /** Whether `create` came to its end: the policy is what it sets last. */
  isProtected(name: string): Promise<boolean>
  /** Tagged, private, encrypted, TLS only; a bucket that is ours already is brought to the same state. */
  create(name: string, region: string, tags: Readonly<Record<string, string>>): Promise<void>
  tags(name: string): Promise<Readonly<Record<string, string>>>
  put(bucket: string, key: string, body: string | Uint8Array, contentType: string): Promise<void>
  has(bucket: string, key: string): Promise<boolean>
  /** Removes every version and delete marker under `prefix`; returns how many. A missing bucket is empty. */
  empty(bucket: string, prefix?: string): Promise<number>
  /** A missing bucket is no error. */
  delete(bucket: string): Promise<void>
}

/** DeleteObjects accepts this many; also the size of a page of ListObjectVersions. */
const objectsPerCall = 1000

export function createBuckets(clients: Pick<Clients, 's3'>, identity: Identity): Buckets {
  return {
    async exists(name) {
      const s3 = await clients.s3()
      const {account} = await identity.whoAmI()
      try {
        // Without the owner, a stranger's bucket that lets us in would pass for ours.
        await s3.headBucket({Bucket: name, ExpectedBucketOwner: account})
        return 'ours'
      } catch (error) {
        // HEAD has no body: the status is all there is.
        if (statusOf(error) === 404) return 'absent'
        if (statusOf(error) === 403) return 'other-account'
        // Such as 400 for a token that has expired: a GET of the same says why.
        await s3.listObjectsV2({Bucket: name, MaxKeys: 1, ExpectedBucketOwner: account})
        return 'ours'
      }
    },

    async isProtected(name) {
      const s3 = await clients.s3()
      return unlessAbsent(
        async () => (await s3.getBucketPolicy({Bucket: name})).Policy !== undefined,
        error => isNamed(error, 'NoSuchBucketPolicy', 'NoSuchBucket'),
        false,
      )
    },

    async create(name, region, tags) {
      const s3 = await clients.s3()
      const {partition} = await identity.whoAmI()
      await createOrAdopt(s3, name, region)
      // First the tag: whatever interrupts the rest, the bucket is known to be ours.
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
      await s3.putBucketTagging({Bucket: name, Tagging: {TagSet}})
      await s3.putPublicAccessBlock({Bucket: name, PublicAccessBlockConfiguration: noPublicAccess})
      await s3.putBucketEncryption({Bucket: name, ServerSideEncryptionConfiguration: encryption})
      await s3.putBucketPolicy({Bucket: name, Policy: JSON.stringify(tlsOnly(partition, name))})
    },

    async tags(name) {
      const s3 = await clients.s3()
      const answer = await unlessAbsent(
        () => s3.getBucketTagging({Bucket: name}),
        error => isNamed(error, 'NoSuchTagSet', 'NoSuchBucket'),
        undefined,
      )
      return Object.fromEntries((answer?.TagSet ?? []).map(({Key = '', Value = ''}) => [Key, Value]))
    },

    async put(bucket, key, body, contentType) {
      const s3 = await clients.s3()
      await s3.putObject({Bucket: bucket, Key: key, Body: body, ContentType: contentType})
    },

    async has(bucket, key) {
      const s3 = await clients.s3()
      const ask = async () => {
        await s3.headObject({Bucket: bucket, Key: key})
        return true
      }
      return unlessAbsent(ask, error => statusOf(error) === 404, false)
    },

    async empty(bucket, prefix) {
      const s3 = await clients.s3()
      return unlessAbsent(() => removeVersions(s3, bucket, prefix), isNoSuchBucket, 0)
    },

    async delete(bucket) {
      const s3 = await clients.s3()
      await unlessAbsent(() => s3.deleteBucket({Bucket: bucket}), isNoSuchBucket, undefined)
    },
  }
}

async function createOrAdopt(s3: S3, name: string, region: string): Promise<void> {
  // us-east-1 is the default and must not be named.
  const location =
    region === 'us-east-1'
      ? {}
      : {CreateBucketConfiguration: {LocationConstraint: region as BucketLocationConstraint}}
  try {
    await s3.createBucket({Bucket: name, ...location})
  } catch (error) {
    if (isNamed(error, 'BucketAlreadyOwnedByYou')) return
    if (!isNamed(error, 'BucketAlreadyExists')) throw error
    throw failed('BUCKET_TAKEN', `The bucket name ${name} belongs to another AWS account.`, {
      hint: 'Choose another name with --template-bucket.',
      resource: name,
      cause: error,
    })
  }
}

/** Page by page: the listing begins anew after each deletion, so no marker can go stale. */
async function removeVersions(s3: S3, bucket: string, prefix: string | undefined): Promise<number> {
  let removed = 0
  for (;;) {
    const page = await s3.listObjectVersions({Bucket: bucket, Prefix: prefix, MaxKeys: objectsPerCall})
    const entries = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
    if (entries.length === 0) return removed
    const objects = entries.map(({Key = '', VersionId}) => ({Key, VersionId}))
    const {Errors: errors = []} = await s3.deleteObjects({
      Bucket: bucket,
      Delete: {Objects: objects, Quiet: true},
    })
    const [first] = errors
    if (first) {
      throw failed(
        'BUCKET_NOT_EMPTIED',
        `${errors.length} of ${objects.length} objects in the bucket ${bucket} could not be deleted, first ${first.Key}: ${first.Message ?? first.Code}`,
        {hint: 'Check the permission s3:DeleteObjectVersion and object locks.', resource: bucket},
      )
    }
    removed += objects.length
  }
}

function isNoSuchBucket(error: unknown): boolean {
  return isNamed(error, 'NoSuchBucket')
}

const noPublicAccess = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
}

const encryption: ServerSideEncryptionConfiguration = {
  Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}}],
}

function tlsOnly(partition: string, bucket: string) {
  const arn = `arn:${partition}:s3:::${bucket}`
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: {Bool: {'aws:SecureTransport': 'false'}},
      },
    ],
  }
}
