import type {World} from '../../account/world.js'
import {s3BucketOperations} from './bucket-operations.js'
import {s3ConfigurationOperations} from './configuration.js'
import {s3ListingOperations} from './listing.js'
import {s3MultipartOperations} from './multipart.js'
import {s3ObjectOperations} from './objects.js'
import {s3UploadListing} from './upload-listing.js'
import {s3VersionListing} from './version-listing.js'

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
