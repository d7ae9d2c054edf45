import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'

/** A deletion that a service has begun and finishes by itself; times are epoch milliseconds of the account's time. */
export interface Going {
  since: number
  /** When it is looked at whether the resource can vanish. */
  until: number
}

/** The deletion that is under way at the service; undefined for a resource that stays, or that a stack's own row deletes. */
export function goingOf({data}: Resource): Going | undefined {
  return data.going as Going | undefined
}

/** The service begins to delete a resource: it shows as going, and vanishes after `seconds`, if what it needs allows it. */
export function beginGoing(world: World, region: Region, resource: Resource, seconds: number): void {
  const since = goingOf(resource)?.since ?? world.now
  const going: Going = {since, until: world.now + Math.max(0, seconds) * 1000}
  resource.data.going = going
  world.schedule('resource.vanish', seconds, region.name, {
    type: resource.type,
    physicalId: resource.physicalId,
    until: going.until,
  })
}

/** A deletion has come to nothing: the resource stays as it was. */
export function stay(resource: Resource): void {
  delete resource.data.going
}

/** A creation that a stack no longer waits for: until when the service is at it, as epoch milliseconds. */
export function settleInBackground(world: World, resource: Resource, seconds: number): void {
  resource.data.settling = world.now + seconds * 1000
}

/** Whether a resource that an express operation made is not ready yet. */
export function isSettling(world: World, {data}: Resource): boolean {
  return Number(data.settling ?? 0) > world.now
}
