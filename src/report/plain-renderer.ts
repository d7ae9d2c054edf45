import type {Clock} from '../clock.js'
import type {ProgressEvent, StackProgress} from '../progress.js'
import {causeLines} from './cause-lines.js'
import {ProgressModel} from './progress-model.js'
import type {Renderer} from './renderer.js'
import {formatBuild, formatCount, formatExported, formatMinutes, formatOverview, formatTook} from './words.js'

/** Real milliseconds. CI systems end jobs that say nothing for minutes; people doubt after half of one. */
const heartbeatMs = 20_000

/** Lines with the time of day, for logs and pipes. */
export class PlainRenderer implements Renderer {
  readonly #model = new ProgressModel()
  readonly #options: {clock: Clock; write(line: string): void; verbose: boolean}
  readonly #heartbeat: NodeJS.Timeout
  #running: string | undefined
  #startedAt = 0
  /** Resources of the running step, as last said. */
  #total: number | undefined

  constructor(options: {clock: Clock; write(line: string): void; verbose: boolean}) {
    this.#options = options
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs)
    this.#heartbeat.unref()
  }

  tell = (event: ProgressEvent): void => {
    this.#model.hear(event)
    if (event.kind === 'step-started') {
      this.#running = event.title
      this.#total = undefined
      this.#startedAt = this.#options.clock.now()
    }
    if (event.kind === 'step-finished' || event.kind === 'step-failed') this.#running = undefined
    for (const line of this.#linesOf(event)) this.#write(line)
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat)
  }

  #linesOf(event: ProgressEvent): readonly string[] {
    if (event.kind === 'failure-cause') return causeLines(event.diagnosis).map(line => `  ${line}`)
    const line = this.#lineOf(event)
    return line === undefined ? [] : [line]
  }

  #lineOf(event: ProgressEvent): string | undefined {
    switch (event.kind) {
      case 'step-started':
        return `${event.title} …`
      case 'step-finished':
        return `${event.title}: done in ${formatTook(event.seconds, this.#options.clock)}`
      case 'step-skipped':
        return this.#options.verbose ? `${event.title}: skipped, ${event.reason}` : undefined
      case 'step-failed':
        return `${event.title}: FAILED`
      case 'note':
        return `  ${event.text}`
      case 'build-phase':
        return this.#model.build && `  ${formatBuild(this.#model.build, this.#model.exported)}`
      case 'images-exported':
        return event.ok === 0 ? undefined : `  ${formatExported(event)}`
      case 'resources-expected':
        return this.#totalLine(event.stacks.reduce((sum, {resources}) => sum + resources, 0))
      case 'times-expected':
        return `  typically ${formatMinutes(this.#model.secondsLeft(this.#options.clock.now()) ?? 0)}`
      case 'stack-event':
        return event.isForeseen && !this.#options.verbose ? undefined : this.#stackLine(event.event)
      default:
        return undefined
    }
  }

  /** Each stack is counted again when it begins: only what is not known yet is said. */
  #totalLine(counted: number): string | undefined {
    const {total = counted} = this.#model.counts
    if (total === this.#total) return undefined
    this.#total = total
    return `  ${formatCount({done: 0, total})} resources`
  }

  /** Stacks and failures always; single resources only when they were asked for, else the heartbeat counts them. */
  #stackLine(event: StackProgress): string | undefined {
    const {label, logicalId, type, status, reason, isStack} = event
    const why = reason === undefined || reason === 'User Initiated' ? '' : `: ${reason}`
    if (!isStack && status.endsWith('_FAILED')) return `  ${label}: ${logicalId} (${type}) ${status}${why}`
    if (isStack) {
      const view = this.#model.stacks.find(stack => stack.label === label)
      const count = view && view.done > 0 ? ` (${formatCount(view)} resources)` : ''
      return `  ${label}: ${status}${count}${why}`
    }
    return this.#options.verbose ? `  ${label}: ${logicalId} (${type}) ${status}${why}` : undefined
  }

  #beat(): void {
    if (this.#running === undefined) return
    const {clock} = this.#options
    const overview = formatOverview(this.#model, clock.now())
    const elapsed = formatTook((clock.now() - this.#startedAt) / 1000, clock)
    this.#write(`${this.#running}: ${elapsed}${overview === '' ? '' : `, ${overview}`}`)
  }

  #write(line: string): void {
    this.#options.write(`${new Date().toISOString().slice(0, 19)}Z ${line}`)
  }
}
