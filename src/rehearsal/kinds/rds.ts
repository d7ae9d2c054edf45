import type {Kind} from './kind.js'
import {clusterKinds} from './rds-cluster.js'
import {databaseGroupKinds} from './rds-groups.js'
import {proxyKinds} from './rds-proxy.js'

/** Aurora clusters, their instances and groups, and the RDS Proxy. */
export const rdsKinds: readonly Kind[] = [...databaseGroupKinds, ...clusterKinds, ...proxyKinds]
