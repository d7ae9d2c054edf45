import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** AWS Cloud Map, which has the names of Service Connect. */
export interface CloudMap {
  /** Names of the services in a namespace, by its id (`ns-…`), in alphabetical order. */
  servicesIn(namespace: string): Promise<readonly string[]>
}

export function createCloudMap(clients: Pick<Clients, 'serviceDiscovery'>): CloudMap {
  return {
    async servicesIn(namespace) {
      const serviceDiscovery = await clients.serviceDiscovery()
      const all = await allPages(async token => {
        const page = await serviceDiscovery.listServices({
          Filters: [{Name: 'NAMESPACE_ID', Values: [namespace], Condition: 'EQ'}],
          NextToken: token,
        })
        return {items: page.Services, token: page.NextToken}
      })
      return all.flatMap(({Name}) => Name ?? []).sort()
    },
  }
}
