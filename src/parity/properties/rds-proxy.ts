import type {TypeTable} from './row.js'
import {identifiers, region, row, tags, timeouts, without} from './table.js'

const decided = {awsDecides: true} as const
const off = {terraformDefault: false, cloudFormationDefault: false}

/** The proxy in front of the database. Defaults: the types' pages in the CloudFormation template reference. */
export const rdsProxy: readonly TypeTable[] = [
  {
    terraform: 'aws_db_proxy',
    cloudFormation: 'AWS::RDS::DBProxy',
    rows: [
      region,
      tags,
      ...timeouts,
      row('name', 'DBProxyName'),
      row('engine_family', 'EngineFamily'),
      row('role_arn', 'RoleArn'),
      row('require_tls', 'RequireTLS', off),
      row('debug_logging', 'DebugLogging', off),
      row('idle_client_timeout', 'IdleClientTimeout', {
        ...decided,
        terraformDefault: 1800,
        cloudFormationDefault: 1800,
      }),
      row('default_auth_scheme', 'DefaultAuthScheme', {
        ...decided,
        terraformDefault: 'NONE',
        cloudFormationDefault: 'NONE',
      }),
      row('auth.*.auth_scheme', 'Auth.*.AuthScheme', {
        terraformDefault: 'SECRETS',
        cloudFormationDefault: 'SECRETS',
      }),
      row('auth.*.iam_auth', 'Auth.*.IAMAuth', {
        terraformDefault: 'DISABLED',
        cloudFormationDefault: 'DISABLED',
      }),
      row('auth.*.secret_arn', 'Auth.*.SecretArn'),
      without('auth.*.username', null),
      row('auth.*.description', 'Auth.*.Description'),
      row('auth.*.client_password_auth_type', 'Auth.*.ClientPasswordAuthType', decided),
      row('vpc_subnet_ids', 'VpcSubnetIds', {as: 'set'}),
      row('vpc_security_group_ids', 'VpcSecurityGroupIds', {as: 'set', ...decided}),
    ],
    computed: [...identifiers, 'endpoint'],
  },
  {
    terraform: 'aws_db_proxy_target',
    cloudFormation: 'AWS::RDS::DBProxyTargetGroup',
    rows: [
      region,
      row('db_proxy_name', 'DBProxyName'),
      row('target_group_name', 'TargetGroupName', {terraformDefault: 'default'}),
      row('db_cluster_identifier', 'DBClusterIdentifiers.0'),
      row('db_instance_identifier', 'DBInstanceIdentifiers.0'),
    ],
    computed: [
      ...identifiers,
      'endpoint',
      'port',
      'rds_resource_id',
      'target_arn',
      'tracked_cluster_id',
      'type',
    ],
  },
]
