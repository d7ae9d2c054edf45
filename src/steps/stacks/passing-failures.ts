import {explain} from '../../diagnosis/explain.js'
import type {OperationRecord} from './record.js'

/** Failures of a deletion that are over within minutes: a service of AWS has not finished cleaning up behind another. */
const passing: ReadonlySet<string> = new Set(['namespace-in-use', 'capacity-provider-in-use'])

/** Between two tries. ECS takes the names of a service out of its namespace within five minutes. */
export const tryAgainMs = 60_000

/** Tries after the first. */
export const mostRepeats = 5

/** Whether all that failed since the record had `before` events will pass by itself. */
export function passesByItself({events}: Pick<OperationRecord, 'events'>, before: number): boolean {
  const failures = events
    .slice(before)
    .filter(({isStack, status, type}) => !isStack && status === 'DELETE_FAILED' && type !== nestedType)
  return failures.length > 0 && failures.every(failure => passing.has(explain(failure)?.id ?? ''))
}

/** Fails because of what is in it. */
const nestedType = 'AWS::CloudFormation::Stack'
