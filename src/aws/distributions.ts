import type {Clients} from './clients.js'
import type {CloudFront} from './cloudfront-client.js'
import {isNamed} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'
import {type TaggedResource, withStack} from './tagged-resources.js'

/** CloudFront. */
export interface Distributions {
  /** Whether the account has any distribution. */
  exist(): Promise<boolean>
  /** The distributions with a tag, asked of CloudFront itself, one call for each distribution of the account. */
  withTag(key: string, value: string): Promise<readonly TaggedResource[]>
  /** A function of CloudFront by its name, and its tags; undefined when there is none. */
  functionNamed(name: string): Promise<NamedFunction | undefined>
}

/** A function of CloudFront; functions are not of a region. */
export interface NamedFunction extends TaggedResource {
  readonly tags: Readonly<Record<string, string>>
}

export function createDistributions(clients: Pick<Clients, 'cloudFront'>): Distributions {
  return {
    async exist() {
      const cloudFront = await clients.cloudFront()
      const {DistributionList: list} = await cloudFront.listDistributions({MaxItems: 1})
      return (list?.Items ?? []).length > 0
    },

    async withTag(key, value) {
      const cloudFront = await clients.cloudFront()
      const all = await allPages(async token => {
        const {DistributionList: list} = await cloudFront.listDistributions({Marker: token})
        return {items: list?.Items, token: list?.IsTruncated ? list.NextMarker : undefined}
      })
      const found: TaggedResource[] = []
      // One after another: CloudFront takes few calls a second.
      for (const {ARN: arn = ''} of all) {
        const tags = await tagsOf(cloudFront, arn)
        if (tags[key] === value) found.push(withStack(arn, tags))
      }
      return found
    },

    async functionNamed(name) {
      const cloudFront = await clients.cloudFront()
      const answer = await unlessAbsent(
        () => cloudFront.describeFunction({Name: name}),
        error => isNamed(error, 'NoSuchFunctionExists'),
        undefined,
      )
      const arn = answer?.FunctionSummary?.FunctionMetadata?.FunctionARN
      if (arn === undefined) return undefined
      const tags = await tagsOf(cloudFront, arn)
      return {...withStack(arn, tags), tags}
    },
  }
}

/** None of what has been deleted since, nor of what CloudFront has no tags of. */
async function tagsOf(cloudFront: CloudFront, arn: string): Promise<Readonly<Record<string, string>>> {
  const answer = await unlessAbsent(
    () => cloudFront.listTagsForResource({Resource: arn}),
    error => isNamed(error, 'NoSuchResource', 'InvalidArgument'),
    undefined,
  )
  const items = answer?.Tags?.Items ?? []
  return Object.fromEntries(items.flatMap(({Key, Value = ''}) => (Key === undefined ? [] : [[Key, Value]])))
}
