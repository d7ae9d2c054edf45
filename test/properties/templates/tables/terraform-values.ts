/** A figure that a template has from Terraform v1.0.7. */
export interface TerraformValue {
  /** `stack.LogicalId`. */
  readonly at: string
  /** Names of members down to the value. In a list, the `Key` or the `Name` of the item that is meant. */
  readonly path: readonly string[]
  readonly value: unknown
  /** Address and attribute there. */
  readonly terraform: string
  /** Listeners speak TLS with a domain only, which Terraform always has. */
  readonly withDomain?: boolean
}

const gateway = 'module.mcp_gateway'
const balancer = `${gateway}.module.alb`
const fargate = (weight: number) => [{CapacityProvider: 'FARGATE', Base: 1, Weight: weight}]

/** A service here, and the module and the container of the same service there. */
const moduleServices = [
  ['AuthServer', 'auth', 'auth-server'],
  ['Registry', 'registry', 'registry'],
  ['CurrentTime', 'currenttime', 'currenttime-server'],
  ['Mcpgw', 'mcpgw', 'mcpgw-server'],
  ['RealServerFakeTools', 'realserverfaketools', 'realserverfaketools-server'],
  ['FlightBookingAgent', 'flight_booking_agent', 'flight-booking-agent'],
  ['TravelAssistantAgent', 'travel_assistant_agent', 'travel-assistant-agent'],
] as const

const subnets: readonly TerraformValue[] = ['Public', 'Private'].flatMap(kind =>
  [0, 1, 2].map(index => ({
    at: `network.${kind}Subnet${index + 1}`,
    path: ['MapPublicIpOnLaunch'],
    value: false,
    terraform: `module.vpc.aws_subnet.${kind.toLowerCase()}[${index}].map_public_ip_on_launch`,
  })),
)

