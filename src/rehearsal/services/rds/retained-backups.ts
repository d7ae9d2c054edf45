import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {flag} from '../../resources/values.js'

/** The automated backups of a cluster that has gone, and was to leave them. */
export const retainedBackupType = 'mcpgw::RetainedBackup'

/** A cluster leaves its automated backups only when asked to. Source: Amazon RDS API reference, DeleteDBCluster. */
export function leaveBackups(world: World, region: Region, cluster: Resource): void {
  const {data, properties} = cluster
  if (flag(data.deleteBackups ?? properties.DeleteAutomatedBackups) !== false) return
  const {owner: _, ...kept} = cluster
  world.put(region, {...kept, type: retainedBackupType, data: {}})
}
