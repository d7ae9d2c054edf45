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
}

/** Resource Groups Tagging API. */
export interface TaggedResources {
  /** May lag behind by minutes, and lists some deleted resources for a while: check before acting on it. */
  withTag(key: string, value: string): Promise<readonly TaggedResource[]>
}

export function createTaggedResources(clients: Pick<Clients, 'tagging'>): TaggedResources {
  return {
    async withTag(key, value) {
      const tagging = await clients.tagging()
      const resources = await allPages(async token => {
        const page = await tagging.getResources({
          TagFilters: [{Key: key, Values: [value]}],
          ResourcesPerPage: 100,
          PaginationToken: token,
        })
        return {items: page.ResourceTagMappingList, token: page.PaginationToken}
      })
      return resources.flatMap(({ResourceARN}) => (ResourceARN ? [taggedResource(ResourceARN)] : []))
    },
  }
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
