import type {TypeTable} from './row.js'
import {identifiers, madeName, region, row, tags, without} from './table.js'

const ofGroup = (key: string) => `TargetGroupAttributes[${key}]`
const off = {terraformDefault: false, cloudFormationDefault: false}
const on = {terraformDefault: true, cloudFormationDefault: true}
const decided = {awsDecides: true} as const

/** Defaults: TargetGroupAttribute and CreateTargetGroup in the API reference of Elastic Load Balancing v2. */
export const targetGroups: readonly TypeTable[] = [
  {
    terraform: 'aws_lb_target_group',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    rows: [
      region,
      tags,
      ...madeName('Name'),
      row('port', 'Port'),
      row('protocol', 'Protocol'),
      row('protocol_version', 'ProtocolVersion', {
        ...decided,
        terraformDefault: 'HTTP1',
        cloudFormationDefault: 'HTTP1',
      }),
      row('target_type', 'TargetType', {terraformDefault: 'instance', cloudFormationDefault: 'instance'}),
      row('ip_address_type', 'IpAddressType', {
        ...decided,
        terraformDefault: 'ipv4',
        cloudFormationDefault: 'ipv4',
      }),
      row('vpc_id', 'VpcId'),
      row('health_check.0.enabled', 'HealthCheckEnabled', on),
      row('health_check.0.healthy_threshold', 'HealthyThresholdCount', {
        terraformDefault: 3,
        cloudFormationDefault: 5,
      }),
      row('health_check.0.unhealthy_threshold', 'UnhealthyThresholdCount', {
        terraformDefault: 3,
        cloudFormationDefault: 2,
      }),
      row('health_check.0.interval', 'HealthCheckIntervalSeconds', {
        terraformDefault: 30,
        cloudFormationDefault: 30,
      }),
      row('health_check.0.timeout', 'HealthCheckTimeoutSeconds', {cloudFormationDefault: 5}),
      row('health_check.0.matcher', 'Matcher.HttpCode', {cloudFormationDefault: '200'}),
      row('health_check.0.path', 'HealthCheckPath', {cloudFormationDefault: '/'}),
      row('health_check.0.port', 'HealthCheckPort', {
        terraformDefault: 'traffic-port',
        cloudFormationDefault: 'traffic-port',
      }),
      row('health_check.0.protocol', 'HealthCheckProtocol', {
        terraformDefault: 'HTTP',
        cloudFormationDefault: 'HTTP',
      }),
      row('deregistration_delay', ofGroup('deregistration_delay.timeout_seconds'), {
        terraformDefault: 300,
        cloudFormationDefault: 300,
      }),
      row('slow_start', ofGroup('slow_start.duration_seconds'), {
        terraformDefault: 0,
        cloudFormationDefault: 0,
      }),
      row('stickiness.0.enabled', ofGroup('stickiness.enabled'), {...decided, ...off}),
      row('stickiness.0.type', ofGroup('stickiness.type'), decided),
      row('stickiness.0.cookie_duration', ofGroup('stickiness.lb_cookie.duration_seconds'), {
        ...decided,
        terraformDefault: 86_400,
        cloudFormationDefault: 86_400,
      }),
      row('stickiness.0.cookie_name', ofGroup('stickiness.app_cookie.cookie_name'), decided),
      row('load_balancing_algorithm_type', ofGroup('load_balancing.algorithm.type'), {
        ...decided,
        terraformDefault: 'round_robin',
        cloudFormationDefault: 'round_robin',
      }),
      row('load_balancing_anomaly_mitigation', ofGroup('load_balancing.algorithm.anomaly_mitigation'), {
        ...decided,
        terraformDefault: 'off',
        cloudFormationDefault: 'off',
      }),
      row('load_balancing_cross_zone_enabled', ofGroup('load_balancing.cross_zone.enabled'), {
        ...decided,
        terraformDefault: 'use_load_balancer_configuration',
        cloudFormationDefault: 'use_load_balancer_configuration',
      }),
      row('lambda_multi_value_headers_enabled', ofGroup('lambda.multi_value_headers.enabled'), off),
      row('connection_termination', ofGroup('deregistration_delay.connection_termination.enabled'), {
        ...decided,
        ...off,
      }),
      row('preserve_client_ip', ofGroup('preserve_client_ip.enabled'), decided),
      row('proxy_protocol_v2', ofGroup('proxy_protocol_v2.enabled'), off),
      without('target_failover', null, decided),
      without('target_group_health', null, decided),
      without('target_health_state', null, decided),
    ],
    computed: [...identifiers, 'arn_suffix', 'load_balancer_arns'],
  },
]
