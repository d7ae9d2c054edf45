import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {resourceStatusOf} from '../../resources/resource-status.js'
import {text, texts} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {clusterType, instancesOf} from './cluster-providers.js'
import {rdsPage} from './page.js'

const proxyType = 'AWS::RDS::DBProxy'
const groupType = 'AWS::RDS::DBProxyTargetGroup'

/** Where RDS Proxies lead to: each has one target group, `default`. Source: Amazon RDS API reference. */
export function proxyTargetOperations(world: World) {
  const groupsOf = (region: Region, name: string | undefined): Resource[] => {
    const proxy = name === undefined ? undefined : world.resource(region, proxyType, name.toLowerCase())
    if (!proxy) throw modelled('DBProxyNotFoundFault', `DB Proxy ${name} not found.`)
    return world
      .resourcesOf(region, groupType)
      .filter(({properties}) => text(properties.DBProxyName)?.toLowerCase() === proxy.physicalId)
  }
  const demandGroup = (region: Region, name: string | undefined): Resource => {
    const [group] = groupsOf(region, name)
    if (!group) throw modelled('DBProxyTargetGroupNotFoundFault', 'DB Proxy Target Group default not found.')
    return group
  }
  const clustersOf = (group: Resource) => texts(group.properties.DBClusterIdentifiers)
  /** A group that a stack no longer waits for is still at it. */
  const stateOf = (region: Region, group: Resource) =>
    resourceStatusOf(world, region, group) === 'CREATE_IN_PROGRESS'
      ? ('REGISTERING' as const)
      : ('AVAILABLE' as const)
  /** A cluster that is gone stays a target, without instances. */
  const membersOf = (region: Region, name: string): Resource[] => {
    const cluster = world.resource(region, clusterType, name.toLowerCase())
    return cluster ? instancesOf(world, region, cluster) : []
  }
  const entriesOf = (region: Region, group: Resource) =>
    clustersOf(group).flatMap(name => [
      {RdsResourceId: name, TrackedClusterId: name, Type: 'TRACKED_CLUSTER' as const},
      ...membersOf(region, name).map(instance => ({
        RdsResourceId: instance.physicalId,
        TrackedClusterId: name,
        Endpoint: text(instance.attributes['Endpoint.Address']),
        Type: 'RDS_INSTANCE' as const,
        TargetHealth: {State: stateOf(region, group)},
      })),
    ])
  return {
    DescribeDBProxyTargetGroups({DBProxyName: name, Marker, MaxRecords}, call) {
      const page = rdsPage(groupsOf(world.region(call.region), name), Marker, MaxRecords)
      return {
        TargetGroups: page.items.map(group => ({
          ...{DBProxyName: name, TargetGroupName: 'default', TargetGroupArn: group.physicalId},
          ...{IsDefault: true, Status: 'available', CreatedDate: new Date(group.createdAt)},
        })),
        Marker: page.next,
      }
    },
    DescribeDBProxyTargets({DBProxyName: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const all = groupsOf(region, name).flatMap(group => entriesOf(region, group))
      const page = rdsPage(all, Marker, MaxRecords)
      return {Targets: page.items, Marker: page.next}
    },
    RegisterDBProxyTargets({DBProxyName: name, DBClusterIdentifiers: added = []}, call) {
      const region = world.region(call.region)
      const group = demandGroup(region, name)
      const present = clustersOf(group)
      for (const each of added) {
        if (present.includes(each)) {
          throw modelled('DBProxyTargetAlreadyRegisteredFault', `Target ${each} is already registered.`)
        }
        if (!world.resource(region, clusterType, each.toLowerCase())) {
          throw modelled('DBClusterNotFoundFault', `DBCluster ${each} not found.`)
        }
      }
      // A copy: the stack's own record of the properties must not change with it.
      group.properties = {...group.properties, DBClusterIdentifiers: [...present, ...added]}
      return {DBProxyTargets: entriesOf(region, group)}
    },
    DeregisterDBProxyTargets({DBProxyName: name, DBClusterIdentifiers: removed = []}, call) {
      const group = demandGroup(world.region(call.region), name)
      const present = clustersOf(group)
      const unknown = removed.find(each => !present.includes(each))
      if (unknown !== undefined) {
        throw modelled('DBProxyTargetNotFoundFault', `Target ${unknown} is not registered.`)
      }
      const left = present.filter(each => !removed.includes(each))
      group.properties = {...group.properties, DBClusterIdentifiers: left}
      return {}
    },
  } satisfies Operations<'rds'>
}
