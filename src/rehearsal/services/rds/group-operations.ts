import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {arn} from '../../resources/names.js'
import {text, texts} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {rdsPage} from './page.js'

/** Subnet groups and cluster parameter groups, as they are read. Source: Amazon RDS API reference. */
export function groupOperations(world: World) {
  const named = (region: Region, type: string, name: string | undefined, missing: () => Error) => {
    const all = world.resourcesOf(region, type)
    if (name === undefined) return all
    const found = all.filter(({physicalId}) => physicalId === name.toLowerCase())
    if (found.length === 0) throw missing()
    return found
  }
  const arnOfGroup = (region: Region, kind: string, {physicalId}: Resource) =>
    arn(world, region.name, 'rds', `${kind}:${physicalId}`)
  return {
    DescribeDBSubnetGroups({DBSubnetGroupName: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const missing = () =>
        modelled('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`)
      const page = rdsPage(named(region, 'AWS::RDS::DBSubnetGroup', name, missing), Marker, MaxRecords)
      return {
        DBSubnetGroups: page.items.map(group => ({
          DBSubnetGroupName: group.physicalId,
          DBSubnetGroupDescription: text(group.properties.DBSubnetGroupDescription),
          DBSubnetGroupArn: arnOfGroup(region, 'subgrp', group),
          SubnetGroupStatus: 'Complete',
          Subnets: texts(group.properties.SubnetIds).map(SubnetIdentifier => ({
            SubnetIdentifier,
            SubnetStatus: 'Active',
          })),
        })),
        Marker: page.next,
      }
    },

    DescribeDBClusterParameterGroups({DBClusterParameterGroupName: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const missing = () =>
        modelled('DBParameterGroupNotFoundFault', `DBClusterParameterGroup not found: ${name}`)
      const page = rdsPage(
        named(region, 'AWS::RDS::DBClusterParameterGroup', name, missing),
        Marker,
        MaxRecords,
      )
      return {
        DBClusterParameterGroups: page.items.map(group => ({
          DBClusterParameterGroupName: group.physicalId,
          DBParameterGroupFamily: text(group.properties.Family),
          Description: text(group.properties.Description),
          DBClusterParameterGroupArn: arnOfGroup(region, 'cluster-pg', group),
        })),
        Marker: page.next,
      }
    },
  } satisfies Operations<'rds'>
}
