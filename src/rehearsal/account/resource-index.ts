import type {Region, Resource} from './account.js'

/**
 * The resources of each region by type, which is how nearly everybody asks for them. A type is gathered when it is
 * first asked for.
 */
export class ResourceIndex {
  readonly #regions = new WeakMap<Region['resources'], Map<string, Map<string, Resource>>>()

  /** Oldest first. */
  ofType(region: Region, type: string): Resource[] {
    const types = this.#regions.get(region.resources) ?? new Map<string, Map<string, Resource>>()
    this.#regions.set(region.resources, types)
    const found =
      types.get(type) ?? new Map(Object.entries(region.resources).filter(([, each]) => each.type === type))
    types.set(type, found)
    return [...found.values()]
  }

  added(region: Region, key: string, resource: Resource): void {
    this.#regions.get(region.resources)?.get(resource.type)?.set(key, resource)
  }

  removed(region: Region, key: string, {type}: Resource): void {
    this.#regions.get(region.resources)?.get(type)?.delete(key)
  }
}
