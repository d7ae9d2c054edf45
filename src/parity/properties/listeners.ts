import type {TypeTable} from './row.js'
import {identifiers, region, row, tags, timeouts} from './table.js'

const ofListener = (key: string) => `ListenerAttributes[${key}]`
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

/** Defaults: ListenerAttribute and Listener in the API reference of Elastic Load Balancing v2. */
export const listeners: readonly TypeTable[] = [
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
]
