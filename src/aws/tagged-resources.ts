import type {ResourceGroupsTaggingAPI} from '@aws-sdk/client-resource-groups-tagging-api'
import {parseArn} from './arn.js'
import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** Something that carries a tag. */
export interface TaggedResource {
  readonly arn: string
  /** Service and type as the ARN names them: "ecs:cluster", "s3:bucket", "sns:topic". */
  readonly kind: string
  /** The last part of the ARN, without the type. */
  readonly name: string
  /** Id of the stack that made it, where CloudFormation tags it so. */
  readonly stackId?: string
}

/** Resource Groups Tagging API. */
export interface TaggedResources {
  /**
   * What a region shows. May lag behind by minutes, and lists some deleted resources for a while: check before acting
   * on it.
   */
  withTag(key: string, value: string): Promise<readonly TaggedResource[]>
  /**
   * Resources without a region, such as distributions, which one region of the partition shows (Resource Groups user
   * guide, "Supported resources"); of services with regions none.
   */
  globalWithTag(key: string, value: string): Promise<readonly TaggedResource[]>
}

/** Services without regions; a bucket's ARN has none either, but its own region shows it. */
const globalServices: readonly string[] = ['cloudfront', 'globalaccelerator', 'iam', 'route53']

export function createTaggedResources(clients: Pick<Clients, 'tagging' | 'globalTagging'>): TaggedResources {
  return {
    async withTag(key, value) {
      return listed(await clients.tagging(), key, value)
    },

    async globalWithTag(key, value) {
      const found = await listed(await clients.globalTagging(), key, value)
      return found.filter(({arn}) => globalServices.includes(parseArn(arn)?.service ?? ''))
    },
  }
}

/** All that has a tag in the region of a client. @param types of the Tagging API's filter; everything without it */
export async function listed(
  tagging: ResourceGroupsTaggingAPI,
  key: string,
  value: string,
  types?: string[],
): Promise<readonly TaggedResource[]> {
  const resources = await allPages(async token => {
    const page = await tagging.getResources({
      TagFilters: [{Key: key, Values: [value]}],
      ...(types === undefined ? {} : {ResourceTypeFilters: types}),
      ResourcesPerPage: 100,
      PaginationToken: token,
    })
    return {items: page.ResourceTagMappingList, token: page.PaginationToken}
  })
  return resources.flatMap(({ResourceARN, Tags = []}) => {
    if (!ResourceARN) return []
    return [withStack(ResourceARN, Object.fromEntries(Tags.map(tag => [tag.Key, tag.Value ?? ''])))]
  })
}

/** What an ARN and the tags of CloudFormation say of a resource. */
export function withStack(arn: string, tags: Readonly<Record<string, string>>): TaggedResource {
  const stackId = tags['aws:cloudformation:stack-id']
  return {...taggedResource(arn), ...(stackId === undefined ? {} : {stackId})}
}

/** Reads kind and name from the ARN's three forms: `type/name`, `type:name` and `name` alone. */
export function taggedResource(arn: string): TaggedResource {
  const {service = '', resource = arn} = parseArn(arn) ?? {}
  const split = /^([a-z][a-z-]*)[/:](.+)$/.exec(resource)
  const type = split?.[1] ?? soleTypes[service]
  return {arn, kind: type ? `${service}:${type}` : service, name: split?.[2] ?? resource}
}

/** Services whose ARNs leave the type out. */
const soleTypes: Readonly<Record<string, string>> = {s3: 'bucket', sns: 'topic', sqs: 'queue'}
