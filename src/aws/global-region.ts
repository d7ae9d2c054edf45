/** Where each partition keeps what has no region. Source: AWS General Reference, endpoints of IAM and Route 53. */
export function globalRegionOf(region: string): string {
  if (region.startsWith('cn-')) return 'cn-northwest-1'
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1'
}
