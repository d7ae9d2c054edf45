import type {Bucket} from '../../account/account.js'
import type {World} from '../../account/world.js'
import type {Call} from '../../wire/call.js'
import {AwsError} from '../../wire/errors.js'
import type {Input, Operations} from '../../wire/operations.js'
import {anyBucket, bucketOf, emptyBucket, isBucketName} from './buckets.js'
import {isEmpty, notEmptyMessage} from './versions.js'

const regionName = /^[a-z]{2}(-[a-z]+)+-\d$/

/** Buckets as such. Errors and region rules: S3 API reference, CreateBucket and "Error responses". */
export function bucketOperations(world: World) {
  return {
    CreateBucket(input, call) {
      const name = input.Bucket ?? ''
      const region = regionFor(input, call)
      if (!isBucketName(name)) {
        throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
          extra: {BucketName: name},
        })
      }
      const existing = world.account.buckets[name]
      // us-east-1 alone takes a repeated request as done.
      if (existing && !(existing.region === 'us-east-1' && region === 'us-east-1')) {
        throw new AwsError(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          {status: 409, extra: {BucketName: name}},
        )
      }
      if (!existing) {
        const bucket = emptyBucket(name, region, world.now)
        for (const {Key, Value} of input.CreateBucketConfiguration?.Tags ?? []) {
          if (Key !== undefined) bucket.tags[Key] = Value ?? ''
        }
        world.account.buckets[name] = bucket
      }
      return {Location: call.region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/`}
    },

    HeadBucket(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      return {BucketRegion: bucket.region, AccessPointAlias: false}
    },

    DeleteBucket(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      if (!isEmpty(bucket)) {
        throw new AwsError('BucketNotEmpty', notEmptyMessage(bucket), {
          status: 409,
          extra: {BucketName: bucket.name},
        })
      }
      delete world.account.buckets[bucket.name]
      const region = world.region(bucket.region)
      const resource = world.resource(region, 'AWS::S3::Bucket', bucket.name)
      if (resource) world.remove(region, resource)
      return {}
    },

    ListBuckets(input) {
      const found = Object.values(world.account.buckets)
        .filter(
          ({name, region}) =>
            name.startsWith(input.Prefix ?? '') && region === (input.BucketRegion ?? region),
        )
        .filter(({name}) => name > fromToken(input.ContinuationToken))
        .sort((left, right) => (left.name < right.name ? -1 : 1))
      const page = found.slice(0, input.MaxBuckets ?? found.length)
      const last = page.at(-1)
      return {
        Buckets: page.map(bucketEntry),
        Owner: {ID: ownerId(world)},
        Prefix: input.Prefix,
        ContinuationToken: page.length < found.length && last ? toToken(last.name) : undefined,
      }
    },

    GetBucketLocation(input) {
      // Every endpoint answers this for buckets everywhere.
      const {region} = anyBucket(world, input.Bucket)
      return {LocationConstraint: region === 'us-east-1' ? undefined : (region as 'us-west-2')}
    },
  } satisfies Operations<'s3'>
}

/** The canonical id of the account's owner. */
export function ownerId(world: World): string {
  return Buffer.from(world.account.id).toString('hex').padEnd(64, '0')
}

/** Opaque to clients, readable to people. */
export function toToken(position: string): string {
  return Buffer.from(position).toString('base64url')
}

/**
 * @returns the empty string for no token.
 * @throws AwsError InvalidArgument for a token that `toToken` never gave.
 */
export function fromToken(token: string | undefined): string {
  const position = Buffer.from(token ?? '', 'base64url').toString('utf8')
  if (toToken(position) === (token ?? '')) return position
  throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', {
    extra: {ArgumentName: 'continuation-token'},
  })
}

function bucketEntry({name, createdAt, region}: Bucket) {
  return {
    Name: name,
    CreationDate: new Date(createdAt),
    BucketRegion: region,
    BucketArn: `arn:aws:s3:::${name}`,
  }
}

function regionFor(input: Input<'s3', 'CreateBucket'>, call: Call): string {
  const wanted: string | undefined = input.CreateBucketConfiguration?.LocationConstraint
  const constraint = wanted === 'EU' ? 'eu-west-1' : wanted
  if (constraint !== undefined && (!regionName.test(constraint) || constraint === 'us-east-1')) {
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      extra: {LocationConstraint: wanted},
    })
  }
  if (call.region !== 'us-east-1' && constraint !== call.region) {
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    )
  }
  return constraint ?? call.region
}
