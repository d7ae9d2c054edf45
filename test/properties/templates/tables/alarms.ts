/** What an alarm of Terraform v1.0.7 watches, and when it alarms. */
export interface AlarmFigures {
  readonly metric: string
  readonly statistic: 'Average' | 'Sum'
  /** Seconds. */
  readonly period: number
  readonly evaluationPeriods: number
  readonly threshold: number
  /**
   * There, `missing` for all. A load balancer reports these metrics only when requests flow, and errors only when there are
   * any: a single bad period, with nothing after it, would count as all of them.
   * Source: AWS re:Post, "Why did my CloudWatch alarm send me a notification after a single breached data point?".
   */
  readonly missingData: 'missing' | 'notBreaching'
}

const used = (metric: string): AlarmFigures => ({
  metric,
  statistic: 'Average',
  period: 300,
  evaluationPeriods: 2,
  threshold: 85,
  missingData: 'missing',
})

const balanced = (
  metric: string,
  figures: Pick<AlarmFigures, 'statistic' | 'period' | 'threshold'>,
): AlarmFigures => ({metric, evaluationPeriods: 2, missingData: 'notBreaching', ...figures})

/** By the end of the name; `aws_cloudwatch_metric_alarm.*[0]` of the gateway module. */
export const alarmFigures: Readonly<Record<string, AlarmFigures>> = {
  'auth-cpu-high': used('CPUUtilization'),
  'auth-memory-high': used('MemoryUtilization'),
  'registry-cpu-high': used('CPUUtilization'),
  'registry-memory-high': used('MemoryUtilization'),
  'alb-unhealthy-targets': balanced('UnHealthyHostCount', {statistic: 'Average', period: 60, threshold: 0}),
  'alb-5xx-errors': balanced('HTTPCode_Target_5XX_Count', {statistic: 'Sum', period: 300, threshold: 10}),
  'alb-response-time': balanced('TargetResponseTime', {statistic: 'Average', period: 300, threshold: 1}),
}
