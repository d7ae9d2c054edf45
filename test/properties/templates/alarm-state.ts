/** A data point of a period: breaching, not breaching, or none. */
export type DataPoint = 'X' | '0' | '-'

export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'

/**
 * The state in which CloudWatch leaves an alarm whose every period must breach.
 * Source: Amazon CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data".
 * @param range the data points that CloudWatch looks at, more than it evaluates, the newest last
 * @param periods how many it evaluates
 */
export function alarmState(
  range: readonly DataPoint[],
  periods: number,
  missingData: 'missing' | 'notBreaching',
): AlarmState {
  const real = range.filter(point => point !== '-').slice(-periods)
  if (real.length === periods) return real.includes('0') ? 'OK' : 'ALARM'
  if (missingData === 'notBreaching' || real.includes('0')) return 'OK'
  const age = range.length - range.indexOf('X')
  // Nothing but breaches, and the oldest of them is as old as all periods together.
  return real.length > 0 && age >= periods ? 'ALARM' : 'INSUFFICIENT_DATA'
}
