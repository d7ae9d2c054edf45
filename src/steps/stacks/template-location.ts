import type {StackDescription} from '../../aws/stack-data.js'

/** Names a template bucket that no parameter of the stack names (layout individual): `s3://bucket/prefix/`. */
export const templatesTag = 'mcpgw:templates'

/** Where a stack's templates were uploaded. */
export interface UsedLocation {
  bucket: string
  /** The user's prefix, without the folder that is named after the content. */
  base: string
  /** With that folder. */
  full: string
}

/** The root stack says it in its parameters, an individual stack in its tag; undefined when neither does. */
export function usedLocation(stack: Pick<StackDescription, 'parameters' | 'tags'>): UsedLocation | undefined {
  const {TemplateS3Bucket: rootBucket, TemplateS3Prefix: rootPrefix = ''} = stack.parameters
  const [, tagBucket, tagPrefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(stack.tags[templatesTag] ?? '') ?? []
  const bucket = rootBucket || tagBucket
  if (bucket === undefined) return undefined
  const full = rootBucket ? rootPrefix : tagPrefix
  return {bucket, full, base: full.replace(/[0-9a-f]{12}\/$/, '')}
}
