import type {Clients} from '../clients.js'
import {containerReaders} from './containers.js'
import {databaseReaders} from './databases.js'
import {edgeReaders} from './edge.js'
import {networkReaders} from './network.js'
import type {Existing, Reader, Sought} from './reader.js'
import {securedReaders} from './secured.js'

export type {Existing, Sought} from './reader.js'

/** What the services themselves list: the tagging API lags behind them, and does not know every kind. */
export interface ExistingThings {
  /** The kinds that can be listed, as ARNs name them. */
  readonly kinds: readonly string[]
  /** What there is of a kind: of the whole account where a list can be had, else what the environment may have had. */
  list(kind: string, sought: Sought): Promise<readonly Existing[]>
}

const readers: Readonly<Record<string, Reader>> = {
  ...databaseReaders,
  ...containerReaders,
  ...edgeReaders,
  ...securedReaders,
  ...networkReaders,
}

export function createExistingThings(clients: Clients): ExistingThings {
  return {
    kinds: Object.keys(readers),
    async list(kind, sought) {
      const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined
      if (reader === undefined) throw new Error(`No way to list ${kind}`)
      return reader(clients, sought)
    },
  }
}
