import {parseArn} from '../../aws/arn.js'
import type {Existing} from '../../aws/existing/existing.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import {environmentTag} from '../../environment/names.js'
import type {Lineage, LineageResource} from './lineage.js'
import type {IsName} from './names.js'

/** By what something is known to be the environment's. */
export type Ground =
  | {readonly by: 'tag'}
  | {readonly by: 'stack'; readonly resource: LineageResource}
  | {readonly by: 'name'}
  /** It is in something of the environment, whoever made it. */
  | {readonly by: 'place'; readonly within: string}

/** What is known of an environment before anything is looked at. */
export interface Known {
  readonly environment: string
  readonly region: string
  readonly lineage: Lineage
  /** By ARN. */
  readonly tagged: ReadonlyMap<string, TaggedResource>
}

/**
 * By what `existing` is the environment's; undefined when it is not. A tag that names an environment decides, whatever the
 * name is; then the stacks that had it; then what it is in; then its whole name.
 */
export function groundOf(
  existing: Existing,
  {type, isName}: {readonly type: string | undefined; readonly isName: IsName | undefined},
  {environment, region, lineage, tagged}: Known,
): Ground | undefined {
  const {arn, id, name, tags, within = []} = existing
  const resource = lineage.resources.find(
    each => each.physicalId === id && (type === undefined || each.type === type),
  )
  const owner = tags?.[environmentTag]
  if (owner !== undefined && owner !== environment) return undefined
  const isTagged = owner === environment || tagged.has(arn)
  // What has no region may be of an environment of this name in another one.
  const stackId = tags?.['aws:cloudformation:stack-id'] ?? tagged.get(arn)?.stackId
  const isGlobal = parseArn(arn)?.region === ''
  if (isGlobal && stackId !== undefined && parseArn(stackId)?.region !== region) return undefined
  if (isTagged) return {by: 'tag'}
  if (resource !== undefined) return {by: 'stack', resource}
  const place = within.find(each => lineage.resources.some(({physicalId}) => physicalId === each))
  if (place !== undefined) return {by: 'place', within: place}
  return isName?.(name) ? {by: 'name'} : undefined
}
