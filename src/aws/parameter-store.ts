import type {Clients} from './clients.js'
import {allPages, batches} from './pages.js'

/** Systems Manager's parameters; values are never read. */
export interface ParameterStore {
  /** Those of `names` that exist. */
  existing(names: readonly string[]): Promise<readonly string[]>
}

/** A filter takes this many values. Source: Systems Manager API reference, ParameterStringFilter. */
const namesPerCall = 50

export function createParameterStore(clients: Pick<Clients, 'ssm'>): ParameterStore {
  return {
    async existing(names) {
      const ssm = await clients.ssm()
      const found = await Promise.all(
        batches(names, namesPerCall).map(batch =>
          allPages(async token => {
            const page = await ssm.describeParameters({
              ParameterFilters: [{Key: 'Name', Option: 'Equals', Values: [...batch]}],
              MaxResults: 50,
              NextToken: token,
            })
            return {items: page.Parameters, token: page.NextToken}
          }),
        ),
      )
      return found.flat().flatMap(({Name}) => Name ?? [])
    },
  }
}
