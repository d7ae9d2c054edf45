import type {TypeTable} from './row.js'
import {identifiers, ignored, region, row, tags, timeouts, without} from './table.js'

const loggingHere = 'Configuration.ExecuteCommandConfiguration.LogConfiguration'
const loggingThere = 'configuration.0.execute_command_configuration.0.log_configuration.0'
const connect = 'service_connect_configuration.0'
const switches = {true: 'ENABLED', false: 'DISABLED'}

/** Clusters and services. Defaults: the types' pages in the CloudFormation template reference, for Fargate. */
export const ecs: readonly TypeTable[] = [
  {
    terraform: 'aws_ecs_cluster',
    cloudFormation: 'AWS::ECS::Cluster',
    rows: [
      region,
      tags,
      row('name', 'ClusterName'),
      row('setting', 'ClusterSettings', {as: 'pairs'}),
      row(
        'configuration.0.execute_command_configuration.0.logging',
        'Configuration.ExecuteCommandConfiguration.Logging',
        {
          terraformDefault: 'DEFAULT',
          cloudFormationDefault: 'DEFAULT',
        },
      ),
      row(
        'configuration.0.execute_command_configuration.0.kms_key_id',
        'Configuration.ExecuteCommandConfiguration.KmsKeyId',
      ),
      row(`${loggingThere}.cloud_watch_log_group_name`, `${loggingHere}.CloudWatchLogGroupName`),
      row(`${loggingThere}.cloud_watch_encryption_enabled`, `${loggingHere}.CloudWatchEncryptionEnabled`, {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row(`${loggingThere}.s3_bucket_name`, `${loggingHere}.S3BucketName`),
      row('service_connect_defaults.0.namespace', 'ServiceConnectDefaults.Namespace'),
    ],
    computed: identifiers,
  },
  {
    terraform: 'aws_ecs_cluster_capacity_providers',
    cloudFormation: 'AWS::ECS::ClusterCapacityProviderAssociations',
    rows: [
      region,
      row('cluster_name', 'Cluster'),
      row('capacity_providers', 'CapacityProviders', {as: 'set'}),
      row(
        'default_capacity_provider_strategy.*.capacity_provider',
        'DefaultCapacityProviderStrategy.*.CapacityProvider',
      ),
      row('default_capacity_provider_strategy.*.base', 'DefaultCapacityProviderStrategy.*.Base', {
        terraformDefault: 0,
        cloudFormationDefault: 0,
      }),
      row('default_capacity_provider_strategy.*.weight', 'DefaultCapacityProviderStrategy.*.Weight', {
        terraformDefault: 0,
        cloudFormationDefault: 0,
      }),
    ],
    computed: identifiers,
    keys: {default_capacity_provider_strategy: 'capacity_provider'},
  },
  {
    terraform: 'aws_ecs_service',
    cloudFormation: 'AWS::ECS::Service',
    rows: [
      region,
      tags,
      ...timeouts,
      row('name', 'ServiceName'),
      row('cluster', 'Cluster'),
      row('task_definition', 'TaskDefinition'),
      row('desired_count', 'DesiredCount'),
      row('launch_type', 'LaunchType', {awsDecides: true}),
      row('platform_version', 'PlatformVersion', {
        awsDecides: true,
        cloudFormationDefault: 'LATEST',
        terraformDefault: 'LATEST',
      }),
      row('scheduling_strategy', 'SchedulingStrategy', {
        terraformDefault: 'REPLICA',
        cloudFormationDefault: 'REPLICA',
      }),
      row('availability_zone_rebalancing', 'AvailabilityZoneRebalancing', {awsDecides: true}),
      row('iam_role', 'Role', {awsDecides: true}),
      row('capacity_provider_strategy.*.capacity_provider', 'CapacityProviderStrategy.*.CapacityProvider'),
      row('capacity_provider_strategy.*.base', 'CapacityProviderStrategy.*.Base', {
        terraformDefault: 0,
        cloudFormationDefault: 0,
      }),
      row('capacity_provider_strategy.*.weight', 'CapacityProviderStrategy.*.Weight', {
        terraformDefault: 0,
        cloudFormationDefault: 0,
      }),
      row('deployment_maximum_percent', 'DeploymentConfiguration.MaximumPercent', {
        terraformDefault: 200,
        cloudFormationDefault: 200,
      }),
      row('deployment_minimum_healthy_percent', 'DeploymentConfiguration.MinimumHealthyPercent', {
        terraformDefault: 100,
        cloudFormationDefault: 100,
      }),
      row('deployment_circuit_breaker.0.enable', 'DeploymentConfiguration.DeploymentCircuitBreaker.Enable', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row(
        'deployment_circuit_breaker.0.rollback',
        'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback',
        {
          terraformDefault: false,
          cloudFormationDefault: false,
        },
      ),
      row('deployment_configuration.0.strategy', 'DeploymentConfiguration.Strategy', {
        awsDecides: true,
        terraformDefault: 'ROLLING',
        cloudFormationDefault: 'ROLLING',
      }),
      row('deployment_configuration.0.bake_time_in_minutes', 'DeploymentConfiguration.BakeTimeInMinutes', {
        awsDecides: true,
      }),
      row('deployment_controller.0.type', 'DeploymentController.Type', {
        terraformDefault: 'ECS',
        cloudFormationDefault: 'ECS',
      }),
      row('enable_ecs_managed_tags', 'EnableECSManagedTags', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('enable_execute_command', 'EnableExecuteCommand', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('propagate_tags', 'PropagateTags', {terraformDefault: 'NONE', cloudFormationDefault: 'NONE'}),
      row('health_check_grace_period_seconds', 'HealthCheckGracePeriodSeconds', {
        terraformDefault: 0,
        cloudFormationDefault: 0,
      }),
      row('load_balancer.*.container_name', 'LoadBalancers.*.ContainerName'),
      row('load_balancer.*.container_port', 'LoadBalancers.*.ContainerPort'),
      row('load_balancer.*.target_group_arn', 'LoadBalancers.*.TargetGroupArn'),
      row(
        'network_configuration.0.assign_public_ip',
        'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
        {
          values: switches,
          terraformDefault: false,
          cloudFormationDefault: 'DISABLED',
        },
      ),
      row(
        'network_configuration.0.security_groups',
        'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
        {as: 'set'},
      ),
      row('network_configuration.0.subnets', 'NetworkConfiguration.AwsvpcConfiguration.Subnets', {as: 'set'}),
      row(`${connect}.enabled`, 'ServiceConnectConfiguration.Enabled', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row(`${connect}.namespace`, 'ServiceConnectConfiguration.Namespace'),
      row(
        `${connect}.log_configuration.0.log_driver`,
        'ServiceConnectConfiguration.LogConfiguration.LogDriver',
      ),
      row(`${connect}.log_configuration.0.options`, 'ServiceConnectConfiguration.LogConfiguration.Options', {
        as: 'pairs',
      }),
      row(`${connect}.service.*.port_name`, 'ServiceConnectConfiguration.Services.*.PortName'),
      row(`${connect}.service.*.discovery_name`, 'ServiceConnectConfiguration.Services.*.DiscoveryName'),
      row(
        `${connect}.service.*.client_alias.*.dns_name`,
        'ServiceConnectConfiguration.Services.*.ClientAliases.*.DnsName',
      ),
      row(
        `${connect}.service.*.client_alias.*.port`,
        'ServiceConnectConfiguration.Services.*.ClientAliases.*.Port',
      ),
      row('service_registries.0.registry_arn', 'ServiceRegistries.0.RegistryArn'),
      ignored('force_new_deployment', 'Whether each run of Terraform deploys anew.'),
      ignored('triggers', 'When Terraform deploys anew.'),
      ignored('wait_for_steady_state', 'Whether Terraform waits; CloudFormation always does.'),
      ignored('sigint_rollback', 'What Terraform does when it is interrupted.'),
      ignored('force_delete', 'How Terraform deletes a service.'),
    ],
    computed: identifiers,
    keys: {
      capacity_provider_strategy: 'capacity_provider',
      load_balancer: 'container_port',
      [`${connect}.service`]: 'port_name',
      [`${connect}.service.*.client_alias`]: 'port',
    },
  },
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

/** Scaling of services. */
export const scaling: readonly TypeTable[] = [
  {
    terraform: 'aws_appautoscaling_target',
    cloudFormation: 'AWS::ApplicationAutoScaling::ScalableTarget',
    rows: [
      region,
      row('min_capacity', 'MinCapacity'),
      row('max_capacity', 'MaxCapacity'),
      row('resource_id', 'ResourceId'),
      row('scalable_dimension', 'ScalableDimension'),
      row('service_namespace', 'ServiceNamespace'),
      row('role_arn', 'RoleARN', {awsDecides: true}),
      row('suspended_state', 'SuspendedState', {as: 'list', awsDecides: true}),
      tags,
    ],
    computed: identifiers,
  },
  {
    terraform: 'aws_appautoscaling_policy',
    cloudFormation: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    rows: [
      region,
      row('name', 'PolicyName'),
      row('policy_type', 'PolicyType', {terraformDefault: 'StepScaling'}),
      row('resource_id', 'ScalingTargetId'),
      // Here the scalable target says both.
      without('scalable_dimension', 'ecs:service:DesiredCount'),
      without('service_namespace', 'ecs'),
      row(
        'target_tracking_scaling_policy_configuration.0.predefined_metric_specification.0.predefined_metric_type',
        'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType',
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.predefined_metric_specification.0.resource_label',
        'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.ResourceLabel',
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.target_value',
        'TargetTrackingScalingPolicyConfiguration.TargetValue',
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.disable_scale_in',
        'TargetTrackingScalingPolicyConfiguration.DisableScaleIn',
        {terraformDefault: false, cloudFormationDefault: false},
      ),
      // 300 seconds for services of ECS: TargetTrackingScalingPolicyConfiguration in the API reference.
      row(
        'target_tracking_scaling_policy_configuration.0.scale_in_cooldown',
        'TargetTrackingScalingPolicyConfiguration.ScaleInCooldown',
        {terraformDefault: 300, cloudFormationDefault: 300},
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.scale_out_cooldown',
        'TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown',
        {terraformDefault: 300, cloudFormationDefault: 300},
      ),
    ],
    computed: [...identifiers, 'alarm_arns'],
  },
]

/** Repositories of images. A policy and a lifecycle are resources in Terraform, properties here. */
export const ecr: readonly TypeTable[] = [
  {
    terraform: 'aws_ecr_repository',
    cloudFormation: 'AWS::ECR::Repository',
    rows: [
      region,
      tags,
      ...timeouts,
      row('name', 'RepositoryName'),
      row('image_tag_mutability', 'ImageTagMutability', {
        terraformDefault: 'MUTABLE',
        cloudFormationDefault: 'MUTABLE',
      }),
      row('image_scanning_configuration.0.scan_on_push', 'ImageScanningConfiguration.ScanOnPush', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('encryption_configuration.0.encryption_type', 'EncryptionConfiguration.EncryptionType', {
        terraformDefault: 'AES256',
        cloudFormationDefault: 'AES256',
      }),
      row('encryption_configuration.0.kms_key', 'EncryptionConfiguration.KmsKey'),
      row('force_delete', 'EmptyOnDelete', {terraformDefault: false, cloudFormationDefault: false}),
    ],
    computed: [...identifiers, 'registry_id', 'repository_url'],
    // Resources of their own in Terraform.
    elsewhere: ['LifecyclePolicy', 'RepositoryPolicyText'],
  },
  {
    terraform: 'aws_ecr_lifecycle_policy',
    cloudFormation: 'AWS::ECR::Repository',
    rows: [
      region,
      row('policy', 'LifecyclePolicyText', {as: 'json'}),
      ignored('repository', 'It is a property of the repository.'),
    ],
    computed: [...identifiers, 'registry_id'],
  },
  {
    terraform: 'aws_ecr_repository_policy',
    cloudFormation: 'AWS::ECR::Repository',
    rows: [
      region,
      row('policy', '', {as: 'policy'}),
      ignored('repository', 'It is a property of the repository.'),
    ],
    computed: [...identifiers, 'registry_id'],
  },
]
