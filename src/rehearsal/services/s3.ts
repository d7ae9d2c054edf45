import type {World} from '../account/world.js'
import {s3BucketOperations} from './s3-bucket-operations.js'
import {s3ConfigurationOperations} from './s3-configuration.js'
import {s3ListingOperations} from './s3-listing.js'
import {s3MultipartOperations} from './s3-multipart.js'
import {s3ObjectOperations} from './s3-objects.js'
import {s3UploadListing} from './s3-upload-listing.js'
import {s3VersionListing} from './s3-version-listing.js'

/** S3 without ACLs and events. Source: S3 API reference. */
export function s3Operations(world: World) {
  return {
    ...s3BucketOperations(world),
    ...s3ConfigurationOperations(world),
    ...s3ObjectOperations(world),
    ...s3ListingOperations(world),
    ...s3VersionListing(world),
    ...s3MultipartOperations(world),
    ...s3UploadListing(world),
  }
}
