import {withDictionaries} from '../account/account.js'
import {VirtualClock} from '../account/virtual-clock.js'
import {World} from '../account/world.js'
import type {LambdaRuntime} from '../services/lambda/invocations.js'
import {handlerTables} from '../services/operations.js'
import {type Call, createDispatcher} from '../wire/index.js'
import {registerEvents} from './event-handlers.js'

/**
 * What a call would be answered, in a copy of the account that nobody sees again: refusals are what they would be, and
 * nothing of what is asked for is done.
 */
export async function pretend(world: World, call: Call, runtime: LambdaRuntime): Promise<unknown> {
  const account = withDictionaries(structuredClone(world.account))
  const copy = new World(account, new VirtualClock({speed: 'max', now: world.now}), world.key)
  registerEvents(copy, runtime)
  return createDispatcher(handlerTables(copy))(call)
}
