import type {World} from '../account/world.js'
import type {ResourceProvider} from '../resources/resource-provider.js'

/** Finds the provider of a resource type; undefined for a type that the account cannot make. */
export type ProviderLookup = (type: string) => ResourceProvider | undefined

const lookups = new WeakMap<World, ProviderLookup>()

/** Tells the engine who makes the resources of an account: it knows no service itself. */
export function useProviders(world: World, lookup: ProviderLookup): void {
  lookups.set(world, lookup)
}

/** The provider of a resource type in an account, or undefined for a type that the account cannot make. */
export function providerOf(world: World, type: string): ResourceProvider | undefined {
  return lookups.get(world)?.(type)
}
