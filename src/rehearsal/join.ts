import {spawn} from 'node:child_process'
import {closeSync, mkdirSync, openSync, readFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'
import {type Clock, scaledClock, steppedClock, systemClock} from '../clock.js'
import {failed, messageOf} from '../errors.js'
import type {Speed} from './account/virtual-clock.js'
import {type AccountInfo, controlPaths} from './control.js'
import {readHolder} from './lock.js'
import {defaultStateFile, readAccount} from './state-file.js'

export interface JoinOptions {
  /** Default: MCPGW_REHEARSAL_STATE, else a file in the user's state directory. */
  stateFile?: string
  /** Times real time; an account that is being served takes it over. @default 200 */
  speed?: Speed
  /** Only a new account takes it. @default 1 */
  seed?: number
}

export interface JoinedRehearsal {
  endpoint: string
  region: string
  credentials: {accessKeyId: string; secretAccessKey: string}
  /** Runs as the account's own clock does. */
  clock: Clock
  /** What the user should know about the account joined. */
  notes: string[]
  /** Lets go of the account; it ends by itself when nobody needs it. */
  leave(): void
}

const defaults = {speed: 200, seed: 1, region: 'us-west-2'}

/** Real milliseconds a server may take to start on a busy machine. */
const startLimitMs = 20_000
const lookMs = 15
/** Before a server that has ended is started once more. */
const restartPauseMs = 300
/** Real milliseconds between two signs of life: less than the time after which a server ends by itself. */
const signOfLifeMs = 1500

/**
 * Joins the embedded account: the one being served, or else a server started in the background.
 * @throws McpgwError REHEARSAL_NOT_STARTED when no server comes up.
 */
export async function joinRehearsal(options: JoinOptions): Promise<JoinedRehearsal> {
  const stateFile = options.stateFile ?? defaultStateFile()
  const endpoint = await servedAt(stateFile, options)
  const info =
    options.speed === undefined
      ? await ask(endpoint, 'GET', controlPaths.account)
      : await ask(endpoint, 'PUT', controlPaths.speed, String(options.speed))
  const notes: string[] = []
  if (options.seed !== undefined && options.seed !== info.seed) {
    notes.push(
      `The embedded account in ${stateFile} began with seed ${info.seed} and keeps it; seed ${options.seed} needs a new state file.`,
    )
  }
  const signOfLife = setInterval(
    () => void ask(endpoint, 'GET', controlPaths.account).catch(() => {}),
    signOfLifeMs,
  ).unref()
  return {
    endpoint,
    region: defaults.region,
    credentials: {accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal'},
    clock: clockOf(endpoint, info),
    notes,
    leave: () => clearInterval(signOfLife),
  }
}

/** The account's own time, as seen from here. */
function clockOf(endpoint: string, info: AccountInfo): Clock {
  if (info.speed !== 'max') {
    return scaledClock({speed: info.speed, startedAt: info.now, realStartedAt: Date.now()})
  }
  return steppedClock({
    startedAt: info.now,
    moveTo: async at => (await ask(endpoint, 'PUT', controlPaths.time, String(at))).now,
  })
}

async function servedAt(stateFile: string, options: JoinOptions): Promise<string> {
  const log = `${stateFile}.log`
  const deadline = Date.now() + startLimitMs
  let server: StartedServer | undefined
  while (Date.now() < deadline) {
    const holder = readHolder(stateFile)
    if (holder?.port) {
      const endpoint = `http://127.0.0.1:${holder.port}`
      if (await answers(endpoint)) return endpoint
    }
    // A holder that does not answer has died, or is just ending; whoever starts next finds out which.
    if (!server || (server.hasEnded() && !readHolder(stateFile))) {
      // What is wrong with the file is said here, where somebody reads it.
      readAccount(stateFile)
      server = startServer(stateFile, options, log)
    }
    for (let looks = 0; looks < 100 && !readHolder(stateFile)?.port && !server.hasEnded(); looks += 1) {
      await systemClock.sleep(lookMs)
    }
    if (server.hasEnded() && !readHolder(stateFile)) await systemClock.sleep(restartPauseMs)
  }
  throw failed('REHEARSAL_NOT_STARTED', `The embedded account in ${stateFile} did not start.`, {
    hint: `Read ${log}, or name another file in MCPGW_REHEARSAL_STATE.`,
    cause: lastLines(log),
  })
}

interface StartedServer {
  hasEnded(): boolean
}

function startServer(stateFile: string, options: JoinOptions, log: string): StartedServer {
  mkdirSync(dirname(log), {recursive: true})
  const errors = openSync(log, 'w', 0o600)
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('./serve-process.js', import.meta.url)),
      stateFile,
      String(options.speed ?? defaults.speed),
      String(options.seed ?? defaults.seed),
    ],
    {detached: true, stdio: ['ignore', 'ignore', errors], env: serverEnvironment()},
  )
  let hasEnded = false
  child.on('exit', () => {
    hasEnded = true
  })
  child.unref()
  closeSync(errors)
  return {hasEnded: () => hasEnded}
}

/** The user's AWS settings must not reach the account's own clients. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))
  return {...Object.fromEntries(kept), AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true'}
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await ask(endpoint, 'GET', controlPaths.account)
    return true
  } catch {
    return false
  }
}

async function ask(endpoint: string, method: string, path: string, body?: string): Promise<AccountInfo> {
  const response = await fetch(`${endpoint}${path}`, {method, body, signal: AbortSignal.timeout(5000)})
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`)
  return (await response.json()) as AccountInfo
}

function lastLines(log: string): Error | undefined {
  try {
    return new Error(readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n'))
  } catch (error) {
    return new Error(messageOf(error))
  }
}
