import {environmentTag} from '../../environment/names.js'
import type {TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'

/** Whose a bucket is; `unknown` says why it cannot be told. */
export type BucketOwner = 'ours' | 'absent' | 'untagged' | {unknown: string}

/** Looks whether a bucket is in this account and was made for this environment. */
export async function ownerOf(
  {aws, environment}: Pick<TeardownContext, 'aws' | 'environment'>,
  bucket: string,
): Promise<BucketOwner> {
  let reason =
    'S3 does not let this identity look at it: it belongs to another account, or a permission is missing.'
  const found = await unlessRefused(
    async () => {
      const exists = await aws.buckets.exists(bucket)
      if (exists === 'other-account') return undefined
      if (exists === 'absent') return 'absent' as const
      const tags = await aws.buckets.tags(bucket)
      if (tags[environmentTag] === environment) return 'ours' as const
      // One that another teardown deletes at this moment has no tags either.
      return (await aws.buckets.exists(bucket)) === 'absent' ? ('absent' as const) : ('untagged' as const)
    },
    message => {
      reason = message
    },
  )
  return found ?? {unknown: reason}
}
