import {isFailed} from '../../aws/stack-status.js'
import {diagnose, diagnosisResult, inWordsOf} from '../../diagnosis/diagnosis.js'
import {isCancelled} from '../../diagnosis/first-cause.js'
import type {Templates} from '../../diagnosis/template-line.js'
import type {StackProgress} from '../../progress.js'
import type {DiagnosisResult} from '../../results.js'

/** Why an operation failed, as far as its events tell, as documents have it; null when nothing did. */
export function causeOf(
  events: readonly StackProgress[],
  templates: Templates = new Map(),
  commandLine?: (command: string) => string,
): DiagnosisResult | null {
  const diagnosis = inWordsOf(commandLine, diagnose(events, templates))
  return diagnosis === undefined ? null : diagnosisResult(diagnosis)
}

/** A resource that failed by itself: neither cancelled because of others, nor the row of a stack. */
export function isRealFailure({status, reason, isStack, type}: StackProgress): boolean {
  return isFailed(status) && !isCancelled(reason) && !isStack && type !== 'AWS::CloudFormation::Stack'
}
