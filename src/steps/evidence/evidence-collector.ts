import {systemClock} from '../../clock.js'
import type {ProgressEvent} from '../../progress.js'
import type {Evidence} from '../../results.js'
import {isRealFailure} from '../stacks/cause.js'
import {buildEvidence} from './build.js'
import {collectEvidence, hasEvidence} from './collect.js'
import {atMost, type Reads} from './reads.js'

/**
 * Real time, as all time-outs of calls are: a rollback deletes services within a minute or two. The end of a run waits
 * less for what is still being read.
 */
const collectingMs = 30_000
const settlingMs = 10_000
/** How many failed resources are looked behind, and how often AWS is asked for all of them. */
const mostResources = 5
const mostCalls = 40

/**
 * Looks behind failures as soon as their events are heard, because the rollback that follows deletes what could tell
 * why. It only reads, never throws, and nobody has to wait for it before the end.
 */
export class EvidenceCollector {
  readonly #reads: Reads
  readonly #onEvidence: (evidence: readonly Evidence[]) => void
  readonly #onLook: (looking: Promise<void>) => void
  readonly #seen = new Set<string>()
  readonly #found: Evidence[] = []
  #looking: Promise<void> = Promise.resolve()
  #givenUp = new AbortController()

  /**
   * @param options.onEvidence told of everything that was found so far, each time something is
   * @param options.onLook told of each look behind a failure when it begins, with what resolves when it has ended
   */
  constructor(options: {
    reads: Reads
    onEvidence(evidence: readonly Evidence[]): void
    onLook?(looking: Promise<void>): void
  }) {
    this.#reads = atMost(mostCalls, options.reads)
    this.#onEvidence = options.onEvidence
    this.#onLook = options.onLook ?? (() => {})
  }

  get evidence(): readonly Evidence[] {
    return this.#found
  }

  hear(event: ProgressEvent): void {
    if (event.kind === 'stack-event' && isRealFailure(event.event) && hasEvidence(event.event)) {
      const failed = event.event
      this.#look(`${failed.stackId} ${failed.logicalId}`, deadline =>
        collectEvidence(this.#reads, failed, deadline),
      )
    }
    if (event.kind === 'build-phase' && event.phase === 'COMPLETED' && event.status !== 'SUCCEEDED') {
      this.#look(event.buildId, () => this.#behindBuild(event.buildId))
    }
  }

  /**
   * Waits for what is being read, but not for long; when `signal` aborts, not at all.
   * @throws never
   */
  async settle(signal: AbortSignal): Promise<void> {
    const givenUp = this.#givenUp
    this.#givenUp = new AbortController()
    if (signal.aborted) return givenUp.abort(new Error('mcpgw was interrupted before.'))
    const bound = new AbortController()
    const tooLate = systemClock.sleep(settlingMs, AbortSignal.any([bound.signal, signal])).catch(() => {})
    await Promise.race([this.#looking, tooLate])
    bound.abort()
    givenUp.abort(new Error('AWS took too long to answer.'))
  }

  #look(key: string, look: (deadline: AbortSignal) => Promise<readonly Evidence[]>): void {
    if (this.#seen.has(key) || this.#seen.size >= mostResources) return
    this.#seen.add(key)
    const late = new AbortController()
    const seconds = collectingMs / 1000
    const callOff = systemClock.alarm(collectingMs, () =>
      late.abort(new Error(`It took longer than ${seconds} s.`)),
    )
    const looking = look(AbortSignal.any([late.signal, this.#givenUp.signal]))
      .then(evidence => this.#keep(evidence))
      .catch(() => {})
      .finally(callOff)
    this.#looking = Promise.all([this.#looking, looking]).then(() => {})
    this.#onLook(looking)
  }

  /** The same build can be behind a custom resource and followed by itself. */
  #keep(evidence: readonly Evidence[]): void {
    const isNew = ({title}: Evidence) => !this.#found.some(known => known.title === title)
    this.#found.push(...evidence.filter(isNew))
    this.#onEvidence(this.#found)
  }

  async #behindBuild(id: string): Promise<readonly Evidence[]> {
    const build = await this.#reads.builds.describe(id)
    return build === undefined ? [] : buildEvidence(this.#reads, build)
  }
}
