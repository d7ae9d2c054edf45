import type {TypeTable} from './row.js'
import {identifiers, ignored, region, row, tags} from './table.js'

/** What a task is. Defaults: those of Fargate, in the CloudFormation template reference. */
export const taskDefinitions: readonly TypeTable[] = [
  {
    terraform: 'aws_ecs_task_definition',
    cloudFormation: 'AWS::ECS::TaskDefinition',
    rows: [
      region,
      tags,
      row('family', 'Family'),
      row('container_definitions', 'ContainerDefinitions', {as: 'containers'}),
      row('cpu', 'Cpu'),
      row('memory', 'Memory'),
      row('network_mode', 'NetworkMode', {terraformDefault: 'bridge', cloudFormationDefault: 'bridge'}),
      row('requires_compatibilities', 'RequiresCompatibilities', {as: 'set'}),
      row('execution_role_arn', 'ExecutionRoleArn'),
      row('task_role_arn', 'TaskRoleArn'),
      // What a task on Fargate gets where its definition does not say it: "Amazon ECS task definition parameters for Fargate".
      row('runtime_platform.0.cpu_architecture', 'RuntimePlatform.CpuArchitecture', {
        terraformDefault: 'X86_64',
        cloudFormationDefault: 'X86_64',
      }),
      row('runtime_platform.0.operating_system_family', 'RuntimePlatform.OperatingSystemFamily', {
        terraformDefault: 'LINUX',
        cloudFormationDefault: 'LINUX',
      }),
      row('ephemeral_storage.0.size_in_gib', 'EphemeralStorage.SizeInGiB', {
        terraformDefault: 20,
        cloudFormationDefault: 20,
      }),
      row('enable_fault_injection', 'EnableFaultInjection', {
        awsDecides: true,
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('ipc_mode', 'IpcMode'),
      row('pid_mode', 'PidMode'),
      row('volume.*.name', 'Volumes.*.Name'),
      row('volume.*.host_path', 'Volumes.*.Host.SourcePath'),
      row('volume.*.configure_at_launch', 'Volumes.*.ConfiguredAtLaunch', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row(
        'volume.*.efs_volume_configuration.0.file_system_id',
        'Volumes.*.EFSVolumeConfiguration.FilesystemId',
      ),
      row(
        'volume.*.efs_volume_configuration.0.root_directory',
        'Volumes.*.EFSVolumeConfiguration.RootDirectory',
        {
          terraformDefault: '/',
          cloudFormationDefault: '/',
        },
      ),
      row(
        'volume.*.efs_volume_configuration.0.transit_encryption',
        'Volumes.*.EFSVolumeConfiguration.TransitEncryption',
        {
          terraformDefault: 'DISABLED',
          cloudFormationDefault: 'DISABLED',
        },
      ),
      // 0 lets the mount helper choose, as leaving it out does.
      row(
        'volume.*.efs_volume_configuration.0.transit_encryption_port',
        'Volumes.*.EFSVolumeConfiguration.TransitEncryptionPort',
        {terraformDefault: 0, cloudFormationDefault: 0},
      ),
      row(
        'volume.*.efs_volume_configuration.0.authorization_config.0.access_point_id',
        'Volumes.*.EFSVolumeConfiguration.AuthorizationConfig.AccessPointId',
      ),
      row(
        'volume.*.efs_volume_configuration.0.authorization_config.0.iam',
        'Volumes.*.EFSVolumeConfiguration.AuthorizationConfig.IAM',
        {terraformDefault: 'DISABLED', cloudFormationDefault: 'DISABLED'},
      ),
      ignored('skip_destroy', 'Whether Terraform leaves old revisions active.'),
      ignored('track_latest', 'Which revision Terraform looks at.'),
    ],
    computed: [...identifiers, 'arn_without_revision', 'revision'],
    keys: {volume: 'name'},
  },
]
