import type {World} from '../../account/world.js'
import {roleAllows} from '../iam/permissions.js'
import {bytesOf, storedObject} from './object-store.js'
import {putVersion} from './versions.js'

/** What S3 answers to a role: the value, or why not, in the words of the AWS CLI. */
export type Answer<T> = {value: T} | {refusal: string}

/** S3 as a role sees it, through the AWS CLI of a build. */
export interface BucketAccess {
  /** Keys directly under a prefix. */
  list(bucket: string, prefix: string): Answer<string[]>
  get(bucket: string, key: string): Answer<Buffer>
  /** In one piece, with its SHA-256. */
  put(bucket: string, key: string, body: Uint8Array, contentType: string): Answer<undefined>
}

/** Source: S3 user guide, "Required permissions for Amazon S3 API operations"; the messages are the AWS CLI's. */
export function bucketAccess(world: World, role: string): BucketAccess {
  const refusal = (operation: string, code: string, message: string) => ({
    refusal: `An error occurred (${code}) when calling the ${operation} operation: ${message}`,
  })
  const check = (operation: string, action: string, bucket: string, resource: string) => {
    if (!world.account.buckets[bucket])
      return refusal(operation, 'NoSuchBucket', 'The specified bucket does not exist')
    if (roleAllows(world, role, action, resource)) return undefined
    const name = role.slice(role.indexOf('/') + 1)
    const user = `arn:aws:sts::${world.account.id}:assumed-role/${name}/AWSCodeBuild`
    const message = `User: ${user} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`
    return refusal(operation, 'AccessDenied', message)
  }
  const objectsOf = (bucket: string) => world.account.buckets[bucket]?.objects ?? {}
  const arn = (bucket: string, key = '') => `arn:aws:s3:::${bucket}${key && `/${key}`}`
  return {
    list(bucket, prefix) {
      const refused = check('ListObjectsV2', 's3:ListBucket', bucket, arn(bucket))
      if (refused) return refused
      const below = Object.keys(objectsOf(bucket)).filter(key => key.startsWith(prefix))
      return {value: below.filter(key => !key.slice(prefix.length).includes('/'))}
    },
    get(bucket, key) {
      const refused = check('GetObject', 's3:GetObject', bucket, arn(bucket, key))
      if (refused) return refused
      const object = objectsOf(bucket)[key]
      return object
        ? {value: bytesOf(object)}
        : refusal('GetObject', 'NoSuchKey', 'The specified key does not exist.')
    },
    put(bucket, key, body, contentType) {
      const refused = check('PutObject', 's3:PutObject', bucket, arn(bucket, key))
      if (refused) return refused
      const object = storedObject(world, body, {contentType, checksum: 'SHA256'})
      const stored = world.account.buckets[bucket]
      if (stored) putVersion(world, stored, key, object)
      return {value: undefined}
    },
  }
}
