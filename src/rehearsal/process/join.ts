import {accountTime, type Clock, scaledClock} from '../../clock.js'
import {failed, invalidInput, type McpgwError, messageOf} from '../../errors.js'
import {steppedClock} from '../../stepped-clock.js'
import {longestClockHoldMs} from '../account/clock-hold.js'
import {type Speed, VirtualClock} from '../account/virtual-clock.js'
import {type AccountInfo, controlPaths} from '../control/control-paths.js'
import {checkQuotas, type QuotaSettings} from '../control/quota-settings.js'
import {checkFaults} from '../faults/parse.js'
import type {FaultStatus} from '../faults/setting.js'
import type {AccessKey} from '../wire/sigv4.js'
import {keyFile, readKey} from './account-key.js'
import {CountedTime} from './counted-time.js'
import {askAccount, askControl, ControlDenied, ControlRefusal, type ControlRequest} from './holder.js'
import {readHolder} from './lock.js'
import {servedAt} from './served-at.js'
import {defaultStateFile, requireOwnState} from './state-file.js'
import {type Staying, staying} from './staying.js'

export interface JoinOptions {
  /** Default: MCPGW_REHEARSAL_STATE, else a file in the user's state directory. */
  stateFile?: string
  /** Times real time; an account that is being served takes it over. @default 200 */
  speed?: Speed
  /** Only a new account takes it. @default 1 */
  seed?: number
  /** Quotas to set; the account keeps them. */
  quotas?: QuotaSettings
  /** Faults to set, as lines; `clear` removes those that were set before. */
  faults?: readonly string[]
}

export interface JoinedRehearsal extends Staying {
  endpoint: string
  region: string
  credentials: AccessKey
  /** Runs as the account's own clock does. */
  clock: Clock
  /** How many times as fast as real time that is. */
  speed: Speed
  /** What the user should know about the account joined. */
  notes: string[]
  /** What to do when it stops answering. */
  unreachableHint: string
  /** Holds the account's clock until `work` has ended, but not for long. Never throws. */
  holdClock(work: Promise<void>): void
  /**
   * Does `work` while the account's time stands still, and this clock with it: what a login gives is good for a minute,
   * which is gone before the next request when time runs 200 times as fast. A clock that moves by itself has no need.
   */
  pause<T>(work: () => Promise<T>): Promise<T>
  /** Of each fault that can never be triggered, because its place names nothing that there is, why. Never throws. */
  unmetFaults(): Promise<readonly string[]>
}

const region = 'us-west-2'

/** Real milliseconds for which time stands still at most while a client works: a hanging call must not stop it for good. */
const clockHoldMs = 2_000
/** Real milliseconds that moving the account's time may take: functions that fall into it run in real time, each up to 20 s. */
const moveLimitMs = 120_000

/**
 * Joins the embedded account: the one being served, or else a server started in the background.
 * @throws McpgwError REHEARSAL_NOT_STARTED when no server comes up; UNKNOWN_QUOTA and INVALID_FAULT before one is looked for.
 */
export async function joinRehearsal(options: JoinOptions): Promise<JoinedRehearsal> {
  const stateFile = options.stateFile ?? defaultStateFile()
  const {speed, quotas, faults = []} = options
  if (quotas) checkQuotas(quotas)
  checkFaults(faults)
  requireOwnState(stateFile)
  const endpoint = await servedAt(stateFile, options)
  const key = readKey(stateFile)
  if (!key) throw keyMissing(stateFile)
  const account = {endpoint, key}
  const ask = (request: ControlRequest) =>
    askAccount(endpoint, {...request, key}).catch((error: unknown) => {
      if (error instanceof ControlRefusal) throw notSet(error)
      if (error instanceof ControlDenied) throw keyMissing(stateFile)
      throw unreachable(stateFile, error)
    })
  if (quotas) await ask({method: 'PUT', path: controlPaths.quotas, body: JSON.stringify(quotas)})
  if (faults.length > 0) {
    await ask({method: 'POST', path: controlPaths.faults, body: JSON.stringify(faults)})
  }
  const info = await ask(
    speed === undefined ? {} : {method: 'PUT', path: controlPaths.speed, body: String(speed)},
  )
  const notes: string[] = []
  if (options.seed !== undefined && options.seed !== info.seed) {
    notes.push(
      `The embedded account in ${stateFile} began with seed ${info.seed} and keeps it; seed ${options.seed} needs a new state file.`,
    )
  }
  for (const {id, fault, state} of info.faults ?? []) {
    notes.push(`Fault ${id}${state === 'waiting' ? ', not yet live' : ''}: ${fault}`)
  }
  const {revive, leave} = staying(endpoint, info, {...options, stateFile})
  const {clock, pause} = clockOf(account, info, {stateFile, revive})
  return {
    endpoint,
    region,
    credentials: key,
    clock,
    pause,
    speed: info.speed,
    notes,
    unreachableHint: unreachableHint(stateFile),
    holdClock: work => void holdClockDuring(account, work).catch(() => {}),
    revive,
    leave,
    unmetFaults: () => unmetFaultsOf(endpoint).catch(() => []),
  }
}

