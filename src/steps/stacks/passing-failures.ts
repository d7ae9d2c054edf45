import {explain} from '../../diagnosis/explain.js'
import type {StackProgress} from '../../progress.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import type {OperationRecord} from './record.js'

/** Something for which a deletion fails, and is asked for again when it has passed. */
export interface PassingCause {
  /** What is told of it, after "Stack X". */
  readonly words: string
  /** Deletions after the first that it may cost. */
  readonly budget: number
  /** It was counted on, and nothing is wrong: the failure is not shown as one. */
  readonly isForeseen?: boolean
  /** What failed for it is left out of its stack at the next try. */
  readonly retains?: boolean
  is(failure: StackProgress): boolean
  /** Clears it, or waits until it has passed. */
  pass(failures: readonly StackProgress[], tools: StepTools): Promise<void>
}

/** Between two tries. ECS takes the names of a service out of its namespace within five minutes. */
export const tryAgainMs = 60_000

/** Failures of a deletion that are over within minutes: a service of AWS has not finished cleaning up behind another. */
const cleaningUp: ReadonlySet<string> = new Set([
  'namespace-in-use',
  // By a listener that was added to a load balancer of the environment, and goes with it.
  'target-group-in-use',
  'capacity-provider-in-use',
  'public-addresses-in-use',
])

/** What passes by itself, whoever deletes. */
export function cleaningUpByAws({clock}: Pick<AwsContext, 'clock'>): PassingCause {
  return {
    words: 'could not be deleted yet; this usually resolves itself: deleting it again in a minute',
    budget: 5,
    is: failure => cleaningUp.has(explain(failure)?.id ?? '') || isGoingCluster(failure),
    pass: (_, {signal}) => clock.sleep(tryAgainMs, signal),
  }
}

/**
 * A cluster that somebody has begun to delete is a conflict to CloudFormation's handler (docs/head-start.md); it goes shortly after
 * its last instance.
 */
function isGoingCluster(failure: StackProgress): boolean {
  return failure.type === 'AWS::RDS::DBCluster' && explain(failure)?.id === 'database-not-ready'
}

/** Fails because of what is in it. */
const nestedType = 'AWS::CloudFormation::Stack'

/** The resources that failed since the record had `before` events: no stacks, for these fail because of what is in them. */
export function failuresSince(
  {events}: Pick<OperationRecord, 'events'>,
  before: number,
): readonly StackProgress[] {
  return events
    .slice(before)
    .filter(({isStack, status, type}) => !isStack && status === 'DELETE_FAILED' && type !== nestedType)
}

/** What deletions of one stack may still cost, by cause. */
export class Budgets {
  readonly #causes: readonly PassingCause[]
  readonly #spent = new Map<PassingCause, number>()

  constructor(causes: readonly PassingCause[]) {
    this.#causes = causes
  }

  /** The cause of a failure that may be tried again; undefined for one that may not, or not any more. */
  causeOf(failure: StackProgress): PassingCause | undefined {
    return this.#causes.find(cause => this.#left(cause) > 0 && cause.is(failure))
  }

  /** What made all these fail; undefined when one of them may not be tried again. */
  causesOf(
    failures: readonly StackProgress[],
  ): ReadonlyMap<PassingCause, readonly StackProgress[]> | undefined {
    const found = new Map<PassingCause, StackProgress[]>()
    for (const failure of failures) {
      const cause = this.causeOf(failure)
      if (cause === undefined) return undefined
      found.set(cause, [...(found.get(cause) ?? []), failure])
    }
    return failures.length === 0 ? undefined : found
  }

  spend(cause: PassingCause): void {
    this.#spent.set(cause, (this.#spent.get(cause) ?? 0) + 1)
  }

  #left(cause: PassingCause): number {
    return cause.budget - (this.#spent.get(cause) ?? 0)
  }
}
