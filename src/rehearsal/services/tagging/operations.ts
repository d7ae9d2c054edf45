import type {World} from '../../account/world.js'
import {activeFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'
import {arnOf} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {schemaOf} from '../../resources/resource-schema.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'

/** Services without regions, whose resources this API shows in us-east-1 only. */
const globalServices: readonly string[] = ['AWS::IAM::', 'AWS::CloudFront::', 'AWS::Route53::']
/** Source: Resource Groups user guide, "Supported resources": roles and users are not among them. */
const unsupported: readonly string[] = ['AWS::IAM::Role', 'AWS::IAM::User']
/** Types that can be tagged but have no schema here. */
const taggableBesides: readonly string[] = [
  'AWS::EC2::Snapshot',
  'AWS::RDS::DBClusterSnapshot',
  'AWS::RDS::DBSnapshot',
]
const maxPage = 100

interface Tagged {
  arn: string
  tags: Record<string, string>
}

/** Tags over all services. Source: Resource Groups Tagging API reference. */
export function taggingOperations(world: World) {
  return {
    GetResources(input, call) {
      const perPage = input.ResourcesPerPage ?? input.TagsPerPage ?? 50
      if (perPage < 1 || (input.ResourcesPerPage !== undefined && perPage > maxPage)) {
        throw modelled('InvalidParameterException', 'ResourcesPerPage must be between 1 and 100.')
      }
      if (input.ResourceARNList?.length && (input.TagFilters?.length || input.ResourceTypeFilters?.length)) {
        throw modelled(
          'InvalidParameterException',
          'ResourceARNList cannot be combined with TagFilters or ResourceTypeFilters.',
        )
      }
      const found = taggedResources(world, call.region)
        .filter(({arn}) => input.ResourceARNList?.includes(arn) ?? true)
        .filter(({arn}) => input.ResourceTypeFilters?.some(filter => isOfType(arn, filter)) ?? true)
        .filter(({tags}) =>
          (input.TagFilters ?? []).every(({Key, Values}) => {
            const value = tags[Key ?? '']
            return value !== undefined && (!Values?.length || Values.includes(value))
          }),
        )
      const page = pageOf(found, input.PaginationToken || undefined, perPage)
      return {
        ResourceTagMappingList: page.items.map(({arn, tags}) => ({
          ResourceARN: arn,
          Tags: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
        })),
        PaginationToken: page.next ?? '',
      }
    },

    GetTagKeys(input, call) {
      const keys = new Set(taggedResources(world, call.region).flatMap(({tags}) => Object.keys(tags)))
      const page = pageOf([...keys].sort(), input.PaginationToken || undefined, maxPage)
      return {TagKeys: page.items, PaginationToken: page.next ?? ''}
    },

    GetTagValues(input, call) {
      const key = input.Key ?? ''
      const values = new Set(taggedResources(world, call.region).flatMap(({tags}) => tags[key] ?? []))
      const page = pageOf([...values].sort(), input.PaginationToken || undefined, maxPage)
      return {TagValues: page.items, PaginationToken: page.next ?? ''}
    },
  } satisfies Operations<'tagging'>
}

/** Everything with tags that a region shows: stacks, resources and buckets; global services in us-east-1. */
function taggedResources(world: World, regionName: string): Tagged[] {
  const isForgotten = (type: string) =>
    activeFault(world, 'forget-tags', regionName, ({where}) => fits(where, type)) !== undefined
  const all = Object.values(world.account.regions)
  const resources = all.flatMap(region =>
    Object.values(region.resources)
      .filter(({type}) => (isGlobal(type) ? regionName === 'us-east-1' : region.name === regionName))
      .filter(({type}) => isTaggable(type) && !isForgotten(type))
      .flatMap(resource => {
        const arn = arnOf(world, region, resource)
        return arn === undefined ? [] : [{arn, tags: resource.tags}]
      }),
  )
  const stacks = Object.values(world.account.regions[regionName]?.stacks ?? {})
    .filter(({status}) => status !== 'DELETE_COMPLETE' && !isForgotten('AWS::CloudFormation::Stack'))
    .map(({id, tags}) => ({arn: id, tags}))
  const buckets = Object.values(world.account.buckets)
    .filter(({region}) => region === regionName && !isForgotten('AWS::S3::Bucket'))
    .map(({name, tags}) => ({arn: `arn:aws:s3:::${name}`, tags}))
  return [...stacks, ...resources, ...buckets].filter(({tags}) => Object.keys(tags).length > 0)
}

/** Buckets are listed from the account, so that those made through the API are there and none is there twice. */
function isTaggable(type: string): boolean {
  if (type === 'AWS::S3::Bucket' || unsupported.includes(type)) return false
  return taggableBesides.includes(type) || schemaOf(type)?.tags !== undefined
}

function isGlobal(type: string): boolean {
  return globalServices.some(prefix => type.startsWith(prefix))
}

/** `service` or `service:resource-type`, as in `ec2:subnet`. */
function isOfType(arn: string, filter: string): boolean {
  const [service, resourceType] = filter.split(':')
  const [, , arnService, , , ...rest] = arn.split(':')
  if (service !== arnService) return false
  return resourceType === undefined || rest.join(':').split(/[:/]/)[0] === resourceType
}