const listeners: readonly TerraformValue[] = (
  [
    ['MainHttps', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', `${balancer}.aws_lb_listener.this["https"]`],
    ['Auth', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', `${balancer}.aws_lb_listener.this["auth"]`],
    ['KeycloakHttps', 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'aws_lb_listener.keycloak_https'],
  ] as const
).map(([name, value, address]) => ({
  at: `compute.${name}Listener`,
  path: ['SslPolicy'],
  value,
  terraform: `${address}.ssl_policy`,
  withDomain: true,
}))

const loadBalancers: readonly TerraformValue[] = (
  [
    ['Main', `${balancer}.aws_lb.this[0]`],
    ['Keycloak', 'aws_lb.keycloak'],
  ] as const
).flatMap(([name, address]) => [
  {
    at: `compute.${name}Alb`,
    path: ['LoadBalancerAttributes', 'routing.http.drop_invalid_header_fields.enabled'],
    value: true,
    terraform: `${address}.drop_invalid_header_fields`,
  },
  {
    at: `compute.${name}Alb`,
    path: ['LoadBalancerAttributes', 'deletion_protection.enabled'],
    value: false,
    terraform: `${address}.enable_deletion_protection`,
  },
])

const targetGroups: readonly TerraformValue[] = [
  ...['Registry', 'Auth', 'Gradio'].map(name => ({
    at: `compute.${name}TargetGroup`,
    path: ['TargetGroupAttributes', 'deregistration_delay.timeout_seconds'],
    value: 5,
    terraform: `${balancer}.aws_lb_target_group.this["${name.toLowerCase()}"].deregistration_delay`,
  })),
  ...(
    [
      ['deregistration_delay.timeout_seconds', 30, 'deregistration_delay'],
      ['stickiness.enabled', true, 'stickiness[0].enabled'],
      ['stickiness.type', 'lb_cookie', 'stickiness[0].type'],
      ['stickiness.lb_cookie.duration_seconds', 86_400, 'stickiness[0].cookie_duration'],
    ] as const
  ).map(([key, value, attribute]) => ({
    at: 'compute.KeycloakTargetGroup',
    path: ['TargetGroupAttributes', key],
    value,
    terraform: `aws_lb_target_group.keycloak.${attribute}`,
  })),
]

const clusters: readonly TerraformValue[] = (
  [
    ['Main', 50, 'module.ecs_cluster.aws_ecs_cluster_capacity_providers.this[0]'],
    ['Keycloak', 100, 'aws_ecs_cluster_capacity_providers.keycloak'],
  ] as const
).map(([name, weight, address]) => ({
  at: `compute.${name}CapacityProviders`,
  path: ['DefaultCapacityProviderStrategy'],
  value: fargate(weight),
  terraform: `${address}.default_capacity_provider_strategy`,
}))

const services: readonly TerraformValue[] = [
  ...moduleServices.flatMap(([name, module, container]) => {
    const address = `${gateway}.module.ecs_service_${module}`
    const service = `${address}.aws_ecs_service.this[0]`
    return [
      ...deployment(name, service, {MaximumPercent: 200, MinimumHealthyPercent: 66}),
      {
        at: `services.${name}Service`,
        path: ['CapacityProviderStrategy'],
        value: fargate(100),
        terraform: `${service}.capacity_provider_strategy`,
      },
      ...(
        [
          [['StopTimeout'], 120, 'stopTimeout'],
          [['LinuxParameters', 'InitProcessEnabled'], true, 'linuxParameters.initProcessEnabled'],
        ] as const
      ).map(([members, value, attribute]) => ({
        at: `services.${name}TaskDefinition`,
        path: ['ContainerDefinitions', container, ...members],
        value,
        terraform: `${address}.aws_ecs_task_definition.this[0].container_definitions, ${attribute}`,
      })),
    ]
  }),
  ...deployment('Keycloak', 'aws_ecs_service.keycloak', {MaximumPercent: 200, MinimumHealthyPercent: 100}),
]

function deployment(name: string, address: string, percents: Readonly<Record<string, number>>) {
  return Object.entries(percents).map(([member, value]) => ({
    at: `services.${name}Service`,
    path: ['DeploymentConfiguration', member],
    value,
    terraform: `${address}.deployment_${member.replace(/(?<=[a-z])[A-Z]/g, capital => `_${capital}`).toLowerCase()}`,
  }))
}

const data: readonly TerraformValue[] = [
  ...['DatabaseCluster', 'KeptDatabaseCluster'].flatMap(name =>
    (
      [
        ['BackupRetentionPeriod', 7, 'backup_retention_period'],
        ['PreferredBackupWindow', '02:00-04:00', 'preferred_backup_window'],
        ['PreferredMaintenanceWindow', 'sun:04:00-sun:05:00', 'preferred_maintenance_window'],
        ['CopyTagsToSnapshot', true, 'copy_tags_to_snapshot'],
        ['DeletionProtection', false, 'deletion_protection'],
        ['StorageEncrypted', true, 'storage_encrypted'],
      ] as const
    ).map(([member, value, attribute]) => ({
      at: `data.${name}`,
      path: [member],
      value,
      terraform: `aws_rds_cluster.keycloak.${attribute}`,
    })),
  ),
  ...['DatabaseKey', 'KeptDatabaseKey'].flatMap(name =>
    (
      [
        ['PendingWindowInDays', 7, 'deletion_window_in_days'],
        ['EnableKeyRotation', true, 'enable_key_rotation'],
      ] as const
    ).map(([member, value, attribute]) => ({
      at: `data.${name}`,
      path: [member],
      value,
      terraform: `aws_kms_key.rds.${attribute}`,
    })),
  ),
  ...(
    [
      ['character_set_server', 'utf8mb4'],
      ['collation_server', 'utf8mb4_unicode_ci'],
    ] as const
  ).map(([name, value]) => ({
    at: 'data.DatabaseClusterParameterGroup',
    path: ['Parameters', name],
    value,
    terraform: `aws_rds_cluster_parameter_group.keycloak.parameter, ${name}`,
  })),
  ...(
    [
      ['Encrypted', true, 'encrypted'],
      ['PerformanceMode', 'generalPurpose', 'performance_mode'],
      ['ThroughputMode', 'bursting', 'throughput_mode'],
    ] as const
  ).map(([member, value, attribute]) => ({
    at: 'data.FileSystem',
    path: [member],
    value,
    terraform: `${gateway}.module.efs.aws_efs_file_system.this[0].${attribute}`,
  })),
]

/** Figures that nothing else holds: those of logs, alarms, scaling and health checks are with their properties. */
export const terraformValues: readonly TerraformValue[] = [
  ...subnets,
  ...listeners,
  ...loadBalancers,
  ...targetGroups,
  ...clusters,
  ...services,
  ...data,
]
