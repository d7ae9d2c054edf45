import type {Region} from '../account/account.js'
import type {EventData} from '../account/event-data.js'
import type {World} from '../account/world.js'
import {endsInVain} from '../faults/resource-faults.js'
import {beginGoing, goingOf, stay} from '../resources/going.js'
import {requestOf} from './provider-request.js'
import {providerOf} from './providers.js'

/**
 * A deletion that no stack waits for has had its time: the resource vanishes, takes longer because of what it waits for, or
 * stays because the deletion failed.
 */
export function vanish(
  world: World,
  region: Region,
  {type, physicalId, until}: EventData['resource.vanish'],
): void {
  const resource = world.resource(region, type, physicalId)
  if (!resource || goingOf(resource)?.until !== until) return
  if (endsInVain(world, region, resource)) return stay(resource)
  const provider = providerOf(world, type)
  const request = requestOf(world, region, resource)
  const progress = provider?.stabilized?.(resource, request, 'delete') ?? {state: 'ready'}
  if (progress.state === 'waiting') return beginGoing(world, region, resource, progress.seconds)
  if (progress.state === 'failed') return stay(resource)
  world.remove(region, resource)
  provider?.deleted?.(resource, request)
}
