import type {TypeTable} from './row.js'
import {identifiers, ignored, region, row, tags, timeouts} from './table.js'

/** Certificates, records, and the names that services have for each other. */
export const names: readonly TypeTable[] = [
  {
    terraform: 'aws_acm_certificate',
    cloudFormation: 'AWS::CertificateManager::Certificate',
    rows: [
      region,
      tags,
      row('domain_name', 'DomainName'),
      // The first name of a certificate stands in the list too; AWS answers so.
      row('subject_alternative_names', 'SubjectAlternativeNames', {as: 'set', awsDecides: true}),
      row('domain_validation_options.*.domain_name', 'DomainValidationOptions.*.DomainName'),
      row('validation_method', 'ValidationMethod', {cloudFormationDefault: 'EMAIL'}),
      row('key_algorithm', 'KeyAlgorithm', {
        awsDecides: true,
        terraformDefault: 'RSA_2048',
        cloudFormationDefault: 'RSA_2048',
      }),
      row(
        'options.0.certificate_transparency_logging_preference',
        'CertificateTransparencyLoggingPreference',
        {
          terraformDefault: 'ENABLED',
          cloudFormationDefault: 'ENABLED',
        },
      ),
    ],
    computed: [
      ...identifiers,
      'domain_validation_options.*.resource_record_name',
      'domain_validation_options.*.resource_record_type',
      'domain_validation_options.*.resource_record_value',
      'not_after',
      'not_before',
      'pending_renewal',
      'renewal_eligibility',
      'renewal_summary',
      'status',
      'type',
      'validation_emails',
    ],
    // The hosted zone is an attribute of the record that validates the certificate.
    elsewhere: ['DomainValidationOptions.*.HostedZoneId'],
  },
  {
    terraform: 'aws_route53_record',
    cloudFormation: 'AWS::Route53::RecordSet',
    rows: [
      ...timeouts,
      row('zone_id', 'HostedZoneId'),
      row('name', 'Name'),
      row('type', 'Type'),
      row('ttl', 'TTL'),
      row('records', 'ResourceRecords', {as: 'set'}),
      row('alias.0.name', 'AliasTarget.DNSName'),
      row('alias.0.zone_id', 'AliasTarget.HostedZoneId'),
      row('alias.0.evaluate_target_health', 'AliasTarget.EvaluateTargetHealth', {
        cloudFormationDefault: false,
      }),
      row('set_identifier', 'SetIdentifier'),
      row('health_check_id', 'HealthCheckId'),
      ignored('allow_overwrite', 'What Terraform does with a record that exists.'),
    ],
    computed: [...identifiers, 'fqdn'],
  },
  {
    terraform: 'aws_route53_record',
    cloudFormation: 'AWS::CertificateManager::Certificate',
    rows: [
      row('zone_id', 'HostedZoneId'),
      ...['name', 'type', 'records', 'ttl'].map(attribute =>
        ignored(attribute, 'ACM says what the record holds.'),
      ),
      ignored('allow_overwrite', 'What Terraform does with a record that exists.'),
    ],
    computed: [...identifiers, 'fqdn'],
  },
  {
    terraform: 'aws_service_discovery_private_dns_namespace',
    cloudFormation: 'AWS::ServiceDiscovery::PrivateDnsNamespace',
    rows: [region, tags, row('name', 'Name'), row('description', 'Description'), row('vpc', 'Vpc')],
    computed: [...identifiers, 'hosted_zone'],
  },
]

/**
 * Types that are mapped to nothing: there is no property, whatever their attributes are. They stand here so that a type
 * that nobody has looked at is told from one that has no counterpart.
 */
export const withoutCounterpart: readonly string[] = [
  'aws_acm_certificate_validation',
  'aws_default_network_acl',
  'aws_default_route_table',
  'aws_default_security_group',
  'random_string',
]
