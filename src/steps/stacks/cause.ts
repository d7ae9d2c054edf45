import {isCancelled, isFailed} from '../../aws/stack-status.js'
import type {StackProgress} from '../../progress.js'
import type {DiagnosisResult} from '../../results.js'
import {firstCause} from './failure.js'

/** Why an operation failed, as far as its events tell, as documents have it; null when nothing did. */
export function causeOf(events: readonly StackProgress[]): DiagnosisResult | null {
  const cause = firstCause(events)
  if (cause === undefined) return null
  const {stackId, logicalId, at} = cause
  const others = events.filter(event => isRealFailure(event) && event.at >= at && event !== cause)
  return {
    ...placeOf(cause),
    template: null,
    meaning: null,
    advice: null,
    others: others.filter(other => other.stackId !== stackId || other.logicalId !== logicalId).map(placeOf),
    cancelled: events.filter(({status, reason}) => isFailed(status) && isCancelled(reason)).length,
  }
}

/** A resource that failed by itself: neither cancelled because of others, nor the row of a stack. */
export function isRealFailure({status, reason, isStack, type}: StackProgress): boolean {
  return isFailed(status) && !isCancelled(reason) && !isStack && type !== 'AWS::CloudFormation::Stack'
}

function placeOf({stackName, logicalId, type, status, reason}: StackProgress) {
  return {stack: stackName, logicalId, type, status, reason: reason ?? status}
}
