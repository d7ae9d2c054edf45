/**
 * What is known of a resource beside its identity. A resource is meant by its id, ARN, or name alike, and which of them a
 * property takes is the service's business; its address on the network is something else. By Terraform's attribute.
 */
export const terraformAspects: readonly string[] = [
  ...['dns_name', 'zone_id', 'endpoint', 'reader_endpoint', 'arn_suffix', 'repository_url', 'hosted_zone'],
]

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
}

/** `null` for the identity. */
export function aspectOf(attribute: string | undefined): string | null {
  if (attribute === undefined) return null
  return aspects[attribute] ?? (/(?:Arn|ARN|Id|Name)$/.test(attribute) ? null : attribute)
}

/** `<network.Vpc>`, `<services.MainAlb.dns_name>`: how both sides write what points at a resource. */
export function pointer(resource: string, aspect: string | null): string {
  return aspect === null ? `<${resource}>` : `<${resource}.${aspect}>`
}
