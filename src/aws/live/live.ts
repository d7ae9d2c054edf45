import type {Clients} from '../clients.js'
import {balancingLooks} from './balancing.js'
import {computeLooks} from './compute.js'
import {dataLooks} from './data.js'
import {identityLooks} from './identity.js'
import {namingLooks} from './naming.js'
import {networkLooks} from './network.js'
import {type Rival, rivalsByType} from './rivals.js'
import {routingLooks} from './routing.js'
import type {LiveState, Look, Wanted} from './state.js'
import {type IdsOf, Sightings} from './witness.js'
import {computeWitnesses} from './witnesses/compute.js'
import {dataWitnesses} from './witnesses/data.js'
import {identityWitnesses} from './witnesses/identity.js'
import {networkWitnesses} from './witnesses/network.js'

export type {Rival} from './rivals.js'
export type {Conflict, LiveState, Routes, Wanted, WantedImages} from './state.js'
export type {IdsOf, Sightings} from './witness.js'

/** What the services themselves know of resources: CloudFormation knows only what it made of them. */
export interface Live {
  /** The resource types that can be looked at. */
  readonly types: readonly string[]
  /** The first of the types that one look finds with this one: whoever asks for all of them at once saves calls. */
  groupOf(type: string): string
  /**
   * Asks the calls that tell of many resources at once, all at the same time, and gives what they tell of a type, by
   * physical id. What is not told of may be there all the same: `look` knows. A call that fails tells of nothing.
   */
  witnessed(ids: IdsOf): (type: string) => Promise<ReadonlyMap<string, LiveState>>
  /**
   * What is there of a type's resources, by the physical ids that CloudFormation has; one that is not in the answer is
   * not there. A call or two for each type, where the service can be asked for several.
   */
  look(type: string, ids: readonly string[], wanted?: Wanted): Promise<ReadonlyMap<string, LiveState>>
  /**
   * What stands in the place of a resource that is gone, so that it cannot be made again; undefined when nothing does.
   * @param properties what the template gives it
   * @param own the physical ids that the stacks have of this type
   */
  rival(
    type: string,
    properties: Readonly<Record<string, unknown>>,
    own: readonly string[],
  ): Promise<Rival | undefined>
}

const looks: Readonly<Record<string, Look>> = {
  ...computeLooks,
  ...balancingLooks,
  ...identityLooks,
  ...dataLooks,
  ...networkLooks,
  ...routingLooks,
  ...namingLooks,
}

const nothingWanted: Wanted = {images: new Map(), zones: []}

const witnesses = [...networkWitnesses, ...identityWitnesses, ...dataWitnesses, ...computeWitnesses]

export function createLive(clients: Clients): Live {
  return {
    types: Object.keys(looks),
    groupOf: type => Object.keys(looks).find(other => looks[other] === looks[type]) ?? type,
    witnessed(ids) {
      const sightings = new Sightings()
      // Whatever keeps one from telling keeps nobody from looking.
      const told = witnesses.map(({types, ask}) => ({
        types,
        asked: ask(clients, ids, sightings).catch(() => {}),
      }))
      return async type => {
        await Promise.all(told.flatMap(({types, asked}) => (types.includes(type) ? [asked] : [])))
        return sightings.of(type)
      }
    },
    async look(type, ids, wanted = nothingWanted) {
      const look = looks[type]
      if (look === undefined) throw new Error(`No way to look at resources of type ${type}`)
      return ids.length === 0 ? new Map() : look(clients, ids, wanted)
    },
    rival: async (type, properties, own) => rivalsByType[type]?.(clients, properties, own),
  }
}
