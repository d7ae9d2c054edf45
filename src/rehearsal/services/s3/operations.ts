import type {World} from '../../account/world.js'
import {bucketOperations} from './bucket-operations.js'
import {configurationOperations} from './configuration-operations.js'
import {listingOperations} from './listing-operations.js'
import {multipartOperations} from './multipart-operations.js'
import {objectOperations} from './object-operations.js'
import {uploadListingOperations} from './upload-listing-operations.js'
import {versionListingOperations} from './version-listing-operations.js'

/** S3 without ACLs and events. Source: S3 API reference. */
export function s3Operations(world: World) {
  return {
    ...bucketOperations(world),
    ...configurationOperations(world),
    ...objectOperations(world),
    ...listingOperations(world),
    ...versionListingOperations(world),
    ...multipartOperations(world),
    ...uploadListingOperations(world),
  }
}
