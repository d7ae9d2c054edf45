import {setTimeout as sleep} from 'node:timers/promises'
import {failed, invalidInput, type McpgwError, refused} from '../../errors.js'
import {emptyAccount} from '../account/account.js'
import {ClockHold} from '../account/clock-hold.js'
import {uuid} from '../account/random.js'
import {regions} from '../account/regions.js'
import {knownKey} from '../account/sessions.js'
import {type Speed, VirtualClock} from '../account/virtual-clock.js'
import {World} from '../account/world.js'
import {goesOnByItself, isUnderWay} from '../control/busy.js'
import {checkFaultsOf} from '../control/check-operations.js'
import {registerEvents} from '../control/event-handlers.js'
import {answerPlain} from '../control/plain-requests.js'
import {pretend} from '../control/pretend.js'
import {checkQuotas, type QuotaSettings, setQuotas} from '../control/quota-settings.js'
import {answerWithFaults} from '../faults/api.js'
import {FaultError} from '../faults/fault-error.js'
import {checkFaults} from '../faults/parse.js'
import {realTime} from '../faults/real-time.js'
import {type FaultStatus, liveFaults, setFaults} from '../faults/setting.js'
import {handlerTables} from '../services/operations.js'
import {isHostedName} from '../services/route53/public-hosts.js'
import {type AccessKey, createDispatcher, createWireServer, OWN_PATH} from '../wire/index.js'
import {keepKey} from './account-key.js'
import {addressOf, askAccount, type Holder, type Liveness} from './holder.js'
import {type HeldByOther, Lock, takeLock} from './lock.js'
import {Pump} from './pump.js'
import {Saver} from './saver.js'
import {readAccount, requireOwnState} from './state-file.js'

export interface ServeOptions {
  /** 0, the default, takes a free port. */
  port?: number
  stateFile: string
  speed: Speed
  /** Used when the account is new. */
  seed: number
  /** Quotas to set; the account keeps them. */
  quotas?: QuotaSettings
  /** Faults to set, as lines; the account keeps them. */
  faults?: readonly string[]
  /** Epoch milliseconds at which a new account begins, and a known one continues at the earliest. @default Date.now */
  now?: () => number
  /** Whether the keys that everybody knows are good, with any secret. @default false */
  open?: boolean
  /** Whether the account is written to its file after changes, and not only when asked and at the end. @default true */
  savesByItself?: boolean
  /** Whether the process ends when nobody needs the account, as `rehearse` does not. @default false */
  endsByItself?: boolean
  /** Waits while a command still holds the account, which ends by itself then. @default it is refused at once */
  wait?: {
    /** Real milliseconds. */
    limitMs: number
    /** Told once, in words. */
    onWait(what: string): void
  }
  /** Told about defects; the account continues. */
  onError?: (error: unknown) => void
  /** Told when somebody asked the account to stop, or has taken it over. */
  onStopAsked?: () => void
}

export interface ServedAccount {
  url: string
  port: number
  accountId: string
  seed: number
  stateFile: string
  /** The account's own key: who signs with it is the account's one user. */
  credentials: AccessKey
  /** Faults that were set and are not over. */
  faults(): FaultStatus[]
  /** Whether anything is under way that comes to its end without anybody, at the account's present speed. */
  goesOnByItself(): boolean
  /** Requests since the start. */
  requests(): number
  /** Whether somebody waits for an answer: who follows something may ask seldom, or stand still for a while. */
  isHeld(): boolean
  /** Saves the account and frees the port. */
  stop(): Promise<void>
}

/**
 * Serves the account in a state file on loopback, making it first when there is none.
 * @throws McpgwError REHEARSAL_IN_USE when another process serves it; REHEARSAL_STATE_* when the file is unusable;
 * PORT_IN_USE; UNKNOWN_QUOTA; INVALID_FAULT.
 */
