import {typicalSeconds} from '../../../durations.js'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {beginGoing} from '../../resources/going.js'
import {pageOf} from '../../resources/paging.js'
import {isBeingDeleted, resourceStatusOf} from '../../resources/resource-status.js'
import {about} from '../../resources/timing.js'
import {flag, record, records, text, texts} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'

const fileSystemType = 'AWS::EFS::FileSystem'
const mountTargetType = 'AWS::EFS::MountTarget'
const accessPointType = 'AWS::EFS::AccessPoint'
/** Things in a page. Source: EFS API reference, MaxItems and MaxResults. */
const largestPage = 100

/** Amazon EFS, as far as reading and deleting goes. Source: Amazon EFS API reference. */
export function efsOperations(world: World) {
  const find = (region: Region, type: string, id: string | undefined) =>
    world
      .resourcesOf(region, type)
      .find(({physicalId, attributes}) => [physicalId, attributes.Arn].includes(id))
  const demandFileSystem = (region: Region, id: string | undefined) => {
    const found = find(region, fileSystemType, id)
    if (!found) throw refusal('FileSystemNotFound', `File system '${id}' does not exist.`)
    return found
  }
  const demandMountTarget = (region: Region, id: string | undefined) => {
    const found = find(region, mountTargetType, id)
    if (!found) throw refusal('MountTargetNotFound', `Mount target '${id}' does not exist.`)
    return found
  }
  const demandAccessPoint = (region: Region, id: string | undefined) => {
    const found = find(region, accessPointType, id)
    if (!found) throw refusal('AccessPointNotFound', `Access point '${id}' does not exist.`)
    return found
  }
  /** It shows as `deleting` for as long as CloudFormation waits for its kind. A second request changes nothing. */
  const begin = (region: Region, resource: Resource) => {
    if (isBeingDeleted(world, region, resource)) return
    const {delete: seconds} = typicalSeconds(resource.type)
    beginGoing(world, region, resource, about(world, seconds, resource.physicalId, 'delete'))
  }
  const mountTargetsOf = (region: Region, {physicalId}: Resource) =>
    world.resourcesOf(region, mountTargetType).filter(({data}) => data.fileSystemId === physicalId)
  return {
    DescribeFileSystems({FileSystemId, CreationToken, Marker, MaxItems}, call) {
      const region = world.region(call.region)
      const all =
        FileSystemId === undefined
          ? world.resourcesOf(region, fileSystemType)
          : [demandFileSystem(region, FileSystemId)]
      const found = all.filter(
        ({data}) => CreationToken === undefined || data.creationToken === CreationToken,
      )
      const page = efsPage(found, Marker, MaxItems)
      return {
        FileSystems: page.items.map(fileSystem => ({
          OwnerId: world.account.id,
          CreationToken: text(fileSystem.data.creationToken) ?? fileSystem.physicalId,
          FileSystemId: fileSystem.physicalId,
          FileSystemArn: text(fileSystem.attributes.Arn),
          CreationTime: new Date(fileSystem.createdAt),
          LifeCycleState: stateOf(world, region, fileSystem),
          Name: fileSystem.tags.Name,
          NumberOfMountTargets: mountTargetsOf(region, fileSystem).length,
          SizeInBytes: {Value: 6144},
          PerformanceMode: (text(fileSystem.properties.PerformanceMode) ??
            'generalPurpose') as 'generalPurpose',
          Encrypted: flag(fileSystem.properties.Encrypted) ?? false,
          KmsKeyId: text(fileSystem.properties.KmsKeyId),
          ThroughputMode: (text(fileSystem.properties.ThroughputMode) ?? 'bursting') as 'bursting',
          Tags: tagList(fileSystem.tags),
        })),
        Marker,
        NextMarker: page.next,
      }
    },

    DescribeMountTargets({FileSystemId, MountTargetId, AccessPointId, Marker, MaxItems}, call) {
      const region = world.region(call.region)
      const given = [FileSystemId, MountTargetId, AccessPointId].filter(id => id !== undefined)
      if (given.length !== 1) {
        throw refusal(
          'BadRequest',
          'Exactly one of FileSystemId, MountTargetId and AccessPointId must be given.',
        )
      }
      const found =
        MountTargetId === undefined
          ? mountTargetsOf(
              region,
              demandFileSystem(
                region,
                FileSystemId ?? text(demandAccessPoint(region, AccessPointId).properties.FileSystemId),
              ),
            )
          : [demandMountTarget(region, MountTargetId)]
      const page = efsPage(found, Marker, MaxItems)
      return {
        MountTargets: page.items.map(target => ({
          OwnerId: world.account.id,
          MountTargetId: target.physicalId,
          FileSystemId: text(target.data.fileSystemId),
          SubnetId: text(target.properties.SubnetId),
          LifeCycleState: stateOf(world, region, target),
          IpAddress: text(target.attributes.IpAddress),
          AvailabilityZoneName: text(target.data.zone),
        })),
        Marker,
        NextMarker: page.next,
      }
    },

    DescribeMountTargetSecurityGroups({MountTargetId}, call) {
      const target = demandMountTarget(world.region(call.region), MountTargetId)
      return {SecurityGroups: texts(target.properties.SecurityGroups)}
    },

    DescribeAccessPoints({AccessPointId, FileSystemId, NextToken, MaxResults}, call) {
      const region = world.region(call.region)
      const found =
        AccessPointId === undefined
          ? world
              .resourcesOf(region, accessPointType)
              .filter(
                ({properties}) => FileSystemId === undefined || properties.FileSystemId === FileSystemId,
              )
          : [demandAccessPoint(region, AccessPointId)]
      const page = efsPage(found, NextToken, MaxResults)
      return {
        AccessPoints: page.items.map(point => ({
          ClientToken: text(point.data.clientToken) ?? point.physicalId,
          Name: point.tags.Name,
          Tags: tagList(point.tags),
          AccessPointId: point.physicalId,
          AccessPointArn: text(point.attributes.Arn),
          FileSystemId: text(point.properties.FileSystemId),
          PosixUser: posixUserOf(point),
          RootDirectory: rootDirectoryOf(point),
          OwnerId: world.account.id,
          LifeCycleState: stateOf(world, region, point),
        })),
        NextToken: page.next,
      }
    },

    DeleteAccessPoint({AccessPointId}, call) {
      const region = world.region(call.region)
      begin(region, demandAccessPoint(region, AccessPointId))
    },

    DeleteMountTarget({MountTargetId}, call) {
      const region = world.region(call.region)
      begin(region, demandMountTarget(region, MountTargetId))
    },

    DeleteFileSystem({FileSystemId}, call) {
      const region = world.region(call.region)
      const fileSystem = demandFileSystem(region, FileSystemId)
      if (mountTargetsOf(region, fileSystem).length > 0) {
        throw refusal(
          'FileSystemInUse',
          `The file system '${fileSystem.physicalId}' has mount targets and cannot be deleted.`,
        )
      }
      begin(region, fileSystem)
    },
  } satisfies Operations<'efs'>
}

