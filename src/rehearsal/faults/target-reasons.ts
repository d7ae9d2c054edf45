/**
 * Why a target is not healthy: the state that goes with each reason, and what DescribeTargetHealth says of it.
 * Source: Elastic Load Balancing, Application Load Balancers user guide, "Target health reason codes".
 */
export const targetReasons = {
  'Target.ResponseCodeMismatch': ['unhealthy', 'Health checks failed with these codes: [502]'],
  'Target.Timeout': ['unhealthy', 'Request timed out'],
  'Target.FailedHealthChecks': ['unhealthy', 'Health checks failed'],
  'Elb.InternalError': ['unhealthy', 'Health checks failed due to an internal error'],
  'Elb.RegistrationInProgress': ['initial', 'Target registration is in progress'],
  'Elb.InitialHealthChecking': ['initial', 'Initial health checks in progress'],
  'Target.NotRegistered': ['unused', 'Target is not registered to the target group'],
  'Target.NotInUse': ['unused', 'Target group is not configured to receive traffic from the load balancer'],
  'Target.InvalidState': ['unused', 'Target is in the stopped or terminated state'],
  'Target.IpUnusable': ['unused', 'The IP address cannot be used as a target'],
  'Target.DeregistrationInProgress': ['draining', 'Target deregistration is in progress'],
  'Target.HealthCheckDisabled': ['unavailable', 'Health checks are disabled for this target group'],
} as const satisfies Readonly<Record<string, readonly [state: string, description: string]>>

export type TargetReason = keyof typeof targetReasons

export const targetReasonNames = Object.keys(targetReasons) as TargetReason[]
