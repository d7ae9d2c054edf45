import type {S3} from '@aws-sdk/client-s3'
import type {Clients} from './clients.js'
import {isNamed, statusOf} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'

/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string
  readonly bytes: number
  /** Epoch milliseconds. */
  readonly modifiedAt: number
  /** S3 keeps the SHA-256 of the whole object, which `sha256` reads. */
  readonly hasSha256: boolean
}

/** What lies in a bucket, whoever's it is, for reading. */
export interface BucketContents {
  /** The region of a bucket; undefined when it does not exist. */
  region(bucket: string): Promise<string | undefined>
  /** The objects directly under a prefix, not in folders below it. Empty when the bucket does not exist. */
  list(bucket: string, prefix: string): Promise<readonly ListedObject[]>
  /** A text file; undefined when it is not there. */
  text(bucket: string, key: string): Promise<string | undefined>
  /** In hex; undefined when S3 keeps none of the whole object. */
  sha256(bucket: string, key: string): Promise<string | undefined>
}

export function createBucketContents(clients: Pick<Clients, 's3'>): BucketContents {
  return {
    async region(bucket) {
      const s3 = await clients.s3()
      const ask = async () => (await s3.headBucket({Bucket: bucket})).BucketRegion ?? ''
      try {
        return await ask()
      } catch (error) {
        // HEAD has no body: the status is all there is.
        if (statusOf(error) === 404) return undefined
        // Such as 400 for a token that has expired: a GET of the same says why.
        if (statusOf(error) === 400) await s3.listObjectsV2({Bucket: bucket, MaxKeys: 1})
        throw error
      }
    },

    async list(bucket, prefix) {
      const s3 = await clients.s3()
      return unlessAbsent(
        () => objectsUnder(s3, bucket, prefix),
        error => isNamed(error, 'NoSuchBucket'),
        [],
      )
    },

    async text(bucket, key) {
      const s3 = await clients.s3()
      const read = async () => (await s3.getObject({Bucket: bucket, Key: key})).Body?.transformToString()
      return unlessAbsent(read, error => isNamed(error, 'NoSuchKey', 'NoSuchBucket'), undefined)
    },

    async sha256(bucket, key) {
      const s3 = await clients.s3()
      const {ChecksumSHA256: sum, ChecksumType: type} = await s3.headObject({
        Bucket: bucket,
        Key: key,
        ChecksumMode: 'ENABLED',
      })
      // Of an object that came in parts it is the checksum of their checksums.
      if (sum === undefined || sum.includes('-') || type === 'COMPOSITE') return undefined
      return Buffer.from(sum, 'base64').toString('hex')
    },
  }
}

async function objectsUnder(s3: S3, bucket: string, prefix: string): Promise<readonly ListedObject[]> {
  const objects = await allPages(async token => {
    const page = await s3.listObjectsV2({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: '/',
      ContinuationToken: token,
    })
    return {items: page.Contents, token: page.NextContinuationToken}
  })
  return objects.map(({Key = '', Size = 0, LastModified, ChecksumAlgorithm = [], ChecksumType}) => ({
    key: Key,
    bytes: Size,
    modifiedAt: LastModified?.getTime() ?? 0,
    hasSha256: ChecksumAlgorithm.includes('SHA256') && ChecksumType !== 'COMPOSITE',
  }))
}
