import type {DiagnosisResult} from './results.js'

/**
 * What happens during a run, told by steps to whoever listens: the live screen, plain lines, or nobody.
 * Listening never changes the outcome.
 */
export type ProgressEvent =
  | {kind: 'workflow-started'; title: string; steps: readonly {id: string; title: string}[]}
  | {kind: 'step-started'; id: string; title: string}
  | {kind: 'step-skipped'; id: string; title: string; reason: string}
  | {kind: 'step-finished'; id: string; title: string; seconds: number}
  | {kind: 'step-failed'; id: string; title: string; message: string}
  /** A line worth keeping, about the step that runs. */
  | {kind: 'note'; text: string}
  /** How many leaf resources of all templates the operation will touch, by stack label ("network" …). */
  | {kind: 'resources-expected'; stacks: readonly {label: string; resources: number}[]}
  /** How long what is to be created or deleted typically takes, for an estimate of what is left. */
  | {
      kind: 'times-expected'
      operation: 'create' | 'delete'
      resources: readonly ExpectedTime[]
      /** What goes on beside all rows, from the beginning. */
      atLeastSeconds?: number
      /** What typically follows when all of it is complete, or gone. */
      afterwardsSeconds?: number
    }
  /** One CloudFormation event, already in order and told once. */
  | {
      kind: 'stack-event'
      event: StackProgress
      /** It looks like a failure and is none: it was counted on, and is seen to. */
      isForeseen?: boolean
    }
  /** The deletion of a resource begins before its stack comes to it. */
  | {kind: 'head-start'; label: string; logicalId: string; at: number}
  /** The first real failure so far, in the poll that brought it, and again when an earlier one turns up. */
  | {kind: 'failure-cause'; diagnosis: DiagnosisResult}
  | {kind: 'build-phase'; buildId: string; phase: string; status: string; seconds: number}
  /** How many images the build that runs has written to a bucket. */
  | ({kind: 'images-exported'} & Tally)
  /** What CloudFormation waits for longer than usual; empty when it waits for none of them any more. */
  | {kind: 'services-waiting'; services: readonly UnsteadyService[]}
  /** What is well so far; `problem` is the first thing that is not. */
  | {
      kind: 'verify-waiting'
      services: Tally
      targetGroups: Tally
      endpoints: Tally
      links: Tally
      problem: string
    }

/** A resource that is to be created or deleted. */
export interface ExpectedTime {
  /** Of its stack. */
  label: string
  logicalId: string
  seconds: number
  /** From its beginning until everything that waits for it is complete, or gone, itself included. */
  secondsToEnd: number
}

/** A service whose tasks do not run as they should, or not yet. */
export interface UnsteadyService {
  /** Of its stack, and of the resource in it; empty where no stack is waited for. */
  label: string
  logicalId: string
  name: string
  desired: number
  running: number
  /** Tasks of the present roll-out that did not start, or did not become healthy. */
  failed: number
  /** What ECS said last. */
  lastEvent?: string | undefined
}

/** How many of how many are well. */
export interface Tally {
  ok: number
  total: number
}

/** A CloudFormation event as the screen needs it; `label` is the stack's short name ("main", "network" …). */
export interface StackProgress {
  label: string
  stackName: string
  /** Once it is deleted, a stack is found by its id only. */
  stackId: string
  logicalId: string
  physicalId: string
  type: string
  status: string
  reason: string | undefined
  /** Epoch milliseconds, AWS's own time stamp. */
  at: number
  /** True for the event that speaks of the stack itself. */
  isStack: boolean
}

/** Receives every event, in order; must not throw. */
export type ProgressSink = (event: ProgressEvent) => void

/** Nobody listens. */
export const silent: ProgressSink = () => {}
