import {serviceFailure} from '../../resources/failures.js'
import {arn, nameFor} from '../../resources/names.js'
import {subnetOf} from '../../resources/private-addresses.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {text, texts} from '../../resources/values.js'

/** RDS keeps its names in lower case. */
const naming = {maxLength: 255, lowerCase: true}

/** Subnet groups and cluster parameter groups. */
export const groupProviders: readonly ResourceProvider[] = [
  {
    type: 'AWS::RDS::DBSubnetGroup',
    create(request) {
      const {world, region, properties} = request
      const zones = new Set(
        texts(properties.SubnetIds).map(id => text(subnetOf(world, region, id).attributes.AvailabilityZone)),
      )
      if (zones.size < 2) {
        throw serviceFailure(
          world,
          'Rds',
          `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(', ')}. Add subnets to cover at least 2 AZs.`,
          {code: 'InvalidRequest'},
        )
      }
      const physicalId = nameFor(request, 'AWS::RDS::DBSubnetGroup', 'DBSubnetGroupName', naming)
      return {
        physicalId,
        attributes: {DBSubnetGroupArn: arn(world, region.name, 'rds', `subgrp:${physicalId}`)},
      }
    },
    blocksDeletion: ({physicalId}, {world, region}) => {
      const user = world
        .resourcesOf(region, 'AWS::RDS::DBCluster')
        .find(({properties}) => text(properties.DBSubnetGroupName)?.toLowerCase() === physicalId)
      return (
        user &&
        serviceFailure(
          world,
          'Rds',
          `Cannot delete the subnet group '${physicalId}' because at least one database instance: ${user.physicalId} is still using it.`,
        ).message
      )
    },
  },
  {
    type: 'AWS::RDS::DBClusterParameterGroup',
    create(request) {
      const physicalId = nameFor(
        request,
        'AWS::RDS::DBClusterParameterGroup',
        'DBClusterParameterGroupName',
        naming,
      )
      return {physicalId}
    },
    blocksDeletion: ({physicalId}, {world, region}) =>
      world
        .resourcesOf(region, 'AWS::RDS::DBCluster')
        .some(({properties}) => text(properties.DBClusterParameterGroupName)?.toLowerCase() === physicalId)
        ? serviceFailure(
            world,
            'Rds',
            `One or more database instances are still members of this parameter group ${physicalId}, so the group cannot be deleted`,
          ).message
        : undefined,
  },
]