export async function serveAccount(options: ServeOptions): Promise<ServedAccount> {
  const {stateFile, speed, quotas = {}, faults = [], now = Date.now, onError = () => {}} = options
  const {savesByItself = true, endsByItself = false} = options
  checkQuotas(quotas)
  checkFaults(faults)
  requireOwnState(stateFile)
  const lock = await lockOf(stateFile, options.wait)
  try {
    lock.clearLeftovers()
    const known = readAccount(stateFile)
    const credentials = keepKey(stateFile)
    const account = known ?? emptyAccount({seed: options.seed, now: now()})
    setQuotas(account, quotas)
    const world = new World(
      account,
      new VirtualClock({speed, now: Math.max(account.now, now())}),
      credentials,
    )
    const mayReplace = () => {
      if (lock.isHeld()) return true
      // What another server has written meanwhile must stay.
      onError(new Error(`This process holds ${stateFile} no longer, and ends without saving.`))
      options.onStopAsked?.()
      return false
    }
    let changing = 0
    const isRestless = () => world.clock.held || changing > 0
    const saver = new Saver({account, file: stateFile, mayReplace, savesByItself, isRestless, onError})
    const pump = new Pump(world, {saver, onError})
    const change = async <T>(work: () => Promise<T>): Promise<T> => {
      saver.beforeChange()
      changing += 1
      try {
        return await work()
      } finally {
        changing -= 1
        saver.changed()
      }
    }
    const askedToStop = () => {
      if (isUnderWay(world)) return false
      options.onStopAsked?.()
      return true
    }
    let url = ''
    let requests = 0
    const runtime = {endpoint: () => url, afterRun: () => pump.run(), onLateException: onError}
    registerEvents(world, runtime)
    checkGivenFaults(world, faults)
    const dispatch = createDispatcher(handlerTables(world))
    const clockHold = new ClockHold(world.clock, () => pump.run())
    let end: () => void = () => {}
    const ended = new Promise<void>(resolve => {
      end = resolve
    })
    const controls = {
      nonce: lock.nonce,
      endsByItself,
      ended,
      save: () => saver.saveNow(),
      stop: askedToStop,
      moveTo: (at: number) => pump.moveTo(at),
      holdClock: (ms: number) => clockHold.hold(ms),
    }
    const server = await createWireServer({
      port: options.port,
      requestId: requestIds(world),
      authentication: {
        regions,
        now: () => realTime(world),
        key: (accessKeyId, token) => knownKey(world, accessKeyId, token, options.open),
      },
      async handle(call) {
        requests += 1
        pump.run()
        const reads = /^(Describe|List|Get|Batch|Head|Filter)/.test(call.operation)
        // Faults count how often they were triggered.
        if (account.faults?.length) saver.beforeChange()
        const answer = answerWithFaults(
          world,
          call,
          () => (reads ? dispatch(call) : change(() => dispatch(call))),
          () => pretend(world, call, runtime),
        )
        if (account.faults?.length) saver.changed()
        return answer
      },
      async onPlainRequest(request) {
        requests += 1
        pump.run()
        // A page that is looked at may begin a session: what runs in the account's containers is part of it.
        const isLook = request.method === 'GET' && request.path.startsWith(OWN_PATH)
        if (isLook) return answerPlain(world, request, controls)
        return change(() => answerPlain(world, request, controls))
      },
      hosts: name => isHostedName(world, name),
      onError,
    }).catch((error: unknown) => {
      throw isPortTaken(error) ? portInUse(options.port, error) : error
    })
    url = server.url
    try {
      if (!(await lock.announce(server.port))) {
        throw inUse(`Another process took over the embedded account in ${stateFile} while this one started.`)
      }
    } catch (error) {
      await server.close()
      throw error
    }
    pump.run()
    // Faults begin now, and not when the account was last served.
    setFaults(world, faults)
    if (known) saver.changed()
    else saver.saveNow()
    return {
      url,
      port: server.port,
      accountId: account.id,
      seed: account.seed,
      stateFile,
      credentials,
      faults: () => liveFaults(world),
      goesOnByItself: () => goesOnByItself(world),
      requests: () => requests,
      isHeld: () => server.unanswered() > 0,
      async stop() {
        pump.stop()
        saver.saveNow()
        end()
        await server.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** @throws McpgwError INVALID_FAULT */
function checkGivenFaults(world: World, lines: readonly string[]): void {
  try {
    checkFaultsOf(world, lines)
  } catch (error) {
    throw error instanceof FaultError ? error.asFailure('A fault') : error
  }
}

/** Request ids by the account's seed: when it was served, and how many calls came since. */
function requestIds({account, now}: World): () => string {
  let calls = 0
  return () => {
    calls += 1
    return uuid(account.seed, 'request', now, calls)
  }
}

/** Real milliseconds between two looks whether the account has become free. */
const lookMs = 100

async function lockOf(stateFile: string, wait: ServeOptions['wait']): Promise<Lock> {
  const until = performance.now() + (wait?.limitMs ?? 0)
  for (let looks = 0; ; looks += 1) {
    const taken = await takeLock(stateFile).catch((error: unknown) => {
      throw failed('REHEARSAL_STATE_UNWRITABLE', `No file can be created beside ${stateFile}.`, {
        hint: 'Check the folder, or name another file in MCPGW_REHEARSAL_STATE.',
        cause: error,
      })
    })
    if (taken instanceof Lock) return taken
    const sentence = sentences[taken.liveness](stateFile, taken.holder)
    if (performance.now() >= until || (await staysForGood(taken))) throw inUse(sentence)
    if (looks === 0) wait?.onWait(`${sentence} Waiting until the command that uses it has ended.`)
    await sleep(lookMs)
  }
}

/** Another `mcpgw rehearse` does; what stands behind a command ends some seconds after it. */
async function staysForGood({holder, liveness}: HeldByOther): Promise<boolean> {
  if (liveness !== 'answering') return false
  const info = await askAccount(addressOf(holder)).catch(() => undefined)
  return info !== undefined && info.endsByItself !== true
}

const sentences: Record<Exclude<Liveness, 'gone'>, (stateFile: string, holder: Holder) => string> = {
  answering: (stateFile, holder) =>
    `The embedded account in ${stateFile} is already being served at ${addressOf(holder)}, by process ${holder.pid}.`,
  starting: (stateFile, {pid}) =>
    `Process ${pid} is just starting to serve the embedded account in ${stateFile}.`,
  silent: (stateFile, holder) =>
    `Process ${holder.pid} serves the embedded account in ${stateFile} at ${addressOf(holder)}, but does not answer at the moment.`,
}

function inUse(message: string): McpgwError {
  return refused(
    'REHEARSAL_IN_USE',
    message,
    'Use the account where it is served, end that process, or name another file with --state.',
  )
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function portInUse(port: number | undefined, cause: unknown): McpgwError {
  return invalidInput(
    'PORT_IN_USE',
    `Port ${port} of 127.0.0.1 is in use by another program.`,
    'Give another one with --port (0 takes a free one), or end the program that uses it.',
    cause,
  )
}
