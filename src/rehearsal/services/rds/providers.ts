import type {ResourceProvider} from '../../resources/resource-provider.js'
import {clusterProviders} from './cluster-providers.js'
import {groupProviders} from './group-providers.js'
import {proxyProviders} from './proxy-providers.js'

/** Aurora clusters, their instances and groups, and the RDS Proxy. */
export const rdsProviders: readonly ResourceProvider[] = [
  ...groupProviders,
  ...clusterProviders,
  ...proxyProviders,
]
