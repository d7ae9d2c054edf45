import type {TypeTable} from './row.js'
import {identifiers, ignored, region, row, tags, timeouts} from './table.js'

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
]
