import type {Region, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import type {TaskNeeds} from './task-definitions.js'

const failure = (words: string): string =>
  `ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ${words} : unsuccessful EFS utils command execution; code: 1`

/**
 * Why a task's volumes cannot be mounted now, in the words of efs-utils; undefined when they can. Identifiers that are
 * not of EFS's form are not looked at.
 * Source: ECS developer guide, "ResourceInitializationError"; EFS user guide, "Troubleshooting mount issues".
 */
export function mountFailure(
  world: World,
  region: Region,
  task: Task,
  volumes: TaskNeeds['volumes'],
): string | undefined {
  const zone = world.resource(region, 'AWS::EC2::Subnet', task.subnetId)?.attributes.AvailabilityZone
  for (const {fileSystemId, accessPointId} of volumes) {
    if (!fileSystemId.startsWith('fs-')) continue
    const host = `${fileSystemId}.efs.${region.name}.amazonaws.com`
    const targets = world
      .resourcesOf(region, 'AWS::EFS::MountTarget')
      .filter(({data}) => data.fileSystemId === fileSystemId)
    if (!world.resource(region, 'AWS::EFS::FileSystem', fileSystemId) || targets.length === 0) {
      return failure(
        `Failed to resolve "${host}" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID.`,
      )
    }
    if (!targets.some(({data}) => zone === undefined || data.zone === zone)) {
      return failure(
        `Failed to resolve "${host}" - the file system has no mount target in the availability zone ${zone} of the task.`,
      )
    }
    if (
      accessPointId?.startsWith('fsap-') &&
      !world.resource(region, 'AWS::EFS::AccessPoint', accessPointId)
    ) {
      return failure(
        `mount.nfs4: access denied by server while mounting 127.0.0.1:/ (access point ${accessPointId})`,
      )
    }
  }
  return undefined
}
