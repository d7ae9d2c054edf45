import type {Region} from './account.js'
import type {Stack} from './stack.js'
import type {World} from './world.js'

/** One stack, the region that it is in and the account: what nearly every function of the engine works on. */
export interface StackContext {
  world: World
  region: Region
  stack: Stack
}
