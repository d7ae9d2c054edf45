import type {Mutation} from './mutation.js'
import {
  added,
  inContainer,
  inText,
  type PlanChange,
  removed,
  renamed,
  swapped,
  value,
} from './plan-changes.js'

const gateway = 'module.mcp_gateway'
const alb = `${gateway}.module.alb`
const efs = `${gateway}.module.efs`
const service = (name: string) => `${gateway}.module.ecs_service_${name}`
const task = (name: string) => `${service(name)}.aws_ecs_task_definition.this[0]`
const targets = (name: string) => `${alb}.aws_lb_target_group.this["${name}"]`
const rule = (name: string) => `aws_security_group_rule.keycloak_${name}`

function mutation(
  where: string,
  what: string,
  change: PlanChange,
  name = `${where} ${what}`,
): Mutation<PlanChange> {
  return {name, change, where, what}
}

/** Another value of an attribute. */
function changed(address: string, path: string, to: string | number | boolean): Mutation<PlanChange> {
  return mutation(address, path, value(address, path, to))
}

const values: readonly Mutation<PlanChange>[] = [
  changed('module.vpc.aws_vpc.this[0]', 'enable_dns_hostnames', false),
  changed('module.vpc.aws_vpc.this[0]', 'cidr_block', '10.1.0.0/16'),
  changed('module.vpc.aws_subnet.private[1]', 'cidr_block', '10.0.64.0/20'),
  changed('module.vpc.aws_subnet.public[2]', 'availability_zone', 'us-east-1f'),
  changed('module.vpc.aws_route.public_internet_gateway[0]', 'destination_cidr_block', '10.9.0.0/16'),
  changed('aws_vpc_endpoint.sts', 'private_dns_enabled', false),
  changed('aws_vpc_endpoint.s3', 'vpc_endpoint_type', 'Interface'),
  changed('aws_rds_cluster.keycloak', 'engine_version', '8.0.mysql_aurora.3.10.0'),
  changed('aws_rds_cluster.keycloak', 'storage_encrypted', false),
  changed('aws_rds_cluster.keycloak', 'backup_retention_period', 1),
  changed('aws_rds_cluster.keycloak', 'serverlessv2_scaling_configuration.0.max_capacity', 8),
  changed('aws_rds_cluster_instance.keycloak', 'instance_class', 'db.r6g.large'),
  changed('aws_rds_cluster_parameter_group.keycloak', 'family', 'aurora-mysql5.7'),
  mutation(
    'aws_rds_cluster_parameter_group.keycloak',
    'parameter.character_set_server',
    value('aws_rds_cluster_parameter_group.keycloak', 'parameter.0.value', 'latin1'),
  ),
  changed('aws_db_proxy.keycloak', 'engine_family', 'POSTGRESQL'),
  changed('aws_kms_key.rds', 'enable_key_rotation', false),
  changed('aws_ssm_parameter.keycloak_database_username', 'type', 'StringList'),
  changed(`${efs}.aws_efs_file_system.this[0]`, 'encrypted', false),
  changed(`${efs}.aws_efs_file_system.this[0]`, 'throughput_mode', 'elastic'),
  changed(`${efs}.aws_efs_access_point.this["servers"]`, 'posix_user.0.uid', 0),
  changed(`${efs}.aws_efs_access_point.this["logs"]`, 'root_directory.0.path', '/'),
  changed('aws_lb.keycloak', 'internal', true),
  changed('aws_lb.keycloak', 'drop_invalid_header_fields', false),
  changed('aws_lb_listener.keycloak_https', 'port', 8443),
  changed(`${alb}.aws_lb_listener.this["https"]`, 'protocol', 'HTTP'),
  changed(targets('registry'), 'health_check.0.path', '/'),
  changed(targets('auth'), 'deregistration_delay', '300'),
  changed('aws_lb_target_group.keycloak', 'health_check.0.matcher', '200-499'),
  changed('aws_ecr_repository.keycloak', 'image_tag_mutability', 'IMMUTABLE'),
  changed('aws_ecs_service.keycloak', 'desired_count', 3),
  changed('aws_ecs_service.keycloak', 'network_configuration.0.assign_public_ip', true),
  changed(`${service('registry')}.aws_ecs_service.this[0]`, 'enable_execute_command', false),
  changed(`${service('auth')}.aws_appautoscaling_target.this[0]`, 'max_capacity', 40),
  changed(`${gateway}.aws_cloudwatch_metric_alarm.auth_cpu_high[0]`, 'threshold', 99),
  changed('aws_route53_record.keycloak', 'name', 'sso.us-east-1.mycorp.click'),
  changed(task('registry'), 'memory', '512'),
  changed(`${gateway}.random_password.admin_password`, 'length', 8),
]

