import type {Kind} from '../../resources/resource-provider.js'
import {clusterKinds} from './cluster-providers.js'
import {databaseGroupKinds} from './group-providers.js'
import {proxyKinds} from './proxy-providers.js'

/** Aurora clusters, their instances and groups, and the RDS Proxy. */
export const rdsKinds: readonly Kind[] = [...databaseGroupKinds, ...clusterKinds, ...proxyKinds]
