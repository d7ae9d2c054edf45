import {childStacks} from '../environment/stacks.js'
import type {ExpectedTime, ProgressEvent, StackProgress, Tally, UnsteadyService} from '../progress.js'
import type {DiagnosisResult} from '../results.js'

/** One stack as the screen shows it. */
export interface StackView {
  label: string
  /** CloudFormation's word; empty while nothing was heard. */
  status: string
  /** Leaf resources that came to a good end. */
  done: number
  /** How many there will be; undefined when nobody knows (an update). */
  total: number | undefined
  /** What is being made, changed or deleted now, oldest first. */
  making: readonly {logicalId: string; since: number; service?: UnsteadyService}[]
  failures: number
}

/** The image build as the screen shows it. */
export interface BuildView {
  id: string
  phase: string
  status: string
  seconds: number
}

/** Everything that was told, folded into what can be drawn. It only listens; both renderers read it. */
export class ProgressModel {
  readonly #expected = new Map<string, number>()
  #times: readonly ExpectedTime[] = []
  #operation: 'create' | 'delete' = 'create'
  #afterwards = 0
  #atLeast = 0
  /** When what takes these times began; undefined until something has. */
  #begunAt: number | undefined
  #unsteady: readonly UnsteadyService[] = []
  readonly #statuses = new Map<string, string>()
  /** By stack label, then logical id. */
  readonly #resources = new Map<string, Map<string, {status: string; since: number}>>()
  build: BuildView | undefined
  /** Of the images, how many are written; undefined for a build that does not export. */
  exported: Tally | undefined
  waiting: Extract<ProgressEvent, {kind: 'verify-waiting'}> | undefined
  /** The first real failure, while what failed is rolled back. */
  cause: DiagnosisResult | undefined

  hear(event: ProgressEvent): void {
    switch (event.kind) {
      case 'resources-expected':
        for (const {label, resources} of event.stacks) this.#expected.set(label, resources)
        break
      case 'times-expected':
        this.#times = event.resources
        this.#operation = event.operation
        this.#atLeast = event.atLeastSeconds ?? 0
        this.#afterwards = event.afterwardsSeconds ?? 0
        break
      case 'stack-event':
        if (!event.isForeseen) this.#hearStack(event.event)
        break
      case 'head-start':
        this.#hearHeadStart(event)
        break
      case 'failure-cause':
        this.cause = event.diagnosis
        break
      case 'step-failed':
        // The failure itself comes now, and says it all.
        this.cause = undefined
        break
      case 'build-phase':
        this.build = {id: event.buildId, phase: event.phase, status: event.status, seconds: event.seconds}
        break
      case 'images-exported':
        this.exported = event
        break
      case 'services-waiting':
        this.#unsteady = event.services
        break
      case 'verify-waiting':
        this.waiting = event
        break
      case 'step-started':
        // Another operation (deploying after replacing) counts anew.
        this.#forget()
        break
      default:
    }
  }

