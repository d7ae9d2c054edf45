import type {Clients} from './clients.js'
import {allPages} from './pages.js'
import {sdkErrorOf} from './sdk-error.js'

/** A secret, without its value. */
export interface SecretEntry {
  readonly name: string
  /** Epoch ms of the request to delete it; undefined for one that is in use. It holds its name until it is gone. */
  readonly deletedAt: number | undefined
}

/** Secrets Manager. A value that was read must not leave the process but where the user asks for it. */
export interface Secrets {
  /** Secrets whose names begin with `prefix`, those that wait for their deletion included. */
  withPrefix(prefix: string): Promise<readonly SecretEntry[]>
  /** The current value of a text secret; undefined where there is no such secret, or none with a value. */
  value(name: string): Promise<string | undefined>
  /** The current values of text secrets, by name, as far as one call gives them: of others, `value` says why not. */
  values(names: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Makes `value` the current one of a secret that exists. */
  putValue(name: string, value: string): Promise<void>
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
    async value(name) {
      const secrets = await clients.secrets()
      try {
        return (await secrets.getSecretValue({SecretId: name})).SecretString
      } catch (error) {
        if (sdkErrorOf(error).name === 'ResourceNotFoundException') return undefined
        throw error
      }
    },
    async values(names) {
      const secrets = await clients.secrets()
      try {
        const {SecretValues = []} = await secrets.batchGetSecretValue({SecretIdList: [...names]})
        return new Map(
          SecretValues.flatMap(({Name, SecretString}) =>
            Name !== undefined && SecretString !== undefined ? [[Name, SecretString] as const] : [],
          ),
        )
      } catch {
        return new Map()
      }
    },
    async putValue(name, value) {
      const secrets = await clients.secrets()
      await secrets.putSecretValue({SecretId: name, SecretString: value})
    },
  }
}
