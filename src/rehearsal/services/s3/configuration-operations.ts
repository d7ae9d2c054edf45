import type {Bucket} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {record, records} from '../../resources/values.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations, Output} from '../../wire/operations.js'
import {bucketOf} from './buckets.js'

/** What every new object gets. Source: S3 user guide, "Setting default server-side encryption behavior". */
const defaultEncryption = {
  Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}, BucketKeyEnabled: false}],
}

/** Sub-resources of buckets, kept in the API's own shape under `configuration`. */
export function configurationOperations(world: World) {
  return {
    PutBucketPolicy(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      checkPolicy(bucket, input.Policy ?? '')
      bucket.configuration.policy = input.Policy
    },
    GetBucketPolicy: (input, call) => ({
      Policy: configured<string>(
        bucketOf(world, call, input.Bucket),
        'policy',
        'NoSuchBucketPolicy',
        'The bucket policy does not exist',
      ),
    }),
    DeleteBucketPolicy(input, call) {
      delete bucketOf(world, call, input.Bucket).configuration.policy
    },

    PutPublicAccessBlock(input, call) {
      bucketOf(world, call, input.Bucket).configuration.publicAccessBlock =
        input.PublicAccessBlockConfiguration
    },
    GetPublicAccessBlock: (input, call) => ({
      PublicAccessBlockConfiguration: configured<
        Output<'s3', 'GetPublicAccessBlock'>['PublicAccessBlockConfiguration']
      >(
        bucketOf(world, call, input.Bucket),
        'publicAccessBlock',
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
      ),
    }),
    DeletePublicAccessBlock(input, call) {
      delete bucketOf(world, call, input.Bucket).configuration.publicAccessBlock
    },

    PutBucketEncryption(input, call) {
      bucketOf(world, call, input.Bucket).configuration.encryption = input.ServerSideEncryptionConfiguration
    },
    GetBucketEncryption: (input, call) => ({
      ServerSideEncryptionConfiguration: (bucketOf(world, call, input.Bucket).configuration.encryption ??
        defaultEncryption) as Output<'s3', 'GetBucketEncryption'>['ServerSideEncryptionConfiguration'],
    }),
    DeleteBucketEncryption(input, call) {
      delete bucketOf(world, call, input.Bucket).configuration.encryption
    },

    PutBucketTagging(input, call) {
      const tags = (input.Tagging?.TagSet ?? []).map(({Key, Value}) => [Key ?? '', Value ?? ''] as const)
      bucketOf(world, call, input.Bucket).tags = Object.fromEntries(tags)
    },
    GetBucketTagging(input, call) {
      const tags = Object.entries(bucketOf(world, call, input.Bucket).tags)
      if (tags.length === 0) {
        throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', {
          status: 404,
          extra: {BucketName: input.Bucket},
        })
      }
      return {TagSet: tags.map(([Key, Value]) => ({Key, Value}))}
    },
    DeleteBucketTagging(input, call) {
      bucketOf(world, call, input.Bucket).tags = {}
    },

    PutBucketVersioning(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const Status = input.VersioningConfiguration?.Status
      if (Status !== 'Enabled' && Status !== 'Suspended') {
        throw new AwsError(
          'IllegalVersioningConfigurationException',
          'The Versioning element must be specified',
        )
      }
      bucket.configuration.versioning = {Status}
    },
    GetBucketVersioning: (input, call) => ({
      ...record(bucketOf(world, call, input.Bucket).configuration.versioning),
    }),

    PutBucketOwnershipControls(input, call) {
      bucketOf(world, call, input.Bucket).configuration.ownershipControls = input.OwnershipControls
    },
    GetBucketOwnershipControls: (input, call) => ({
      OwnershipControls: configured<Output<'s3', 'GetBucketOwnershipControls'>['OwnershipControls']>(
        bucketOf(world, call, input.Bucket),
        'ownershipControls',
        'OwnershipControlsNotFoundError',
        'The bucket ownership controls were not found',
      ),
    }),
    DeleteBucketOwnershipControls(input, call) {
      delete bucketOf(world, call, input.Bucket).configuration.ownershipControls
    },
  } satisfies Operations<'s3'>
}

/** A sub-resource as it was put. @throws AwsError with the sub-resource's own "not found". */
function configured<T>(bucket: Bucket, name: string, code: string, message: string): T {
  const value = bucket.configuration[name]
  if (value === undefined) throw new AwsError(code, message, {status: 404, extra: {BucketName: bucket.name}})
  return value as T
}

function checkPolicy(bucket: Bucket, policy: string): void {
  const statements = records(record(parsed(policy)).Statement)
  const blocks = record(bucket.configuration.publicAccessBlock).BlockPublicPolicy === true
  const isPublic = statements.some(
    ({Effect, Principal, Condition}) =>
      Effect === 'Allow' && Condition === undefined && (Principal === '*' || record(Principal).AWS === '*'),
  )
  if (blocks && isPublic) throw new AwsError('AccessDenied', 'Access Denied', {status: 403})
}

function parsed(policy: string): unknown {
  try {
    return JSON.parse(policy)
  } catch {
    throw new AwsError('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'")
  }
}