  /** In the order of the environment's table, unknown ones last. */
  get stacks(): StackView[] {
    const labels = new Set([...this.#expected.keys(), ...this.#statuses.keys(), ...this.#resources.keys()])
    return [...labels].sort((a, b) => rank(a) - rank(b)).map(label => this.#view(label))
  }

  /** Over all stacks; `total` is undefined when it is not known for one of them. */
  get counts(): {done: number; total: number | undefined; failures: number} {
    const stacks = this.stacks
    const totals = stacks
      .filter(({label}) => label !== 'main' || this.#expected.has(label))
      .map(({total}) => total)
    return {
      done: sum(stacks.map(({done}) => done)),
      total:
        totals.length === 0 || totals.includes(undefined) ? undefined : sum(totals.map(total => total ?? 0)),
      failures: sum(stacks.map(({failures}) => failures)),
    }
  }

  /** Typical seconds until everything is complete, or gone; undefined when nobody knows, or when something has failed. */
  secondsLeft(now: number): number | undefined {
    const awry = this.#operation === 'create' ? /FAILED|ROLLBACK|DELETE/ : /FAILED|ROLLBACK/
    const isAwry = [...this.#statuses.values()].some(status => awry.test(status))
    if (this.#times.length === 0 || isAwry || this.counts.failures > 0) return undefined
    const beside = this.#atLeast - (now - (this.#begunAt ?? now)) / 1000
    return Math.max(0, beside, ...this.#times.map(time => this.#secondsAfter(time, now))) + this.#afterwards
  }

  /** Whether something takes much longer than it usually does, alone or all together. */
  isLate(now: number): boolean {
    if (this.#begunAt === undefined) return false
    const usual = Math.max(0, ...this.#times.map(({secondsToEnd}) => secondsToEnd))
    return (
      isLate((now - this.#begunAt) / 1000, usual) ||
      this.#times.some(({label, logicalId, seconds}) => {
        const {status = '', since = now} = this.#resources.get(label)?.get(logicalId) ?? {}
        return status.endsWith('_IN_PROGRESS') && isLate((now - since) / 1000, seconds)
      })
    )
  }

  /** From now until everything that waits for one resource is complete. */
  #secondsAfter({label, logicalId, seconds, secondsToEnd}: ExpectedTime, now: number): number {
    const resource = this.#resources.get(label)?.get(logicalId)
    // What was deleted in the same operation is created anew.
    const isOfAnother = resource?.status.startsWith('DELETE') !== (this.#operation === 'delete')
    if (resource === undefined || isOfAnother) return secondsToEnd
    if (/_(COMPLETE|SKIPPED)$/.test(resource.status)) return 0
    // What takes longer than usual is expected to end at any moment.
    return secondsToEnd - Math.min((now - resource.since) / 1000, seconds)
  }

  #hearStack(event: StackProgress): void {
    const {label, logicalId, type, status, at, isStack} = event
    if (isStack) {
      this.#statuses.set(label, status)
      return
    }
    if (type === 'AWS::CloudFormation::Stack') return
    if (this.#times.length > 0) this.#begunAt ??= at
    const resources = this.#resources.get(label) ?? new Map<string, {status: string; since: number}>()
    this.#resources.set(label, resources)
    const before = resources.get(logicalId)
    // The second CREATE_IN_PROGRESS of a resource only adds its physical id.
    const since = before?.status === status ? before.since : at
    resources.set(logicalId, {status, since})
  }

  /** The row that comes later goes on from here. */
  #hearHeadStart({label, logicalId, at}: Extract<ProgressEvent, {kind: 'head-start'}>): void {
    const resources = this.#resources.get(label) ?? new Map<string, {status: string; since: number}>()
    this.#resources.set(label, resources)
    if (!resources.has(logicalId)) resources.set(logicalId, {status: 'DELETE_IN_PROGRESS', since: at})
  }

  #view(label: string): StackView {
    const resources = [...(this.#resources.get(label) ?? [])]
    const making = resources
      .filter(([, {status}]) => status.endsWith('_IN_PROGRESS'))
      .map(([logicalId, {since}]) => {
        const service = this.#unsteady.find(one => one.label === label && one.logicalId === logicalId)
        return {logicalId, since, ...(service && {service})}
      })
      .sort((a, b) => a.since - b.since)
    return {
      label,
      status: this.#statuses.get(label) ?? '',
      done: resources.filter(([, {status}]) => status.endsWith('_COMPLETE') || status === 'DELETE_SKIPPED')
        .length,
      total: this.#expected.get(label),
      making,
      failures: resources.filter(([, {status}]) => status.endsWith('_FAILED')).length,
    }
  }

  #forget(): void {
    this.#expected.clear()
    this.#times = []
    this.#atLeast = 0
    this.#begunAt = undefined
    this.#unsteady = []
    this.#statuses.clear()
    this.#resources.clear()
    this.build = undefined
    this.exported = undefined
    this.waiting = undefined
    this.cause = undefined
  }
}

/** Times are typical ones: a quarter more, and half a minute, is nothing to speak of. */
function isLate(seconds: number, usual: number): boolean {
  return seconds > usual * 1.25 + 30
}

function rank(label: string): number {
  if (label === 'main') return -1
  const at = childStacks.findIndex(({key}) => key === label)
  return at === -1 ? childStacks.length : at
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
