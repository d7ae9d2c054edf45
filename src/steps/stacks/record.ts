import type {Reach} from '../../aws/command-line.js'
import type {FollowedStack} from '../../aws/followed-stack.js'
import {
  adviceInWordsOf,
  type Callings,
  type Diagnosis,
  diagnose,
  inWordsOf,
} from '../../diagnosis/diagnosis.js'
import {type Explanation, explain} from '../../diagnosis/explain.js'
import type {Failure} from '../../diagnosis/facts.js'
import type {Templates} from '../../diagnosis/template-line.js'
import type {StackProgress, UnsteadyService} from '../../progress.js'
import {callingsOf} from './cause.js'

/** How far a run has got: no operation was started or followed, one is in progress, or all have ended. */
export type Underway = 'nothing' | 'running' | 'ended'

/** Everything that the stacks said during one run, for the failure report and the result. */
export class OperationRecord {
  readonly #events: StackProgress[] = []
  /** Failures that explain nothing. */
  readonly #dismissed = new Set<StackProgress>()
  readonly #stacks = new Map<string, FollowedStack>()
  /** Ids of the root stacks that are being followed. */
  readonly #followed = new Set<string>()
  /** By the stack that waits for them. */
  readonly #unsteady = new Map<string, readonly UnsteadyService[]>()
  #running = 0
  #buildHasRun = false
  #hasChanged = false
  /** The failure that people were told of as the first one. */
  toldCause: string | undefined
  readonly #readTemplates: () => Templates
  #templates: Templates | undefined

  readonly #commandLine: ((command: string) => string) | undefined
  #callings: Callings | undefined

  /**
   * @param readTemplates what is deployed, to say where a resource is declared; asked only when something fails
   * @param commandLine how the user calls mcpgw here: advice that is pasted must not reach another place
   */
  constructor(readTemplates: () => Templates = () => new Map(), commandLine?: (command: string) => string) {
    this.#readTemplates = readTemplates
    this.#commandLine = commandLine
  }

  /** Where the run works: known when it has begun, before anything can fail. */
  reaches(reach: Reach): void {
    if (this.#commandLine !== undefined) this.#callings = callingsOf(this.#commandLine, reach)
  }

  /**
   * Does what starts or follows an operation: until it ends, stopping means that something is still running in AWS.
   * Nothing is begun after `signal` has aborted, because what is reported then was worded when it did.
   */
  async during<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    this.#running += 1
    try {
      return await work()
    } finally {
      this.#running -= 1
    }
  }

  /** What a run that stops now leaves behind. */
  get underway(): Underway {
    // A stack that was being followed continues, though at this moment nobody looks.
    if (this.#running > 0 || this.#followed.size > 0) return 'running'
    return this.#stacks.size > 0 || this.#buildHasRun || this.#hasChanged ? 'ended' : 'nothing'
  }

  /** A root stack is followed until it is `finished`. */
  follows(stackId: string): void {
    this.#followed.add(stackId)
  }

  /** The stacks still in progress when the run stops now, as far as their events have told. */
  get runningOperations(): readonly {name: string; status: string}[] {
    return [...this.#followed].flatMap(id => {
      const last = this.#events.findLast(({isStack, stackId}) => isStack && stackId === id)
      return last === undefined ? [] : {name: last.stackName, status: last.status}
    })
  }

  /** Services that are waited for now, and that are not steady. */
  get unsteadyServices(): readonly UnsteadyService[] {
    return [...this.#unsteady.values()].flat()
  }

  /** @param label the stack that waits for them; none where only mcpgw does */
  waitsFor(services: readonly UnsteadyService[], label = ''): void {
    this.#unsteady.set(label, services)
  }

  /** Something outside the stacks was changed: a run that stops now leaves it half done. */
  changed(): void {
    this.#hasChanged = true
  }

  add(event: StackProgress): void {
    this.#events.push(event)
  }

  /** A failure that explains none: it was counted on, or what failed is tried again. */
  dismiss(event: StackProgress): void {
    this.#dismissed.add(event)
  }

  /** A build that no stack waits for was followed to its end. */
  buildFinished(): void {
    this.#buildHasRun = true
  }

  finished(stacks: readonly FollowedStack[]): void {
    for (const stack of stacks) {
      const known = this.#stacks.get(stack.id)
      this.#followed.delete(stack.id)
      // Of a nested stack that had come to its end before, its parent's next operation tells nothing.
      if (known !== undefined && stack.status === '') continue
      this.#stacks.set(stack.id, wholeDeletion(known, stack))
    }
  }

  /** In the order in which they were told. */
  get events(): readonly StackProgress[] {
    return this.#events
  }

  /** Those that a failure can be explained by. */
  get undismissed(): readonly StackProgress[] {
    return this.#dismissed.size === 0
      ? this.#events
      : this.#events.filter(event => !this.#dismissed.has(event))
  }

  /** Why it failed, as far as that is known by now; undefined while nothing has. */
  diagnosis(): Diagnosis | undefined {
    this.#templates ??= this.#readTemplates()
    return inWordsOf(this.#callings, diagnose(this.undismissed, this.#templates))
  }

  /** What is known of what a stack says of itself that did not fail, with its advice as the user would call it. */
  explained(failure: Failure): Explanation | undefined {
    const known = explain(failure)
    return known && this.#callings && {...known, advice: adviceInWordsOf(this.#callings, known.advice)}
  }

  /** Every stack that was followed to its end. */
  get stacks(): readonly FollowedStack[] {
    return [...this.#stacks.values()]
  }
}

/** A deletion that failed and was asked for again is one: it began when it was asked for first. */
function wholeDeletion(before: FollowedStack | undefined, now: FollowedStack): FollowedStack {
  if (before?.status !== 'DELETE_FAILED' || !/^DELETE_/.test(now.status)) return now
  return {...now, startedAt: before.startedAt ?? now.startedAt}
}

/** How long an operation on a stack took, by its own events; 0 when it had none. */
export function durationOf(stack: Pick<FollowedStack, 'startedAt' | 'endedAt'>): number {
  if (stack.startedAt === undefined || stack.endedAt === undefined) return 0
  return Math.round((stack.endedAt - stack.startedAt) / 100) / 10
}