async function unmetFaultsOf(endpoint: string): Promise<readonly string[]> {
  const {text} = await askControl(endpoint, {path: controlPaths.faults})
  const {faults} = JSON.parse(text) as {faults: readonly FaultStatus[]}
  return faults.flatMap(({unmet}) => (unmet === undefined ? [] : [unmet]))
}

/** Where an account answers, and the key that steers it. */
interface Served {
  endpoint: string
  key: AccessKey
}

async function holdClockDuring(account: Served, work: Promise<void>): Promise<void> {
  await holdTime(account, clockHoldMs)
  await work.catch(() => {})
  await holdTime(account, 0)
}

/** For so many real milliseconds from now; 0 ends it. */
function holdTime({endpoint, key}: Served, ms: number): Promise<AccountInfo> {
  return askAccount(endpoint, {method: 'PUT', path: controlPaths.clockHold, body: String(ms), key})
}

/** What the account alone can know is wrong, such as an operation that it does not have. */
function notSet(refusal: ControlRefusal): McpgwError {
  return invalidInput(
    'INVALID_FAULT',
    `No fault was set: ${refusal.message}`,
    'Correct it, and run the command again.',
    refusal,
  )
}

/** The account's own time, as seen from here, and how to stop it. */
function clockOf(
  account: Served,
  info: AccountInfo,
  {stateFile, revive}: {stateFile: string; revive(): Promise<boolean>},
): Pick<JoinedRehearsal, 'clock' | 'pause'> {
  const {speed, now: startedAt} = info
  if (speed !== 'max') {
    const time = new VirtualClock({speed, now: startedAt})
    const {alarm, hold} = new CountedTime(speed)
    const clock = scaledClock({speed, startedAt, realStartedAt: Date.now()})
    return {
      clock: {...clock, label: accountTime, now: () => time.now(), alarm, hold},
      async pause(work) {
        time.hold()
        try {
          // An account that continues all the same makes the work harder, not impossible.
          await holdTime(account, longestClockHoldMs).catch(() => {})
          return await work()
        } finally {
          await holdTime(account, 0).catch(() => {})
          time.release()
        }
      },
    }
  }
  const clock = steppedClock({
    startedAt: info.now,
    async moveTo(at) {
      const {endpoint, key} = account
      const request = {method: 'PUT', path: controlPaths.time, body: String(at), key, limitMs: moveLimitMs}
      const move = async () => (await askAccount(endpoint, request)).now
      try {
        // What was moved before it was lost is moved again: the account continues from what was saved.
        return await move().catch(async error => {
          if (!(await revive())) throw error
          return await move()
        })
      } catch (error) {
        throw unreachable(stateFile, error)
      }
    },
  })
  return {clock, pause: work => work()}
}

/** Somebody removed or changed the file while the account is served, or an earlier version serves it, which had none. */
function keyMissing(stateFile: string): McpgwError {
  const pid = readHolder(stateFile)?.pid
  return failed(
    'REHEARSAL_NOT_STARTED',
    `The embedded account in ${stateFile} is being served, but not with the key in ${keyFile(stateFile)}.`,
    {hint: `End process ${pid ?? 'that serves it'}, and run the command again: it makes a new key.`},
  )
}

/** The process behind the account has died: somebody ended it, or the machine did. */
function unreachable(stateFile: string, cause: unknown): McpgwError {
  return failed('UNREACHABLE', `The embedded account stopped answering: ${messageOf(cause)}.`, {
    hint: unreachableHint(stateFile),
    cause,
  })
}

function unreachableHint(stateFile: string): string {
  return `Run the same command again: the account is kept in ${stateFile}, and the command continues from there.`
}
