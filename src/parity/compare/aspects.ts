import {member} from '../../template/value.js'

/**
 * What AWS tells of a resource beside its identity, by Terraform's type. A resource is meant by its id, ARN, or name alike,
 * and which of them a property takes is the service's business; its address on the network is something else.
 */
export const terraformAspects: Readonly<Record<string, readonly string[]>> = {
  aws_lb: ['dns_name', 'zone_id', 'arn_suffix'],
  aws_lb_target_group: ['arn_suffix'],
  aws_rds_cluster: ['endpoint', 'reader_endpoint'],
  aws_db_proxy: ['endpoint'],
  aws_ecr_repository: ['repository_url'],
  aws_eip: ['public_ip'],
  aws_cloudfront_distribution: ['domain_name'],
  aws_service_discovery_private_dns_namespace: ['hosted_zone'],
}

/** Attributes that mean the resource itself, beside `id` and `arn`. */
export const terraformIdentities: Readonly<Record<string, readonly string[]>> = {
  aws_kms_key: ['key_id'],
  aws_eip: ['allocation_id'],
}

/** By `Fn::GetAtt`'s attribute; any other is the identity if it is called so, and else a thing of CloudFormation's own. */
const aspects: Readonly<Record<string, string>> = {
  DNSName: 'dns_name',
  CanonicalHostedZoneID: 'zone_id',
  'Endpoint.Address': 'endpoint',
  Endpoint: 'endpoint',
  'ReadEndpoint.Address': 'reader_endpoint',
  LoadBalancerFullName: 'arn_suffix',
  TargetGroupFullName: 'arn_suffix',
  RepositoryUri: 'repository_url',
  HostedZoneId: 'hosted_zone',
  DomainName: 'domain_name',
  PublicIp: 'public_ip',
}

/** `null` for the identity. */
export function aspectOf(attribute: string | undefined): string | null {
  if (attribute === undefined) return null
  return member(aspects, attribute) ?? (/(?:Arn|ARN|Id|Name)$/.test(attribute) ? null : attribute)
}

/** `<network.Vpc>`, `<services.MainAlb.dns_name>`: how both sides write what points at a resource. */
export function pointer(resource: string, aspect: string | null): string {
  return aspect === null ? `<${resource}>` : `<${resource}.${aspect}>`
}
