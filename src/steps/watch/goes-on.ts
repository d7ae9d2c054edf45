import {isDeleting, isInProgress} from '../../aws/stack-status.js'
import type {StackProgress} from '../../progress.js'
import {Budgets, cleaningUpByAws, failuresSince, type PassingCause} from '../stacks/passing-failures.js'
import {isForeseen} from '../stacks/remove.js'
import type {StepTools} from '../step.js'
import {isOfHeadStart} from '../teardown/head-start/meeting.js'
import {unlessRefused} from '../teardown/refused.js'
import type {WatchContext} from './context.js'

/** Of the clock. */
const pollMs = 15_000
/** A teardown asks again at once when what was in the way is gone, or a minute later. */
const patienceMs = 2 * 60_000
/** So long it waits for that. */
const longestMs = 12 * 60_000

/**
 * A deletion that `teardown` asks for again: CloudFormation has met what a head start had begun to delete, or a service of AWS
 * has not finished cleaning up. CloudFormation shows both as DELETE_FAILED, and nowhere that anybody means to go on.
 */
export class GoingOn {
  readonly #context: WatchContext
  readonly #before: number
  readonly #budgets: Budgets

  constructor(context: WatchContext) {
    const counted: PassingCause = {
      words: 'could not be deleted yet',
      budget: 1,
      isForeseen: true,
      is: failure => isOfHeadStart(failure) || cleaningUpByAws(context).is(failure),
      pass: async () => {},
    }
    this.#context = context
    this.#before = context.record.events.length
    this.#budgets = new Budgets([counted])
  }

  /** Whether all that has failed is of this kind. */
  passes(): boolean {
    return this.#budgets.causesOf(this.#failures()) !== undefined
  }

  isForeseen(event: StackProgress): boolean {
    return isForeseen(event, this.#failures(), this.#budgets)
  }

  /** Waits for whoever deletes the stack to go on. @returns whether somebody has */
  async awaited(stackId: string, {tell, signal}: StepTools): Promise<boolean> {
    const {aws, clock, record} = this.#context
    const failures = this.#failures()
    const what = [...new Set(failures.map(({logicalId}) => logicalId))].join(', ')
    const text = `Could not be deleted yet: ${what}. A teardown goes on by itself when what is in the way is gone; waiting for that`
    tell({kind: 'note', text})
    const begun = clock.now()
    let clearAt: number | undefined
    for (;;) {
      const stack = await aws.stacks.describe(stackId)
      // One that is gone was deleted between two looks.
      if (stack === undefined || isDeleting(stack.status) || !isFailed(stack.status)) {
        for (const event of record.events.slice(this.#before)) record.dismiss(event)
        return true
      }
      const now = clock.now()
      if (now - begun >= longestMs) return false
      if (clearAt === undefined && !(await this.#isInTheWay(failures))) clearAt = now
      if (clearAt !== undefined && now - clearAt >= patienceMs) return false
      await clock.sleep(pollMs, signal)
    }
  }

  /** Whether a cluster that is being deleted is still there; nobody waits for more when that cannot be told. */
  async #isInTheWay(failures: readonly StackProgress[]): Promise<boolean> {
    const clusters = failures.filter(({type}) => type === 'AWS::RDS::DBCluster')
    const found = await Promise.all(
      clusters.map(({physicalId}) =>
        unlessRefused(
          () => this.#context.aws.headStarts.cluster(physicalId),
          () => {},
        ),
      ),
    )
    return found.some(each => each !== undefined)
  }

  #failures(): readonly StackProgress[] {
    return failuresSince(this.#context.record, this.#before)
  }
}

function isFailed(status: string): boolean {
  return !isInProgress(status) && status === 'DELETE_FAILED'
}
