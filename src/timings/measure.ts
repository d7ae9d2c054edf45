import type {ProgressEvent, StackProgress} from '../progress.js'
import {isNamedWell, keyOf, type MeasuredAction, type Measurement} from './measured.js'

/** CloudFormation's statuses that a measurement begins or ends with. */
const statusPattern = /^(CREATE|UPDATE|DELETE)_(IN_PROGRESS|COMPLETE|FAILED|SKIPPED)$/

const stackType = 'AWS::CloudFormation::Stack'

/**
 * Measures resources from what a run tells. Left out is what says nothing of the next run: what failed, what was seen to
 * end only, deletions that began ahead of CloudFormation, and what CloudFormation removes of a creation that failed.
 */
export class Measure {
  readonly #actions: ReadonlySet<string>
  readonly #begun = new Map<string, number>()
  readonly #headStarts = new Set<string>()
  #creates = false
  readonly #measurements: Measurement[] = []

  /** @param actions what the command does; other actions in the same run are its clean-up */
  constructor(actions: readonly MeasuredAction[]) {
    this.#actions = new Set(actions)
  }

  /** In the order in which they ended. */
  get measurements(): readonly Measurement[] {
    return this.#measurements
  }

  hear(event: ProgressEvent): void {
    if (event.kind === 'head-start') this.#headStarts.add(keyOf(event))
    if (event.kind === 'stack-event') this.#hearStack(event.event)
  }

  #hearStack({stackId, label, logicalId, type, status, at}: StackProgress): void {
    const [, action = '', end] = statusPattern.exec(status) ?? []
    if (type === stackType || !this.#actions.has(action)) return
    if (!isNamedWell({label, logicalId, type})) return
    if (action === 'CREATE') this.#creates = true
    // What goes after something was begun to be made, goes because that failed.
    if (action === 'DELETE' && this.#creates) return
    const key = `${stackId} ${logicalId} ${action}`
    const begunAt = this.#begun.get(key)
    if (end === 'IN_PROGRESS') {
      // The second event of a creation tells the physical id; the first began it.
      if (begunAt === undefined) this.#begun.set(key, at)
      return
    }
    this.#begun.delete(key)
    const isAhead = action === 'DELETE' && this.#headStarts.has(keyOf({label, logicalId}))
    if (begunAt === undefined || end !== 'COMPLETE' || isAhead) return
    const seconds = Math.round((at - begunAt) / 100) / 10
    this.#measurements.push({action: action as MeasuredAction, label, logicalId, type, seconds})
  }
}
