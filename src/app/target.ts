import type {Aws} from '../aws/aws.js'
import type {Clock} from '../clock.js'
import {mfaCodeQuestion} from './ask-mfa-code.js'
import type {AwsFlags} from './flags.js'

/** What a command works on: AWS, or the embedded account in its place, and the clock that runs there. */
export interface Target {
  aws: Aws
  clock: Clock
  /** What the user should know about it. */
  notes: readonly string[]
  /** Holds the account's clock until `work` has ended; where time is real it moves on. */
  holdClock?(work: Promise<void>): void
  /** What the user should know at the end of a run. Never throws. */
  lastNotes?(): Promise<readonly string[]>
  leave(): void
}

const thisIsNotAws =
  'This is the embedded account on this machine, not AWS. `mcpgw rehearse` serves it to other AWS clients.'

/** Time stamps of lines are real, durations are not: without a word they contradict each other. */
export function durationsNote(speed: number | 'max'): string {
  const pace = speed === 'max' ? 'as fast as this machine can' : `${speed} times as fast as real time`
  return `Durations are account time, which runs ${pace}; times of day are real.`
}

/** From the first release after it on, the SDK refuses Node.js below 22. Source: its NodeVersionSupportWarning. */
const sdkSupportEnds = 'January 2027'

/** What the SDK would warn of in several lines, on every client: said once, with what to do. */
export function nodeNotes(version: string): string[] {
  if (Number.parseInt(version, 10) >= 22) return []
  return [
    `This is Node.js ${version}: releases of mcpgw after ${sdkSupportEnds} will need Node.js 22 or later, as the AWS SDK does. Install it before you update mcpgw.`,
  ]
}

/** The one place that turns `--rehearse` into an endpoint; from here on nothing knows the difference. */
export async function openTarget(flags: AwsFlags, signal: AbortSignal): Promise<Target> {
  const {region, profile} = flags
  if (!flags.rehearse) {
    const {connect} = await import('../aws/aws.js')
    const {systemClock} = await import('../clock.js')
    const aws = await connect({region, profile, askMfaCode: mfaCodeQuestion(flags, signal)})
    return {aws, clock: systemClock, notes: nodeNotes(process.versions.node), leave() {}}
  }
  const {joinRehearsal} = await import('../rehearsal/index.js')
  const {'rehearse-speed': speed, 'rehearse-seed': seed, 'rehearse-quota': quotas} = flags
  const {'rehearse-fault': given = [], 'rehearse-faults': file} = flags
  const faults = [...given, ...(file === undefined ? [] : await faultsIn(file))]
  const joining = joinRehearsal({speed, seed, quotas: quotas && Object.fromEntries(quotas), faults})
  const [joined, {connect}] = await Promise.all([joining, importWhatAsksIt(joining)])
  try {
    const {endpoint, credentials, unreachableHint, clock, notes, revive} = joined
    const aws = await connect({
      region: region ?? joined.region,
      endpoint,
      credentials,
      unreachableHint,
      revive,
      clock,
      // The user's settings are meant for AWS.
      sealed: true,
    })
    const pace = durationsNote(joined.speed)
    return {
      aws: {...aws, web: work => joined.pause(() => aws.web(work))},
      clock,
      notes: [thisIsNotAws, pace, ...notes],
      holdClock: joined.holdClock,
      lastNotes: joined.unmetFaults,
      leave: () => joined.leave(),
    }
  } catch (error) {
    joined.leave()
    throw error
  }
}

/** An account that has to be started takes half a second, on a core of its own; one that is there waits for nothing. */
async function importWhatAsksIt(joining: Promise<unknown>) {
  let isThere = false
  const note = () => {
    isThere = true
  }
  joining.then(note, note)
  const {importFirstClients, importMoreClients} = await import('../aws/clients.js')
  const [aws] = await Promise.all([import('../aws/aws.js'), importFirstClients()])
  if (!isThere) await importMoreClients()
  return aws
}

async function faultsIn(file: string): Promise<string[]> {
  const {readFaultsFile} = await import('../rehearsal/index.js')
  return readFaultsFile(file)
}
