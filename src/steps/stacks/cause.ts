import {awsCommand, type Reach} from '../../aws/command-line.js'
import {isFailed} from '../../aws/stack-status.js'
import {type Callings, diagnose, diagnosisResult, inWordsOf} from '../../diagnosis/diagnosis.js'
import {isCancelled} from '../../diagnosis/first-cause.js'
import type {Templates} from '../../diagnosis/template-line.js'
import type {StackProgress} from '../../progress.js'
import type {DiagnosisResult, Evidence} from '../../results.js'

/**
 * Why an operation failed, as far as its events tell and what was found behind them, as documents have it; null when
 * nothing did.
 */
export function causeOf(
  events: readonly StackProgress[],
  templates: Templates = new Map(),
  callings?: Callings,
  evidence: readonly Evidence[] = [],
): DiagnosisResult | null {
  const diagnosis = inWordsOf(callings, diagnose(events, templates, evidence))
  return diagnosis === undefined ? null : diagnosisResult(diagnosis)
}

/** How commands are called for whoever called mcpgw with `commandLine` and reached AWS so. */
export function callingsOf(commandLine: (command: string) => string, reach: Reach): Callings {
  return {
    // What the failed command was told to skip is what somebody is to look at now.
    mcpgw: command =>
      command === 'preflight'
        ? commandLine(command).replaceAll(/ --skip-check \S+/g, '')
        : commandLine(command),
    aws: command => awsCommand(reach, command),
  }
}

/** A resource that failed by itself: neither cancelled because of others, nor the resource of a stack. */
export function isRealFailure({status, reason, isStack, type}: StackProgress): boolean {
  return isFailed(status) && !isCancelled(reason) && !isStack && type !== 'AWS::CloudFormation::Stack'
}