const refusal = (shape: string, message: string) => modelled(shape, message, {ErrorCode: shape})

function efsPage<T>(all: readonly T[], marker: string | undefined, size = largestPage) {
  checkValue('maxItems', size, {least: 1, most: Number.MAX_SAFE_INTEGER}, message =>
    refusal('BadRequest', message),
  )
  return pageOf(all, marker, Math.min(size, largestPage), () => refusal('BadRequest', 'Invalid marker.'))
}

/** In EFS's words, from what the stack that owns it is doing with it. */
function stateOf(world: World, region: Region, resource: Resource) {
  const status = resourceStatusOf(world, region, resource)
  if (status === 'CREATE_IN_PROGRESS') return 'creating' as const
  return status === 'DELETE_IN_PROGRESS' ? ('deleting' as const) : ('available' as const)
}

function posixUserOf({properties}: Resource) {
  const {Uid, Gid, SecondaryGids} = record(properties.PosixUser)
  if (Uid === undefined) return undefined
  return {Uid: Number(Uid), Gid: Number(Gid), SecondaryGids: texts(SecondaryGids).map(Number)}
}

function rootDirectoryOf({properties}: Resource) {
  const {Path, CreationInfo} = record(properties.RootDirectory)
  const [creation] = records(CreationInfo)
  return {
    Path: text(Path) ?? '/',
    CreationInfo: creation && {
      OwnerUid: Number(creation.OwnerUid),
      OwnerGid: Number(creation.OwnerGid),
      Permissions: text(creation.Permissions),
    },
  }
}

function tagList(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
}
