import type {TypeTable} from './row.js'
import {identifiers, ignored, madeName, region, row, tags, timeouts, without} from './table.js'

const attribute = (key: string) => `LoadBalancerAttributes[${key}]`
const ofGroup = (key: string) => `TargetGroupAttributes[${key}]`
const ofListener = (key: string) => `ListenerAttributes[${key}]`
const off = {terraformDefault: false, cloudFormationDefault: false}
const on = {terraformDefault: true, cloudFormationDefault: true}
const decided = {awsDecides: true} as const

/** Headers that a listener adds or renames: attribute of Terraform, key of the listener attribute. */
const headers: readonly (readonly [string, string])[] = [
  [
    'routing_http_request_x_amzn_mtls_clientcert_header_name',
    'routing.http.request.x_amzn_mtls_clientcert.header_name',
  ],
  [
    'routing_http_request_x_amzn_mtls_clientcert_issuer_header_name',
    'routing.http.request.x_amzn_mtls_clientcert_issuer.header_name',
  ],
  [
    'routing_http_request_x_amzn_mtls_clientcert_leaf_header_name',
    'routing.http.request.x_amzn_mtls_clientcert_leaf.header_name',
  ],
  [
    'routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name',
    'routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name',
  ],
  [
    'routing_http_request_x_amzn_mtls_clientcert_subject_header_name',
    'routing.http.request.x_amzn_mtls_clientcert_subject.header_name',
  ],
  [
    'routing_http_request_x_amzn_mtls_clientcert_validity_header_name',
    'routing.http.request.x_amzn_mtls_clientcert_validity.header_name',
  ],
  [
    'routing_http_request_x_amzn_tls_cipher_suite_header_name',
    'routing.http.request.x_amzn_tls_cipher_suite.header_name',
  ],
  [
    'routing_http_request_x_amzn_tls_version_header_name',
    'routing.http.request.x_amzn_tls_version.header_name',
  ],
  ...[
    'access_control_allow_credentials',
    'access_control_allow_headers',
    'access_control_allow_methods',
    'access_control_allow_origin',
    'access_control_expose_headers',
    'access_control_max_age',
    'content_security_policy',
    'strict_transport_security',
    'x_content_type_options',
    'x_frame_options',
  ].map(
    name =>
      [`routing_http_response_${name}_header_value`, `routing.http.response.${name}.header_value`] as const,
  ),
]

