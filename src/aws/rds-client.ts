import {
  CopyDBClusterSnapshotCommand,
  CreateDBClusterSnapshotCommand,
  DeleteDBClusterAutomatedBackupCommand,
  DeleteDBClusterCommand,
  DeleteDBClusterSnapshotCommand,
  DeleteDBInstanceCommand,
  DeleteDBProxyCommand,
  DescribeDBClusterAutomatedBackupsCommand,
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeDBMajorEngineVersionsCommand,
  DescribeDBProxiesCommand,
  DescribeDBProxyTargetGroupsCommand,
  DescribeDBProxyTargetsCommand,
  DescribeDBSubnetGroupsCommand,
  ModifyDBClusterCommand,
  RDSClient,
  type RDSClientConfig,
  type RDS as WholeRDS,
} from '@aws-sdk/client-rds'
import {createAggregatedClient} from '@smithy/core/client'

/** RDS with the operations that this program calls; the build leaves out the others. */
export type RDS = RDSClient &
  Pick<
    WholeRDS,
    | 'deleteDBClusterAutomatedBackup'
    | 'describeDBClusterAutomatedBackups'
    | 'describeDBClusterParameterGroups'
    | 'describeDBSubnetGroups'
    | 'copyDBClusterSnapshot'
    | 'createDBClusterSnapshot'
    | 'deleteDBCluster'
    | 'modifyDBCluster'
    | 'deleteDBClusterSnapshot'
    | 'deleteDBInstance'
    | 'deleteDBProxy'
    | 'describeDBClusterSnapshots'
    | 'describeDBClusters'
    | 'describeDBEngineVersions'
    | 'describeDBInstances'
    | 'describeDBMajorEngineVersions'
    | 'describeDBProxies'
    | 'describeDBProxyTargetGroups'
    | 'describeDBProxyTargets'
  >

class LeanRDS extends RDSClient {}
createAggregatedClient(
  {
    DeleteDBClusterAutomatedBackupCommand,
    DescribeDBClusterAutomatedBackupsCommand,
    DescribeDBClusterParameterGroupsCommand,
    DescribeDBSubnetGroupsCommand,
    CopyDBClusterSnapshotCommand,
    CreateDBClusterSnapshotCommand,
    DeleteDBClusterCommand,
    ModifyDBClusterCommand,
    DeleteDBClusterSnapshotCommand,
    DeleteDBInstanceCommand,
    DeleteDBProxyCommand,
    DescribeDBClusterSnapshotsCommand,
    DescribeDBClustersCommand,
    DescribeDBEngineVersionsCommand,
    DescribeDBInstancesCommand,
    DescribeDBMajorEngineVersionsCommand,
    DescribeDBProxiesCommand,
    DescribeDBProxyTargetGroupsCommand,
    DescribeDBProxyTargetsCommand,
  },
  LeanRDS,
)

export const RDS = LeanRDS as new (configuration: RDSClientConfig) => RDS
