import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** A secret, without its value. */
export interface SecretEntry {
  readonly name: string
  /** Epoch ms of the request to delete it; undefined for one that is in use. It holds its name until it is gone. */
  readonly deletedAt: number | undefined
}

/** Secrets Manager; values are never read. */
export interface Secrets {
  /** Secrets whose names begin with `prefix`, those that wait for their deletion included. */
  withPrefix(prefix: string): Promise<readonly SecretEntry[]>
}

export function createSecrets(clients: Pick<Clients, 'secrets'>): Secrets {
  return {
    async withPrefix(prefix) {
      const secrets = await clients.secrets()
      const all = await allPages(async token => {
        const page = await secrets.listSecrets({
          IncludePlannedDeletion: true,
          Filters: [{Key: 'name', Values: [prefix]}],
          MaxResults: 100,
          NextToken: token,
        })
        return {items: page.SecretList, token: page.NextToken}
      })
      return all.map(({Name = '', DeletedDate}) => ({name: Name, deletedAt: DeletedDate?.getTime()}))
    },
  }
}