/** Defaults: LoadBalancerAttribute, TargetGroupAttribute and ListenerAttribute in the API reference of Elastic Load Balancing v2. */
export const loadBalancing: readonly TypeTable[] = [
  {
    terraform: 'aws_lb',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    rows: [
      region,
      tags,
      ...timeouts,
      ...madeName('Name'),
      row('internal', 'Scheme', {
        values: {false: 'internet-facing', true: 'internal'},
        terraformDefault: false,
        cloudFormationDefault: 'internet-facing',
      }),
      row('load_balancer_type', 'Type', {
        terraformDefault: 'application',
        cloudFormationDefault: 'application',
      }),
      row('ip_address_type', 'IpAddressType', {
        ...decided,
        terraformDefault: 'ipv4',
        cloudFormationDefault: 'ipv4',
      }),
      row('security_groups', 'SecurityGroups', {as: 'set'}),
      row('subnets', 'Subnets', {as: 'set'}),
      row('subnet_mapping', 'SubnetMappings', {as: 'set', ...decided}),
      row('enable_deletion_protection', attribute('deletion_protection.enabled'), off),
      row('idle_timeout', attribute('idle_timeout.timeout_seconds'), {
        terraformDefault: 60,
        cloudFormationDefault: 60,
      }),
      row('client_keep_alive', attribute('client_keep_alive.seconds'), {
        terraformDefault: 3600,
        cloudFormationDefault: 3600,
      }),
      row('desync_mitigation_mode', attribute('routing.http.desync_mitigation_mode'), {
        terraformDefault: 'defensive',
        cloudFormationDefault: 'defensive',
      }),
      row('drop_invalid_header_fields', attribute('routing.http.drop_invalid_header_fields.enabled'), off),
      row('enable_http2', attribute('routing.http2.enabled'), on),
      row('preserve_host_header', attribute('routing.http.preserve_host_header.enabled'), off),
      row('enable_xff_client_port', attribute('routing.http.xff_client_port.enabled'), off),
      row('xff_header_processing_mode', attribute('routing.http.xff_header_processing.mode'), {
        terraformDefault: 'append',
        cloudFormationDefault: 'append',
      }),
      row(
        'enable_tls_version_and_cipher_suite_headers',
        attribute('routing.http.x_amzn_tls_version_and_cipher_suite.enabled'),
        off,
      ),
      row('enable_waf_fail_open', attribute('waf.fail_open.enabled'), off),
      row('enable_zonal_shift', attribute('zonal_shift.config.enabled'), off),
      row('access_logs.0.enabled', attribute('access_logs.s3.enabled'), off),
      row('access_logs.0.bucket', attribute('access_logs.s3.bucket')),
      row('access_logs.0.prefix', attribute('access_logs.s3.prefix')),
      // internal/service/elbv2/load_balancer.go of the provider: of application load balancers it is always true.
      ignored(
        'enable_cross_zone_load_balancing',
        'An application load balancer always balances across zones; the provider sends this for other types only.',
      ),
      ignored(
        'dns_record_client_routing_policy',
        'Of network load balancers; the provider sends it for them only.',
      ),
      row(
        'secondary_ips_auto_assigned_per_subnet',
        attribute('secondary_ips.auto_assigned.per_subnet'),
        decided,
      ),
      row(
        'enforce_security_group_inbound_rules_on_private_link_traffic',
        'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
        decided,
      ),
    ],
    computed: [...identifiers, 'arn_suffix', 'dns_name', 'vpc_id', 'zone_id'],
  },
  {
    terraform: 'aws_lb_listener',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::Listener',
    rows: [
      region,
      tags,
      ...timeouts,
      row('load_balancer_arn', 'LoadBalancerArn'),
      row('port', 'Port'),
      row('protocol', 'Protocol'),
      row('certificate_arn', 'Certificates.0.CertificateArn'),
      row('ssl_policy', 'SslPolicy', decided),
      row('alpn_policy', 'AlpnPolicy.0'),
      row('mutual_authentication', 'MutualAuthentication', {as: 'list', ...decided}),
      row('default_action.*.type', 'DefaultActions.*.Type'),
      row('default_action.*.order', 'DefaultActions.*.Order', decided),
      row('default_action.*.target_group_arn', 'DefaultActions.*.TargetGroupArn'),
      row(
        'default_action.*.forward.0.target_group.*.arn',
        'DefaultActions.*.ForwardConfig.TargetGroups.*.TargetGroupArn',
      ),
      row(
        'default_action.*.forward.0.target_group.*.weight',
        'DefaultActions.*.ForwardConfig.TargetGroups.*.Weight',
      ),
      row('default_action.*.redirect.0.status_code', 'DefaultActions.*.RedirectConfig.StatusCode'),
      ...['host', 'path', 'port', 'protocol', 'query'].map(part => {
        const same = part === 'path' ? '/#{path}' : `#{${part}}`
        return row(
          `default_action.*.redirect.0.${part}`,
          `DefaultActions.*.RedirectConfig.${part[0]?.toUpperCase()}${part.slice(1)}`,
          {terraformDefault: same, cloudFormationDefault: same},
        )
      }),
      row(
        'default_action.*.fixed_response.0.content_type',
        'DefaultActions.*.FixedResponseConfig.ContentType',
      ),
      row(
        'default_action.*.fixed_response.0.message_body',
        'DefaultActions.*.FixedResponseConfig.MessageBody',
      ),
      row('default_action.*.fixed_response.0.status_code', 'DefaultActions.*.FixedResponseConfig.StatusCode'),
      row(
        'routing_http_response_server_enabled',
        ofListener('routing.http.response.server.enabled'),
        decided,
      ),
      row('tcp_idle_timeout_seconds', ofListener('tcp.idle_timeout.seconds'), decided),
      ...headers.map(([name, key]) => row(name, ofListener(key), decided)),
    ],
    computed: identifiers,
  },
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
