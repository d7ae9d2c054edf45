import {createHash} from 'node:crypto'
import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {pageOf} from '../../resources/paging.js'
import {record, records, text} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {distributionType} from './distributions.js'

/** Source: CloudFront API reference, ListFunctions. */
const defaultPage = 100

/** Of every region: the account's functions are everywhere. */
export function functionsOf(world: World): readonly Resource[] {
  return ofEveryRegion(world, 'AWS::CloudFront::Function')
}

function ofEveryRegion(world: World, type: string): readonly Resource[] {
  return Object.values(world.account.regions).flatMap(region => world.resourcesOf(region, type))
}

/** Takes away what has no region from the one that holds it here. */
export function removeEverywhere(world: World, resource: Resource): void {
  for (const region of Object.values(world.account.regions))
    if (world.resourcesOf(region, resource.type).includes(resource)) world.remove(region, resource)
}

/** @throws what CloudFront says when a change does not name the version that it knows */
export function checkMatch(given: string | undefined, known: string): void {
  if (given === undefined) {
    throw modelled('InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.')
  }
  if (given !== known) {
    throw modelled(
      'PreconditionFailed',
      'The request failed because it did not meet the preconditions in one or more request-header fields.',
    )
  }
}

/** CloudFront Functions, as far as looking at one and deleting it goes. Source: CloudFront API reference. */
export function functionOperations(world: World) {
  const demand = (name: string | undefined) => {
    const found = functionsOf(world).find(({properties}) => properties.Name === name)
    if (!found) throw modelled('NoSuchFunctionExists', 'The specified function does not exist.')
    return found
  }
  const summary = (found: Resource, stage: 'DEVELOPMENT' | 'LIVE' = 'DEVELOPMENT') => {
    const config = record(found.properties.FunctionConfig)
    return {
      Name: text(found.properties.Name),
      Status: isInUse(world, found) ? 'DEPLOYED' : 'UNASSOCIATED',
      FunctionConfig: {
        Comment: text(config.Comment) ?? '',
        Runtime:
          config.Runtime === 'cloudfront-js-1.0'
            ? ('cloudfront-js-1.0' as const)
            : ('cloudfront-js-2.0' as const),
      },
      FunctionMetadata: {
        FunctionARN: found.physicalId,
        Stage: stage,
        CreatedTime: new Date(found.createdAt),
        LastModifiedTime: new Date(found.createdAt),
      },
    }
  }
  return {
    DescribeFunction({Name, Stage}) {
      const found = demand(Name)
      return {ETag: etagOf(found), FunctionSummary: summary(found, Stage)}
    },

    ListFunctions({Marker, MaxItems, Stage}) {
      const size = Number(MaxItems ?? defaultPage)
      const page = pageOf(functionsOf(world), Marker, size, () =>
        modelled('InvalidArgument', 'The parameter Marker is invalid.'),
      )
      return {
        FunctionList: {
          MaxItems: size,
          Quantity: page.items.length,
          NextMarker: page.next,
          Items: page.items.map(found => summary(found, Stage)),
        },
      }
    },

    DeleteFunction({Name, IfMatch}) {
      const found = demand(Name)
      checkMatch(IfMatch, etagOf(found))
      if (isInUse(world, found)) {
        throw modelled(
          'FunctionInUse',
          'Cannot delete the function, it is in use by one or more distributions.',
        )
      }
      removeEverywhere(world, found)
    },
  } satisfies Operations<'cloudfront'>
}

/** A version of the code. */
function etagOf({properties}: Resource): string {
  const hash = createHash('sha256').update(text(properties.FunctionCode) ?? '')
  return `E${hash.digest('hex').slice(0, 12).toUpperCase()}`
}

function isInUse(world: World, found: Resource): boolean {
  return ofEveryRegion(world, distributionType).some(distribution => uses(distribution, found))
}

function uses({properties}: Resource, {physicalId}: Resource): boolean {
  const {DefaultCacheBehavior} = record(properties.DistributionConfig)
  const associations = records(record(DefaultCacheBehavior).FunctionAssociations)
  return associations.some(({FunctionARN}) => FunctionARN === physicalId)
}
