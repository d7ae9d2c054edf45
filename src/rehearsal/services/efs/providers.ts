import type {Resource} from '../../account/account.js'
import {serviceFailure} from '../../resources/failures.js'
import {isSettling} from '../../resources/going.js'
import {arn} from '../../resources/names.js'
import {nextPrivateAddress, subnetOf} from '../../resources/private-addresses.js'
import type {ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {record, text} from '../../resources/values.js'

/** File systems with their mount targets and access points. */
export const efsProviders: readonly ResourceProvider[] = [
  {
    type: 'AWS::EFS::FileSystem',
    create({world, region}) {
      const physicalId = `fs-${world.newHex(17)}`
      return {
        physicalId,
        attributes: {
          FileSystemId: physicalId,
          Arn: arn(world, region.name, 'elasticfilesystem', `file-system/${physicalId}`),
        },
      }
    },
    deleted({physicalId}, {world, region}) {
      // Its access points go with it.
      for (const point of world.resourcesOf(region, 'AWS::EFS::AccessPoint')) {
        if (point.properties.FileSystemId === physicalId) world.remove(region, point)
      }
    },
    blocksDeletion: ({physicalId}, {world, region}) =>
      world
        .resourcesOf(region, 'AWS::EFS::MountTarget')
        .some(({properties}) => properties.FileSystemId === physicalId)
        ? serviceFailure(
            world,
            'Efs',
            `The file system '${physicalId}' has mount targets and cannot be deleted.`,
            {status: 409},
          ).message
        : undefined,
  },
  {
    type: 'AWS::EFS::MountTarget',
    create(request) {
      const {world, region, properties} = request
      const fileSystem = fileSystemOf(request)
      const subnetId = text(properties.SubnetId) ?? ''
      const zone = subnetOf(world, region, subnetId).attributes.AvailabilityZone
      const inZone = world
        .resourcesOf(region, 'AWS::EFS::MountTarget')
        .some(({data}) => data.fileSystemId === fileSystem.physicalId && data.zone === zone)
      if (inZone) {
        throw serviceFailure(world, 'Efs', 'mount target already exists in this AZ', {
          status: 409,
          code: 'AlreadyExists',
        })
      }
      const physicalId = `fsmt-${world.newHex(17)}`
      return {
        physicalId,
        attributes: {
          Id: physicalId,
          IpAddress: text(properties.IpAddress) ?? nextPrivateAddress(world, region, subnetId),
        },
        data: {fileSystemId: fileSystem.physicalId, zone},
      }
    },
  },
  {
    type: 'AWS::EFS::AccessPoint',
    create(request) {
      const {world, region, properties} = request
      fileSystemOf(request)
      const path = text(record(properties.RootDirectory).Path) ?? '/'
      if (!path.startsWith('/')) {
        throw serviceFailure(world, 'Efs', `Invalid path: ${path}`, {code: 'InvalidRequest'})
      }
      const physicalId = `fsap-${world.newHex(17)}`
      return {
        physicalId,
        attributes: {
          AccessPointId: physicalId,
          Arn: arn(world, region.name, 'elasticfilesystem', `access-point/${physicalId}`),
        },
      }
    },
  },
]

function fileSystemOf({world, region, properties}: ProviderRequest): Resource {
  const id = text(properties.FileSystemId) ?? ''
  const fileSystem = world.resource(region, 'AWS::EFS::FileSystem', id)
  if (!fileSystem) {
    throw serviceFailure(world, 'Efs', `File system '${id}' does not exist.`, {status: 404, code: 'NotFound'})
  }
  // Source: EFS API reference, CreateMountTarget and CreateAccessPoint, IncorrectFileSystemLifeCycleState.
  if (isSettling(world, fileSystem)) {
    throw serviceFailure(world, 'Efs', `The file system '${id}' is not in the state available.`, {
      status: 409,
    })
  }
  return fileSystem
}
