/** Which service and region an AWS host name stands for. Source: AWS General Reference, "Service endpoints". */

export interface Endpoint {
  /** As in the host name, which for most services is the signing name too. */
  readonly service: string
  /** Absent for an endpoint without a region, such as `iam.amazonaws.com`. */
  readonly region?: string
}

const host =
  /(?:^|\.)(?<service>[a-z0-9-]+?)(?:\.dualstack)?(?:\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/

/** The endpoint of a host name; undefined for one that is not AWS's, which stands for every service and region. */
export function endpointOf(name: string): Endpoint | undefined {
  const found = host.exec(name)?.groups
  return found?.service ? {service: found.service, region: found.region} : undefined
}
