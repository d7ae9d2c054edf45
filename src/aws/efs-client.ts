import {
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeAccessPointsCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  type EFSClientConfig,
  type EFS as WholeEFS,
} from '@aws-sdk/client-efs'
import {createAggregatedClient} from '@smithy/core/client'

/** EFS with the operations that this program calls; the build leaves out the others. */
export type EFS = EFSClient &
  Pick<
    WholeEFS,
    | 'deleteFileSystem'
    | 'deleteMountTarget'
    | 'describeAccessPoints'
    | 'describeFileSystems'
    | 'describeMountTargets'
  >

class LeanEFS extends EFSClient {}
createAggregatedClient(
  {
    DeleteFileSystemCommand,
    DeleteMountTargetCommand,
    DescribeAccessPointsCommand,
    DescribeFileSystemsCommand,
    DescribeMountTargetsCommand,
  },
  LeanEFS,
)

export const EFS = LeanEFS as new (configuration: EFSClientConfig) => EFS
