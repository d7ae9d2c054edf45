import type {TypeTable} from './row.js'
import {identifiers, ignored, madeName, region, row, tags, timeouts} from './table.js'

const attribute = (key: string) => `LoadBalancerAttributes[${key}]`
const off = {terraformDefault: false, cloudFormationDefault: false}
const on = {terraformDefault: true, cloudFormationDefault: true}
const decided = {awsDecides: true} as const

/** Defaults: LoadBalancerAttribute in the API reference of Elastic Load Balancing v2. */
export const loadBalancers: readonly TypeTable[] = [
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
]
