import type {StackProgress} from '../progress.js'
import type {DiagnosisResult, Evidence} from '../results.js'
import type {Explanation} from './explain.js'
import {explainBehind} from './explain-behind.js'
import {cancelledCount, firstCause, otherFailures} from './first-cause.js'
import {StackTree} from './stack-tree.js'
import {type Templates, templateLine} from './template-line.js'

/** Why an operation failed, as far as its events tell. */
export interface Diagnosis {
  /** The root's name and the logical ids of nested stacks: `demo / DataStack`. */
  readonly stackPath: string
  readonly stackId: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: string
  /** AWS's own words; the status when it gave none. */
  readonly reason: string
  /** Epoch milliseconds, AWS's time stamp. */
  readonly at: number
  /** `cloudformation/data-stack.yaml:123`. */
  readonly templateLine: string | undefined
  readonly explanation: Explanation | undefined
  /** What failed by itself beside the cause, oldest first. */
  readonly others: readonly OtherFailure[]
  /** How many resources failed only because others had. */
  readonly cancelled: number
}

/** A failure that is not the cause. */
export interface OtherFailure {
  readonly stackPath: string
  readonly logicalId: string
  readonly type: string
  readonly status: string
  readonly reason: string
}

/**
 * Why it failed; undefined when nothing did.
 * @param events of one operation on each root, and of the rollback that followed
 * @param templates what was deployed; empty when nobody knows
 * @param evidence what was found behind the failures, as far as somebody has looked
 */
export function diagnose(
  events: readonly StackProgress[],
  templates: Templates,
  evidence: readonly Evidence[] = [],
): Diagnosis | undefined {
  const cause = firstCause(events)
  if (cause === undefined) return undefined
  const tree = new StackTree(events)
  const {physicalId, type, status, reason = status, at} = cause
  const place = tree.placeOf(cause)
  const {stackId, logicalId} = place
  const pathTo = (event: StackProgress) => tree.pathTo(event).join(' / ')
  return {
    ...{stackPath: pathTo(place), stackId, logicalId, physicalId, type, status, reason, at},
    templateLine: templateLine(place, templates),
    explanation: explainBehind(cause, evidence, templates),
    others: otherFailures(events, cause).map(other => ({
      stackPath: pathTo(tree.placeOf(other)),
      logicalId: tree.placeOf(other).logicalId,
      type: other.type,
      status: other.status,
      reason: other.reason ?? other.status,
    })),
    cancelled: cancelledCount(events),
  }
}

/** The diagnosis as documents have it. */
export function diagnosisResult(diagnosis: Diagnosis): DiagnosisResult {
  const {
    stackPath,
    logicalId,
    type,
    status,
    reason,
    templateLine: line,
    explanation,
    others,
    cancelled,
  } = diagnosis
  return {
    stack: stackPath,
    ...{logicalId, type, status, reason},
    template: line ?? null,
    meaning: explanation?.meaning ?? null,
    advice: explanation?.advice ?? null,
    others: others.map(({stackPath: stack, ...other}) => ({stack, ...other})),
    cancelled,
  }
}

/** How the user calls other commands here: what is pasted must not reach another environment, region or account. */
export interface Callings {
  /** `mcpgw …` from the name of a command, such as `deploy` or `images check`. */
  mcpgw(command: string): string
  /** `aws …` from all that follows `aws`. */
  aws(command: string): string
}

/** The same with the commands of its advice as the user would call them: on this environment, in this account. */
export function inWordsOf(
  callings: Callings | undefined,
  diagnosis: Diagnosis | undefined,
): Diagnosis | undefined {
  const {explanation} = diagnosis ?? {}
  if (callings === undefined || diagnosis === undefined || explanation === undefined) return diagnosis
  return {
    ...diagnosis,
    explanation: {...explanation, advice: adviceInWordsOf(callings, explanation.advice)},
  }
}

/** Advice of the catalogue with its commands as the user would call them. */
export function adviceInWordsOf(callings: Callings, advice: string): string {
  return advice
    .replaceAll(/`mcpgw (images [a-z]+|[a-z]+)/g, (_, command: string) => `\`${callings.mcpgw(command)}`)
    .replaceAll(/`aws ([^`]+)`/g, (_, command: string) => `\`${callings.aws(command)}\``)
}
