import type {World} from '../account/world.js'
import type {Progress} from './resource-provider.js'

/** Ready from a moment on, in epoch milliseconds of the account's time. */
export function readyAt(world: World, at: number): Progress {
  return at <= world.now ? {state: 'ready'} : {state: 'waiting', seconds: (at - world.now) / 1000}
}
