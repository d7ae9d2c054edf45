import type {Clock} from '../clock.js'

/** A time in which AWS did not answer everything that it was asked. */
export interface OutageNote {
  /** What the last failed call threw. */
  readonly error: unknown
  /** How long ago everything was answered for the last time. */
  readonly silentMs: number
}

/** Of the clock: often enough that nobody takes a silent screen for progress. */
export const outageNoteEveryMs = 30_000
/** Pauses are cut no finer: clocks may round. */
const shortestSliceMs = 1_000

/** Tells of every outage when it begins and, while it lasts, every 30 s; of many short ones no more often. */
export class Outage {
  readonly #clock: Clock
  readonly #onNote: (note: OutageNote) => void
  #answeredAt: number
  #toldAt = Number.NEGATIVE_INFINITY
  /** What is going on; undefined while AWS answers. */
  #failure: {error: unknown} | undefined

  constructor(clock: Clock, onNote: (note: OutageNote) => void) {
    this.#clock = clock
    this.#onNote = onNote
    this.#answeredAt = clock.now()
  }

  notAnswered(error: unknown): void {
    this.#failure = {error}
    this.#tell()
  }

  /** Everything that was asked was answered. */
  answered(): void {
    this.#failure = undefined
    this.#answeredAt = this.#clock.now()
  }

  /** Sleeps, and keeps reporting meanwhile: the pauses between failed polls may be longer than 30 s. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    for (let left = ms; left > 0; ) {
      const untilNote = this.#toldAt + outageNoteEveryMs - this.#clock.now()
      const slice = this.#failure === undefined ? left : Math.min(left, Math.max(untilNote, shortestSliceMs))
      await this.#clock.sleep(slice, signal)
      left -= slice
      this.#tell()
    }
  }

  #tell(): void {
    const now = this.#clock.now()
    if (this.#failure === undefined || now - this.#toldAt < outageNoteEveryMs) return
    this.#toldAt = now
    this.#onNote({error: this.#failure.error, silentMs: now - this.#answeredAt})
  }
}
