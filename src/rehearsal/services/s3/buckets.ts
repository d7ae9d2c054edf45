import type {Bucket} from '../../account/account.js'
import {dictionary} from '../../account/dictionary.js'
import type {World} from '../../account/world.js'
import type {Call} from '../../wire/call.js'
import {AwsError} from '../../wire/errors.js'

/** A bucket as it is born: private, and with public access blocked. Source: S3 user guide, "Blocking public access". */
export function emptyBucket(name: string, region: string, now: number): Bucket {
  return {
    name,
    region,
    createdAt: now,
    tags: {},
    configuration: {
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      ownershipControls: {Rules: [{ObjectOwnership: 'BucketOwnerEnforced'}]},
    },
    objects: dictionary(),
    uploads: dictionary(),
  }
}

/** Source: S3 user guide, "General purpose bucket naming rules". */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !name.startsWith('xn--') &&
    !name.endsWith('-s3alias')
  )
}

/** A bucket in whatever region. @throws AwsError NoSuchBucket. */
export function anyBucket(world: World, name = ''): Bucket {
  if (Object.hasOwn(world.account.buckets, name)) return world.account.buckets[name] as Bucket
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
    extra: {BucketName: name},
  })
}

/**
 * The bucket that a call is about.
 * @throws AwsError NoSuchBucket, or PermanentRedirect when the bucket lives in another region than the call.
 */
export function bucketOf(world: World, call: Call, name: string | undefined): Bucket {
  const bucket = anyBucket(world, name)
  if (bucket.region !== call.region) throw elsewhere(bucket)
  return bucket
}

/** Source: S3 user guide, "Making requests": the answer to a request that reaches the wrong region. */
function elsewhere(bucket: Bucket): AwsError {
  return new AwsError(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      status: 301,
      extra: {Bucket: bucket.name, Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`},
      headers: {'x-amz-bucket-region': bucket.region},
    },
  )
}
