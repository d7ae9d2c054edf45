import {serviceFailure} from '../../resources/failures.js'
import {
  handlerFailure,
  type ProviderRequest,
  ResourceFailure,
  type ResourceProvider,
} from '../../resources/resource-provider.js'
import {flag, record, records, text} from '../../resources/values.js'
import {emptyBucket, isBucketName} from './buckets.js'
import {isEmpty, notEmptyMessage} from './versions.js'

const bucketType = 'AWS::S3::Bucket'

/** Buckets and bucket policies. The bucket itself lives in `account.buckets`, as its name is global. */
export const s3Providers: readonly ResourceProvider[] = [
  {
    type: bucketType,
    create(request) {
      const {world, region} = request
      const name = bucketName(request)
      const bucket = emptyBucket(name, region.name, world.now)
      world.account.buckets[name] = bucket
      configure(request, name)
      return {
        physicalId: name,
        attributes: {
          Arn: `arn:aws:s3:::${name}`,
          DomainName: `${name}.s3.amazonaws.com`,
          DualStackDomainName: `${name}.s3.dualstack.${region.name}.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${region.name}.amazonaws.com`,
          WebsiteURL: `http://${name}.s3-website-${region.name}.amazonaws.com`,
        },
      }
    },
    update(resource, request) {
      configure(request, resource.physicalId)
      return undefined
    },
    blocksDeletion({physicalId}, {world}) {
      const bucket = world.account.buckets[physicalId]
      return bucket && !isEmpty(bucket)
        ? serviceFailure(world, 'S3', notEmptyMessage(bucket), {status: 409}).message
        : undefined
    },
    deleted({physicalId}, {world}) {
      delete world.account.buckets[physicalId]
    },
  },
  {
    type: 'AWS::S3::BucketPolicy',
    create(request) {
      const physicalId = text(request.properties.Bucket) ?? ''
      applyPolicy(request, physicalId)
      return {physicalId}
    },
    update(resource, request) {
      applyPolicy(request, resource.physicalId)
      return undefined
    },
    deleted({physicalId}, {world}) {
      delete world.account.buckets[physicalId]?.configuration.policy
    },
  },
]

function bucketName(request: ProviderRequest): string {
  const {world, properties} = request
  const name = text(properties.BucketName) ?? request.generatedName(63).toLowerCase()
  if (!isBucketName(name)) throw new ResourceFailure(`Bucket name ${name} is invalid`)
  if (world.account.buckets[name]) throw handlerFailure(world, `${name} already exists`, 'AlreadyExists')
  return name
}

/** Puts a bucket's properties where the S3 API looks for them, in its shape. */
function configure({world, properties, tags}: ProviderRequest, name: string): void {
  const bucket = world.account.buckets[name]
  if (!bucket) throw handlerFailure(world, 'The specified bucket does not exist', 'NotFound')
  bucket.tags = tags
  const {configuration} = bucket
  const {Status} = record(properties.VersioningConfiguration)
  // A bucket that has ever kept versions can only stop keeping more of them.
  if (Status !== undefined) configuration.versioning = {Status}
  else if (configuration.versioning) configuration.versioning = {Status: 'Suspended'}
  if (properties.PublicAccessBlockConfiguration !== undefined) {
    const blocks = Object.entries(record(properties.PublicAccessBlockConfiguration))
    configuration.publicAccessBlock = Object.fromEntries(blocks.map(([name, value]) => [name, flag(value)]))
  }
  configuration.ownershipControls = properties.OwnershipControls ?? configuration.ownershipControls
  const rules = records(record(properties.BucketEncryption).ServerSideEncryptionConfiguration)
  if (rules.length === 0) delete configuration.encryption
  else {
    configuration.encryption = {
      Rules: rules.map(({ServerSideEncryptionByDefault, BucketKeyEnabled}) => ({
        ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
        BucketKeyEnabled: flag(BucketKeyEnabled) ?? false,
      })),
    }
  }
}

function applyPolicy({world, properties}: ProviderRequest, name: string): void {
  const bucket = world.account.buckets[name]
  if (!bucket) {
    throw serviceFailure(world, 'S3', 'The specified bucket does not exist', {status: 404, code: 'NotFound'})
  }
  const document = properties.PolicyDocument
  bucket.configuration.policy = typeof document === 'string' ? document : JSON.stringify(record(document))
}
