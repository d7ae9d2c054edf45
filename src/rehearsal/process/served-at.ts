import {spawn} from 'node:child_process'
import {closeSync, readFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'
import {systemClock} from '../../clock.js'
import {failed, type McpgwError, messageOf} from '../../errors.js'
import {makeFolder} from '../../make-folder.js'
import {openOwn, ownFolderMode} from '../../own-files.js'
import type {Speed} from '../account/virtual-clock.js'
import {addressOf, livenessOf, startLimitMs} from './holder.js'
import {readHolder} from './lock.js'
import {checkAccount} from './state-file.js'

const defaults = {speed: 200, seed: 1}

const lookMs = 15
/** Before a server that has ended is started once more. */
const restartPauseMs = 300

/** How an account that nobody serves is started. */
export interface StartOptions {
  /** Times real time. @default 200 */
  speed?: Speed | undefined
  /** Only a new account takes it. @default 1 */
  seed?: number | undefined
  /** @default a free one */
  port?: number
}

/**
 * Where the account in a file is served; nobody serves it: a server in the background is started.
 * @throws McpgwError REHEARSAL_NOT_STARTED when none comes up
 */
export async function servedAt(stateFile: string, options: StartOptions): Promise<string> {
  const log = `${stateFile}.log`
  const deadline = Date.now() + startLimitMs
  let server: StartedServer | undefined
  while (Date.now() < deadline) {
    const holder = readHolder(stateFile)
    const liveness = holder ? await livenessOf(holder) : 'gone'
    if (holder && liveness === 'answering') return addressOf(holder)
    const refusal = server?.refusal()
    if (refusal !== undefined) throw notStartedBySystem(stateFile, refusal)
    if (liveness === 'gone' && (!server || server.hasEnded())) {
      if (server) await systemClock.sleep(restartPauseMs)
      // What is wrong with the file is said here, where somebody reads it.
      checkAccount(stateFile)
      server = started(stateFile, options, log)
    }
    await systemClock.sleep(lookMs)
  }
  throw notStarted(stateFile, log)
}

/** What the user reads depends on what stands in the way: a process that does not answer, or one that did not start. */
function notStarted(stateFile: string, log: string): McpgwError {
  const holder = readHolder(stateFile)
  if (holder?.port) {
    return failed(
      'REHEARSAL_NOT_STARTED',
      `Process ${holder.pid} serves the embedded account in ${stateFile}, but does not answer.`,
      {hint: `End that process, or name another file in MCPGW_REHEARSAL_STATE.`, cause: lastLines(log)},
    )
  }
  return failed('REHEARSAL_NOT_STARTED', `The embedded account in ${stateFile} did not start.`, {
    hint: `Read ${log}, or name another file in MCPGW_REHEARSAL_STATE.`,
    cause: lastLines(log),
  })
}

function notStartedBySystem(stateFile: string, refusal: Error): McpgwError {
  const isFull = 'code' in refusal && refusal.code === 'EMFILE'
  return failed('REHEARSAL_NOT_STARTED', `The embedded account in ${stateFile} did not start.`, {
    hint: isFull
      ? 'Allow more open files (`ulimit -n 1024`), then run the command again.'
      : 'Check that this machine allows another process, then run the command again.',
    cause: refusal,
  })
}

interface StartedServer {
  hasEnded(): boolean
  /** Why the system started no process. */
  refusal(): Error | undefined
}

function started(stateFile: string, options: StartOptions, log: string): StartedServer {
  try {
    return startServer(stateFile, options, log)
  } catch (error) {
    throw failed('REHEARSAL_STATE_UNWRITABLE', `The embedded account in ${stateFile} cannot be started.`, {
      hint: 'Check the folder, or name another file in MCPGW_REHEARSAL_STATE.',
      cause: error,
    })
  }
}

function startServer(stateFile: string, options: StartOptions, log: string): StartedServer {
  makeFolder(dirname(log), ownFolderMode)
  // While nobody holds the account, what the log says is of an earlier life. Else it is the holder's, who may have
  // come first while this one was on its way.
  if (!readHolder(stateFile)) closeSync(openOwn(log, {empty: true}))
  const errors = openOwn(log, {empty: false})
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('./serve-process.js', import.meta.url)),
      stateFile,
      String(options.speed ?? defaults.speed),
      String(options.seed ?? defaults.seed),
      String(options.port ?? 0),
    ],
    {detached: true, stdio: ['ignore', 'ignore', errors], env: serverEnvironment()},
  )
  let hasEnded = false
  child.on('exit', () => {
    hasEnded = true
  })
  let refusal: Error | undefined
  child.on('error', error => {
    refusal = error
  })
  child.unref()
  closeSync(errors)
  return {hasEnded: () => hasEnded, refusal: () => refusal}
}

/**
 * The user's AWS settings must not reach the account's own clients, nor a proxy what its functions ask of it: Node 24
 * sends even that there with NODE_USE_ENV_PROXY.
 */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name))
  return {...Object.fromEntries(kept), AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true'}
}

function lastLines(log: string): Error | undefined {
  try {
    return new Error(readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n'))
  } catch (error) {
    return new Error(messageOf(error))
  }
}
