import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {clusterType} from '../../resources/ecs-services.js'
import {AwsError, modelled} from '../../wire/index.js'

/** Of a list, at most. */
const maxPage = 100

/** Holds the size of a page to what the lists allow. @throws InvalidParameterException */
export function checkPageSize(maxResults: number | undefined): void {
  if (maxResults === undefined || (maxResults >= 1 && maxResults <= maxPage)) return
  throw modelled('InvalidParameterException', `maxResults should be between 1 and ${maxPage}.`)
}

/** A cluster by name or ARN. */
export function findCluster(world: World, region: Region, reference: string): Resource | undefined {
  return world.resource(region, clusterType, reference.slice(reference.lastIndexOf('/') + 1))
}

/** @throws ClusterNotFoundException */
export function demandCluster(world: World, region: Region, reference: string): Resource {
  const cluster = findCluster(world, region, reference)
  if (!cluster) throw modelled('ClusterNotFoundException', 'Cluster not found.')
  return cluster
}

/** Source: ECS API reference, common errors of the list operations. */
export const invalidToken = () => new AwsError('InvalidParameterException', 'Invalid token.')