const texts: readonly Mutation<PlanChange>[] = [
  mutation(
    task('registry'),
    'container_definitions.registry.environment.AUTH_SERVER_URL',
    inContainer(task('registry'), 'registry', ({environment}) => {
      environment.find(({name}: {name: string}) => name === 'AUTH_SERVER_URL').value = 'http://elsewhere:8888'
    }),
  ),
  mutation(
    task('auth'),
    'container_definitions.auth-server.environment.LOG_LEVEL',
    inContainer(task('auth'), 'auth-server', ({environment}) => {
      environment.push({name: 'LOG_LEVEL', value: 'DEBUG'})
    }),
    'a new environment variable of the auth server',
  ),
  mutation(
    task('mcpgw'),
    'container_definitions.mcpgw-server.portMappings',
    inContainer(task('mcpgw'), 'mcpgw-server', container => {
      container.portMappings = []
    }),
  ),
  mutation(
    task('currenttime'),
    'container_definitions.currenttime-server.privileged',
    inContainer(task('currenttime'), 'currenttime-server', container => {
      container.privileged = true
    }),
  ),
  mutation(
    task('registry'),
    'container_definitions.registry.secrets.SECRET_KEY',
    inContainer(task('registry'), 'registry', ({secrets}) => {
      const at = (name: string) => secrets.find((one: {name: string}) => one.name === name)
      at('SECRET_KEY').valueFrom = at('ADMIN_PASSWORD').valueFrom
    }),
    'the registry signs sessions with another secret',
  ),
  mutation(
    'aws_iam_role.keycloak_task_role',
    'assume_role_policy',
    inText('aws_iam_role.keycloak_task_role', 'assume_role_policy', 'Statement.0.Principal', {AWS: '*'}),
  ),
  mutation(
    'aws_iam_role_policy.keycloak_task_exec_ssm_policy',
    'ssm:putparameter',
    inText(
      'aws_iam_role_policy.keycloak_task_exec_ssm_policy',
      'policy',
      'Statement.0.Action.2',
      'ssm:PutParameter',
    ),
  ),
  mutation(
    `${efs}.aws_efs_file_system_policy.this[0]`,
    'policy',
    inText(`${efs}.aws_efs_file_system_policy.this[0]`, 'policy', 'Statement.0', undefined),
    'the file system policy no longer denies plain traffic',
  ),
]

const rules: readonly Mutation<PlanChange>[] = [
  mutation(
    rule('db_ingress_ecs'),
    'ingress tcp 3306 from 0.0.0.0/0',
    value(rule('db_ingress_ecs'), 'cidr_blocks', ['0.0.0.0/0']),
  ),
  mutation(rule('ecs_ingress_lb'), 'ingress tcp 8080-9999', value(rule('ecs_ingress_lb'), 'to_port', 9999)),
  mutation(rule('lb_egress_ecs'), 'egress udp 8080', value(rule('lb_egress_ecs'), 'protocol', 'udp')),
  mutation(
    `${alb}.aws_vpc_security_group_ingress_rule.this["https_0"]`,
    'ingress tcp 443 from 198.51.100.0/24',
    value(`${alb}.aws_vpc_security_group_ingress_rule.this["https_0"]`, 'cidr_ipv4', '198.51.100.0/24'),
  ),
  mutation(
    rule('db_ingress_proxy'),
    'security_group_id',
    swapped(rule('db_ingress_proxy'), rule('lb_ingress_http'), 'security_group_id'),
    'two rules change their groups',
  ),
]

const references: readonly Mutation<PlanChange>[] = [
  mutation(
    'aws_lb_listener.keycloak_https',
    'certificate_arn',
    swapped('aws_lb_listener.keycloak_https', `${alb}.aws_lb_listener.this["https"]`, 'certificate_arn'),
    'two listeners change their certificates',
  ),
  mutation(
    `${efs}.aws_efs_mount_target.this["mount-0"]`,
    'subnet_id',
    swapped(
      `${efs}.aws_efs_mount_target.this["mount-0"]`,
      `${efs}.aws_efs_mount_target.this["mount-1"]`,
      'subnet_id',
    ),
    'two mount targets change their subnets',
  ),
  mutation(
    'module.vpc.aws_nat_gateway.this[1]',
    'allocation_id',
    swapped('module.vpc.aws_nat_gateway.this[0]', 'module.vpc.aws_nat_gateway.this[1]', 'allocation_id'),
    'two NAT gateways change their addresses',
  ),
  mutation(
    task('auth'),
    'task_role_arn',
    swapped(task('auth'), 'aws_ecs_task_definition.keycloak', 'task_role_arn'),
    'two tasks change their roles',
  ),
]

/** A resource that is gone, or has another address. */
function moved(
  touches: string,
  change: PlanChange,
  {where, what = '', name}: {where: string; what?: string; name: string},
): Mutation<PlanChange> {
  return {name, change, where, what, touches}
}

const resources: readonly Mutation<PlanChange>[] = [
  moved('aws_db_proxy.keycloak', removed('aws_db_proxy.keycloak'), {
    where: 'data.DatabaseProxy',
    name: 'no database proxy',
  }),
  moved('aws_vpc_endpoint.sts', removed('aws_vpc_endpoint.sts'), {
    where: 'network.StsEndpoint',
    name: 'no endpoint for STS',
  }),
  moved(rule('db_ingress_ecs'), removed(rule('db_ingress_ecs')), {
    where: 'network.DatabaseSecurityGroup',
    what: 'ingress tcp 3306 from <network.KeycloakEcsSecurityGroup>',
    name: 'no rule that lets Keycloak to its database',
  }),
  moved('aws_kms_key.rds', renamed('aws_kms_key.rds', 'aws_kms_key.database'), {
    where: 'aws_kms_key.database',
    name: 'a key of another name',
  }),
  moved(
    'module.vpc.aws_vpc.this[0]',
    renamed('module.vpc.aws_vpc.this[0]', 'module.network.aws_vpc.this[0]'),
    {
      where: 'module.network.aws_vpc.this[0]',
      name: 'a module of another name',
    },
  ),
  mutation(
    'aws_wafv2_web_acl.main',
    '',
    added('aws_wafv2_web_acl.main', 'aws_lb.keycloak'),
    'a web ACL is new',
  ),
  mutation(
    `${efs}.aws_efs_access_point.this["plugins"]`,
    '',
    added(`${efs}.aws_efs_access_point.this["plugins"]`, `${efs}.aws_efs_access_point.this["logs"]`),
    'an access point is new',
  ),
]

export const planMutations = [...values, ...texts, ...rules, ...references, ...resources]
