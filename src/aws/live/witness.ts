import type {Clients} from '../clients.js'
import {type LiveState, there} from './state.js'

/** What was seen of resources, by type and physical id, on whatever occasion: it proves that they are there. */
export class Sightings {
  readonly #byType = new Map<string, Map<string, LiveState>>()

  /** An id that AWS did not tell is none. */
  add(type: string, id: string | undefined, state: LiveState = there): void {
    if (!id) return
    const ofType = this.#byType.get(type) ?? new Map<string, LiveState>()
    this.#byType.set(type, ofType.set(id, state))
  }

  of(type: string): ReadonlyMap<string, LiveState> {
    return this.#byType.get(type) ?? new Map()
  }
}

/** The physical ids of a type's resources. */
export type IdsOf = (type: string) => readonly string[]

/**
 * A call or two that tell of many resources, of several types: an association of a subnet tells of the subnet, a member of
 * a cluster of the cluster. What they tell of is there, as it cannot be told of otherwise. About what they do not tell
 * of they say nothing: that is asked for by itself.
 */
export interface Witness {
  /** The types that it may tell of. */
  readonly types: readonly string[]
  ask(clients: Clients, ids: IdsOf, sightings: Sightings): Promise<void>
}
