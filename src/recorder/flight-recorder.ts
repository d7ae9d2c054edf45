import {closeSync, mkdirSync, renameSync, writeFileSync, writeSync} from 'node:fs'
import path from 'node:path'
import {messageOf} from '../errors.js'
import {makeFolder} from '../make-folder.js'
import {folderProblem, openOwn, ownFileMode, ownFolderMode} from '../own-files.js'
import type {ProgressEvent} from '../progress.js'
import type {DiagnosisResult, Evidence} from '../results.js'
import {visibleJson} from '../visible.js'
import {evidenceFiles} from './evidence-files.js'
import type {RunEnding, RunFacts, RunFile} from './run-file.js'
import {newRunId} from './run-id.js'
import {removeOldRuns} from './runs-folder.js'
import {Timings} from './timings.js'

/** What a recorder is made with. */
export interface RecorderOptions {
  readonly facts: RunFacts
  /** The folder that holds one folder a run. */
  readonly runs: string
  readonly mcpgwVersion: string
  /** Epoch ms of the machine's clock. */
  now(): number
  /** Hides secrets in every text that is written. */
  mask(text: string): string
  /** The page that people read: `summary.md`. */
  summarize(run: RunFile, evidence: readonly Evidence[]): string
  /** Told once, when nothing more can be written and why. */
  onTrouble(why: string): void
}

/**
 * Writes what happens in a run into a folder of its own, as it happens, so that a run that is killed leaves it. The
 * folder is made at the first event worth keeping. What cannot be written is no failure: it is told once, and the
 * run continues without.
 */
export class FlightRecorder {
  readonly id: string
  readonly folder: string
  readonly #options: RecorderOptions
  readonly #timings = new Timings()
  readonly #startedAt: number
  #account: string | null = null
  #evidence: readonly Evidence[] = []
  /** Lines that were told before the folder was made. */
  #waiting: string[] = []
  #events: number | undefined
  #isBroken = false

  constructor(options: RecorderOptions) {
    const {facts, runs} = options
    this.#options = options
    this.#startedAt = options.now()
    this.id = newRunId(facts.command, facts.environment, this.#startedAt)
    this.folder = path.join(runs, this.id)
  }

  /** Whether the folder is there and holds all that was told. */
  get isKept(): boolean {
    return this.#events !== undefined && !this.#isBroken
  }

  /** Never throws. */
  hear(event: ProgressEvent): void {
    const line = this.#lineOf(event)
    if (line === undefined || this.#isBroken) return
    if (event.kind === 'stack-event') this.#timings.add(event.event)
    this.#waiting.push(line)
    if (this.#events === undefined && !isWorthKeeping(event)) return
    this.#try(() => this.#flush())
  }

  /** Everything that is known by now of the account and of what lies behind failures. Never throws. */
  keep(known: {account?: string; evidence?: readonly Evidence[]}): void {
    this.#account = known.account ?? this.#account
    this.#evidence = known.evidence ?? this.#evidence
    if (this.#events === undefined) return
    this.#try(() => this.#writeEvidence())
  }

  /** The last word. What ended before anything was done in AWS leaves a folder only when it failed. Never throws. */
  end(ending: RunEnding, diagnosis: DiagnosisResult | null): void {
    if (this.#events === undefined && ending.exitCode !== 1) return
    this.#try(() => {
      this.#flush()
      this.#writeEvidence()
      const run = this.#runFile(ending, diagnosis)
      this.#writeJson('run.json', run)
      this.#writeJson('timings.json', this.#timings.all)
      this.#write('summary.md', this.#options.summarize(run, this.#masked(this.#evidence)))
      if (this.#events !== undefined) closeSync(this.#events)
    })
  }

  #flush(): void {
    this.#events ??= this.#open()
    const lines = this.#waiting
    this.#waiting = []
    // Written at once: a line costs some microseconds, and nothing is lost when the run is killed.
    if (lines.length > 0) writeSync(this.#events, lines.join(''))
  }

  #open(): number {
    const {runs} = this.#options
    makeFolder(runs, ownFolderMode)
    const problem = folderProblem(runs)
    if (problem !== undefined) throw new Error(problem)
    mkdirSync(this.folder, {mode: ownFolderMode})
    const events = openOwn(path.join(this.folder, 'events.ndjson'), {empty: false})
    this.#writeJson('run.json', this.#runFile(undefined, null))
    removeOldRuns(runs).catch(() => {})
    return events
  }

  #writeEvidence(): void {
    if (this.#evidence.length === 0) return
    mkdirSync(path.join(this.folder, 'logs'), {recursive: true, mode: ownFolderMode})
    for (const {name, text} of evidenceFiles(this.#masked(this.#evidence))) this.#write(name, text)
  }

  #writeJson(name: string, value: unknown): void {
    this.#write(name, `${visibleJson(value, {indent: 2})}\n`)
  }

  /** Whole or not at all: a reader must not find half of a document. */
  #write(name: string, text: string): void {
    const file = path.join(this.folder, name)
    writeFileSync(`${file}.new`, text, {mode: ownFileMode})
    renameSync(`${file}.new`, file)
  }

  #runFile(ending: RunEnding | undefined, diagnosis: DiagnosisResult | null): RunFile {
    const {facts, mcpgwVersion, now} = this.#options
    return this.#masked({
      id: this.id,
      mcpgwVersion,
      ...facts,
      account: this.#account,
      startedAt: new Date(this.#startedAt).toISOString(),
      endedAt: ending === undefined ? null : new Date(now()).toISOString(),
      exitCode: ending?.exitCode ?? null,
      failure: ending?.failure ?? null,
      diagnosis,
    })
  }

  #lineOf(event: ProgressEvent): string | undefined {
    if (!isLine(event)) return undefined
    const told = new Date(this.#options.now()).toISOString()
    return `${visibleJson({told, ...event}, {replacer: this.#maskMember})}\n`
  }

  #masked<T>(value: T): T {
    return JSON.parse(JSON.stringify(value, this.#maskMember))
  }

  readonly #maskMember = (_name: string, member: unknown): unknown =>
    typeof member === 'string' ? this.#options.mask(member) : member

  #try(write: () => void): void {
    if (this.#isBroken) return
    try {
      write()
    } catch (error) {
      this.#isBroken = true
      this.#options.onTrouble(messageOf(error))
    }
  }
}

/** What is only for the screen is not written: it says how long things would take. */
function isLine({kind}: ProgressEvent): boolean {
  return !['resources-expected', 'times-expected', 'services-waiting', 'verify-waiting'].includes(kind)
}

/** Something is done in AWS. */
function isWorthKeeping({kind}: ProgressEvent): boolean {
  return kind === 'stack-event' || kind === 'build-phase' || kind === 'images-exported'
}
