import type {Aws} from '../aws/aws.js'
import {systemClock} from '../clock.js'
import {explainedAs, type McpgwError} from '../errors.js'
import {templatesIfReadable} from '../input/template-folder.js'
import type {ProgressEvent, ProgressSink, StackProgress} from '../progress.js'
import {FlightRecorder} from '../recorder/flight-recorder.js'
import type {RecordedFailure, RunFacts} from '../recorder/run-file.js'
import {runsFolder} from '../recorder/runs-folder.js'
import {mcpgwVersion} from '../recorder/version.js'
import {summaryOf} from '../report/run-summary.js'
import type {DiagnosisResult, Evidence} from '../results.js'
import {EvidenceCollector} from '../steps/evidence/evidence-collector.js'
import {cleaned} from '../steps/evidence/scrub.js'
import {callingsOf, causeOf} from '../steps/stacks/cause.js'
import type {Measure} from '../timings/measure.js'
import {learn, measureOf} from './learn.js'
import type {Kept} from './outcome.js'

/** What a recording is begun with. */
export interface RecordingOptions {
  facts: RunFacts
  commandLine(command: string): string
  aws: Aws
  /** Aborts when the user interrupts: nothing is waited for then. */
  signal: AbortSignal
  /** Hides secrets. */
  mask(text: string): string
  /** Told of each look behind a failure when it begins, with what resolves when it has ended. */
  onLook?(looking: Promise<void>): void
}

/** One run of a command while it is recorded: what it tells, and what lies behind the failures in it. */
export class Recording {
  readonly #options: RecordingOptions
  readonly #recorder: FlightRecorder
  readonly #collector: EvidenceCollector
  readonly #events: StackProgress[] = []
  readonly #measure: Measure
  #account: string | undefined
  #tell: ProgressSink | undefined
  #trouble: string | undefined
  #kept: Kept | undefined

  constructor(options: RecordingOptions) {
    const {facts, aws, mask} = options
    this.#options = options
    this.#measure = measureOf(facts)
    this.#recorder = new FlightRecorder({
      facts,
      mask,
      runs: runsFolder(),
      mcpgwVersion: mcpgwVersion(),
      now: () => systemClock.now(),
      summarize: summaryOf,
      onTrouble: why => this.#tellTrouble(why),
    })
    this.#collector = new EvidenceCollector({
      reads: aws,
      onLook: options.onLook,
      onEvidence: () => this.#recorder.keep({evidence: this.#evidence()}),
    })
  }

  /** A sink that is recorded beside `tell`. */
  sink(tell: ProgressSink): ProgressSink {
    this.#tell = tell
    return event => {
      tell(event)
      this.#hear(event)
    }
  }

  /** Waits, not for long, for what is being read behind a failure. Never throws. */
  async settle(): Promise<void> {
    await this.#collector.settle(this.#options.signal)
    this.#tell = undefined
  }

  /** Writes the end, which is the first that is told. Never throws. */
  end(exitCode: number, failure: RecordedFailure | null): Kept {
    this.#kept ??= this.#end(exitCode, failure)
    return this.#kept
  }

  /** The failure with what was found behind its cause, when that says more than the stacks did. */
  explained(failure: McpgwError): McpgwError {
    const told = failure.diagnosis
    if (told === undefined) return failure
    const found = this.#diagnosis()
    const isSame = found?.logicalId === told.logicalId && found.reason === told.reason
    if (!isSame || found.meaning === told.meaning) return failure
    const {mask} = this.#options
    const {meaning} = found
    const advice = found.advice && mask(found.advice)
    return explainedAs(failure, {...told, meaning, advice})
  }

  #diagnosis(): DiagnosisResult | null {
    const {commandLine, aws} = this.#options
    const callings = callingsOf(commandLine, aws)
    return causeOf(this.#events, templatesIfReadable(), callings, this.#collector.evidence)
  }

  #end(exitCode: number, failure: RecordedFailure | null): Kept {
    const diagnosis = exitCode === 0 ? null : this.#diagnosis()
    this.#recorder.end({exitCode, failure: failure && membersOf(failure)}, diagnosis)
    const {id, folder, isKept} = this.#recorder
    if (isKept) learn(this.#options.facts, this.#account, this.#measure.measurements)
    return {run: isKept ? {id, folder} : undefined, evidence: this.#evidence()}
  }

  #hear(event: ProgressEvent): void {
    if (event.kind === 'stack-event') this.#events.push(event.event)
    if (event.kind === 'step-finished' && event.id === 'identify') this.#keepAccount()
    this.#measure.hear(event)
    this.#recorder.hear(event)
    this.#collector.hear(event)
  }

  /** Known by now: it is asked once. */
  #keepAccount(): void {
    this.#options.aws.identity.whoAmI().then(
      ({account}) => {
        this.#account = account
        this.#recorder.keep({account})
      },
      () => {},
    )
  }

  #evidence(): readonly Evidence[] {
    return this.#collector.evidence.map(each => cleaned(each, this.#options.mask))
  }

  #tellTrouble(why: string): void {
    if (this.#trouble !== undefined) return
    this.#trouble = why
    this.#tell?.({kind: 'note', text: `This run is not recorded: ${why}. Everything else continues.`})
  }
}

/** Without what a failure's document has beside them: the evidence has files of its own. */
function membersOf({code, message, cause, hint, resource, logs}: RecordedFailure): RecordedFailure {
  return {code, message, cause, hint, resource, logs}
}
