import type {TypeTable} from './row.js'
import {identifiers, ignored, region, row, without} from './table.js'

const decided = {awsDecides: true} as const
const fileSystem = 'AWS::EFS::FileSystem'

/** The file system of the registry. */
export const efs: readonly TypeTable[] = [
  {
    terraform: 'aws_efs_file_system',
    cloudFormation: fileSystem,
    rows: [
      region,
      row('tags', 'FileSystemTags', {as: 'tags'}),
      row('encrypted', 'Encrypted', {terraformDefault: false, cloudFormationDefault: false}),
      row('kms_key_id', 'KmsKeyId', decided),
      row('performance_mode', 'PerformanceMode', {
        terraformDefault: 'generalPurpose',
        cloudFormationDefault: 'generalPurpose',
      }),
      row('throughput_mode', 'ThroughputMode', {
        terraformDefault: 'bursting',
        cloudFormationDefault: 'bursting',
      }),
      row('provisioned_throughput_in_mibps', 'ProvisionedThroughputInMibps'),
      row('availability_zone_name', 'AvailabilityZoneName', decided),
      row('lifecycle_policy', 'LifecyclePolicies', {as: 'set'}),
      row('protection', 'FileSystemProtection', {as: 'list', ...decided}),
      without('creation_token', null, decided),
    ],
    computed: [
      ...identifiers,
      'availability_zone_id',
      'dns_name',
      'name',
      'number_of_mount_targets',
      'owner_id',
      'size_in_bytes',
    ],
    // Resources of their own in Terraform.
    elsewhere: ['BackupPolicy', 'FileSystemPolicy'],
  },
  {
    terraform: 'aws_efs_backup_policy',
    cloudFormation: fileSystem,
    rows: [
      region,
      row('backup_policy.0.status', 'Status', {cloudFormationDefault: 'DISABLED'}),
      ignored('file_system_id', 'It is a property of the file system.'),
    ],
    computed: identifiers,
  },
  {
    terraform: 'aws_efs_file_system_policy',
    cloudFormation: fileSystem,
    rows: [
      region,
      row('policy', '', {as: 'policy'}),
      ignored('file_system_id', 'It is a property of the file system.'),
      ignored('bypass_policy_lockout_safety_check', 'How Terraform writes the policy.'),
    ],
    computed: identifiers,
  },
  {
    terraform: 'aws_efs_mount_target',
    cloudFormation: 'AWS::EFS::MountTarget',
    rows: [
      region,
      row('file_system_id', 'FileSystemId'),
      row('subnet_id', 'SubnetId'),
      row('security_groups', 'SecurityGroups', {as: 'set', ...decided}),
      row('ip_address', 'IpAddress', decided),
      row('ip_address_type', 'IpAddressType', decided),
      row('ipv6_address', 'Ipv6Address', decided),
    ],
    computed: [
      ...identifiers,
      'availability_zone_id',
      'availability_zone_name',
      'dns_name',
      'file_system_arn',
      'mount_target_dns_name',
      'network_interface_id',
      'owner_id',
    ],
  },
  {
    terraform: 'aws_efs_access_point',
    cloudFormation: 'AWS::EFS::AccessPoint',
    rows: [
      region,
      row('tags', 'AccessPointTags', {as: 'tags'}),
      row('file_system_id', 'FileSystemId'),
      row('posix_user.0.uid', 'PosixUser.Uid'),
      row('posix_user.0.gid', 'PosixUser.Gid'),
      row('posix_user.0.secondary_gids', 'PosixUser.SecondaryGids', {as: 'set'}),
      row('root_directory.0.path', 'RootDirectory.Path', {terraformDefault: '/', cloudFormationDefault: '/'}),
      row('root_directory.0.creation_info.0.owner_uid', 'RootDirectory.CreationInfo.OwnerUid'),
      row('root_directory.0.creation_info.0.owner_gid', 'RootDirectory.CreationInfo.OwnerGid'),
      row('root_directory.0.creation_info.0.permissions', 'RootDirectory.CreationInfo.Permissions'),
    ],
    computed: [...identifiers, 'file_system_arn', 'owner_id'],
  },
]
