import {Agent, type IncomingMessage, request as send} from 'node:http'
import {text} from 'node:stream/consumers'
import {messageOf} from '../../errors.js'
import {type AccountInfo, controlPaths, controlScope} from '../control/control-paths.js'
import {type AccessKey, signedHeaders} from '../wire/sigv4.js'

/** Who serves an account at this moment. */
export interface Holder {
  pid: number
  /** 0 until the server listens. */
  port: number
  /** Tells one life of a process from another that got the same pid, and one server from another on the same port. */
  nonce: string
  /** When it took the account: epoch milliseconds, real time. */
  since: number
}

/**
 * How a holder is: `gone`; `starting`, before it listens; `answering`; or `silent`, when its port takes
 * connections and does not answer, as of a process that is stopped or computes.
 */
export type Liveness = 'gone' | 'starting' | 'answering' | 'silent'

/** Real milliseconds that a server may take to start on a busy machine; whoever takes longer is taken to have died. */
export const startLimitMs = 20_000

/** Real milliseconds to wait for an answer on loopback. */
const answerLimitMs = 2000

/** Not Node's own, which goes through a proxy where NODE_USE_ENV_PROXY says so: no proxy knows this machine's ports. */
const agent = new Agent({keepAlive: true})

/** The holder that a lock file tells of; undefined when it is not one of ours. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const {pid, port, nonce, since} = JSON.parse(text) as Record<string, unknown>
    if (typeof pid !== 'number' || typeof port !== 'number') return undefined
    if (typeof nonce !== 'string' || typeof since !== 'number') return undefined
    return {pid, port, nonce, since}
  } catch {
    return undefined
  }
}

export function addressOf({port}: Pick<Holder, 'port'>): string {
  return `http://127.0.0.1:${port}`
}

/** Whether the process that wrote this still holds the account: pids and ports are given to others in time. */
export async function livenessOf(holder: Holder, limitMs = answerLimitMs): Promise<Liveness> {
  if (!isRunning(holder.pid)) return 'gone'
  if (holder.port === 0) return Math.abs(Date.now() - holder.since) < startLimitMs ? 'starting' : 'gone'
  try {
    const info = await askAccount(addressOf(holder), {limitMs})
    return info.nonce === holder.nonce ? 'answering' : 'gone'
  } catch (error) {
    // It may still change its account: who only keeps silent must not be robbed.
    return error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'gone'
  }
}

/** An account takes this key for none of its own. */
export class ControlDenied extends Error {
  override name = 'ControlDenied'
}

/** An account said no, and why. */
export class ControlRefusal extends Error {
  override name = 'ControlRefusal'
}

/** A request to one of the control paths. */
export interface ControlRequest {
  /** @default GET */
  method?: string
  /** @default what the account tells about itself */
  path?: string
  body?: string
  /** The account's own key, which signs the request: what is more than a look needs it. */
  key?: AccessKey
  /** Real milliseconds to wait for the answer. @default 5000 */
  limitMs?: number
}

/** Sends a request to a control path and returns whatever is answered. @throws when nothing answers there. */
export function askControl(
  endpoint: string,
  {method = 'GET', path = controlPaths.account, body, key, limitMs = 5000}: ControlRequest,
): Promise<{status: number; text: string}> {
  const url = new URL(path, endpoint)
  const headers = key ? signedHeaders(key, controlScope, {method, url, body}) : {}
  return answerOf(url, {method, headers}, body, AbortSignal.timeout(limitMs))
}

/** Asks an account about itself. @throws ControlRefusal, ControlDenied; otherwise when nothing answers there, or something else does. */
export async function askAccount(endpoint: string, request: ControlRequest = {}): Promise<AccountInfo> {
  const {method = 'GET', path = controlPaths.account} = request
  const answer = await askControl(endpoint, request)
  const refusal = answer.status === 400 ? refusalIn(answer.text) : undefined
  if (refusal !== undefined) throw new ControlRefusal(refusal)
  if (answer.status === 403) throw new ControlDenied(`${method} ${path} was refused`)
  if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}`)
  try {
    return JSON.parse(answer.text) as AccountInfo
  } catch (error) {
    throw new Error(`${method} ${path} answered something else: ${messageOf(error)}`, {cause: error})
  }
}

function refusalIn(text: string): string | undefined {
  try {
    const {message} = JSON.parse(text)
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

/**
 * One request and its whole answer. Not by `fetch`: a command at the highest speed asks at every step, and `fetch`
 * takes three times as long.
 * @throws the signal's reason when it aborts, else what the connection throws.
 */
async function answerOf(
  url: URL,
  options: {method: string; headers: Record<string, string>},
  body: string | undefined,
  signal: AbortSignal,
): Promise<{status: number; text: string}> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      send(url, {...options, signal, agent}, resolve)
        .on('error', reject)
        .end(body)
    })
    return {status: response.statusCode ?? 0, text: await text(response)}
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
