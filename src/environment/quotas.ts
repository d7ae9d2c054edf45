/** A limit that AWS sets an account in each region, and raises on request. */
export interface ServiceQuota {
  /** As Service Quotas calls the service. */
  readonly service: string
  readonly code: string
}

/** Codes as in the AWS General Reference, "Service endpoints and quotas". */
export const quotas = {
  elasticIps: {service: 'ec2', code: 'L-0263D0A3'},
  vpcs: {service: 'vpc', code: 'L-F678F1CE'},
  applicationLoadBalancers: {service: 'elasticloadbalancing', code: 'L-53DA6B97'},
  fargateVcpus: {service: 'fargate', code: 'L-3032A538'},
} as const satisfies Record<string, ServiceQuota>

/** Builds that run at a time, by the compute type of the project; Linux, not ARM. */
export const buildQuotas: Readonly<Record<string, ServiceQuota>> = {
  BUILD_GENERAL1_SMALL: {service: 'codebuild', code: 'L-9D07B6EF'},
  BUILD_GENERAL1_MEDIUM: {service: 'codebuild', code: 'L-2DC20C30'},
  BUILD_GENERAL1_LARGE: {service: 'codebuild', code: 'L-4DDC4A99'},
}
