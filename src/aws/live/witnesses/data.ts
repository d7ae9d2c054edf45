import {allPages} from '../../pages.js'
import type {Witness} from '../witness.js'

/** A cluster of databases names its instances. */
const clusters: Witness = {
  types: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  async ask(clients, ids, sightings) {
    if (ids('AWS::RDS::DBCluster').length === 0) return
    const rds = await clients.rds()
    const all = await allPages(async token => {
      const page = await rds.describeDBClusters({Marker: token})
      return {items: page.DBClusters, token: page.Marker}
    })
    for (const {DBClusterIdentifier, DBClusterMembers = []} of all) {
      sightings.add('AWS::RDS::DBCluster', DBClusterIdentifier)
      for (const {DBInstanceIdentifier} of DBClusterMembers)
        sightings.add('AWS::RDS::DBInstance', DBInstanceIdentifier)
    }
  },
}

/** Proxies are known by name, which their target groups and targets are asked for by. */
const proxies: Witness = {
  types: ['AWS::RDS::DBProxy', 'AWS::RDS::DBProxyTargetGroup'],
  async ask(clients, ids, sightings) {
    const rds = await clients.rds()
    await Promise.all(
      ids('AWS::RDS::DBProxy').map(async DBProxyName => {
        const [{TargetGroups = []}, {Targets = []}] = await Promise.all([
          rds.describeDBProxyTargetGroups({DBProxyName}),
          rds.describeDBProxyTargets({DBProxyName}),
        ])
        sightings.add('AWS::RDS::DBProxy', DBProxyName)
        // Without targets it is looked at once more, by itself.
        if (Targets.length === 0) return
        for (const {TargetGroupArn} of TargetGroups)
          sightings.add('AWS::RDS::DBProxyTargetGroup', TargetGroupArn)
      }),
    )
  },
}

export const dataWitnesses: readonly Witness[] = [clusters, proxies]
