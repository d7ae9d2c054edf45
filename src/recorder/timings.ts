import type {StackProgress} from '../progress.js'

/** How long one resource took, by its own events. */
export interface Timing {
  readonly stack: string
  readonly logicalId: string
  readonly type: string
  /** CREATE, UPDATE, DELETE … */
  readonly action: string
  /** COMPLETE, FAILED, SKIPPED; null for one that was still being worked on. */
  readonly end: string | null
  /** Null as long as it has no end. */
  readonly seconds: number | null
}

/** Measures resources from their events, one after another. */
export class Timings {
  readonly #open = new Map<string, {at: number; index: number}>()
  readonly #timings: Timing[] = []

  add({stackName, stackId, logicalId, type, status, at}: StackProgress): void {
    const [, action, end] = /^(.+)_(IN_PROGRESS|COMPLETE|FAILED|SKIPPED)$/.exec(status) ?? []
    if (action === undefined || end === undefined) return
    const key = `${stackId} ${logicalId} ${action}`
    const begun = this.#open.get(key)
    if (end === 'IN_PROGRESS') {
      // The second event of a creation tells the physical id; the first began it.
      if (begun !== undefined) return
      this.#open.set(key, {at, index: this.#timings.length})
      this.#timings.push({stack: stackName, logicalId, type, action, end: null, seconds: null})
      return
    }
    this.#open.delete(key)
    const seconds = begun === undefined ? null : Math.round((at - begun.at) / 100) / 10
    const timing = {stack: stackName, logicalId, type, action, end, seconds}
    if (begun === undefined) this.#timings.push(timing)
    else this.#timings[begun.index] = timing
  }

  /** In the order in which they began. */
  get all(): readonly Timing[] {
    return this.#timings
  }
}
