import type {Speed} from './account/virtual-clock.js'
import type {World} from './account/world.js'
import type {PlainRequest, PlainResponse} from './wire/index.js'

/** What an account tells about itself to those who join it. Times are epoch milliseconds of its own clock. */
export interface AccountInfo {
  accountId: string
  speed: Speed
  seed: number
  now: number
  /** Made anew whenever the account is served: who finds another one here speaks to another server. */
  nonce: string
}

/** Where the account can be asked about itself and steered, on its own port. */
export const controlPaths = {
  account: '/_mcpgw/account',
  speed: '/_mcpgw/speed',
  time: '/_mcpgw/time',
  stop: '/_mcpgw/stop',
} as const

/** What the control paths know of the process that carries the account, and may do to it. */
export interface Controls {
  nonce: string
  /** False when an operation is under way. */
  stop(): boolean
  /** Lets time pass up to `at` (epoch ms). */
  moveTo(at: number): Promise<void>
}

/**
 * Answers requests about the account itself: GET account; PUT speed (a number or `max` as the body); PUT time
 * (epoch ms as the body: waits until the account has come there, which moves a clock that stands still); POST
 * stop. Undefined for any other path.
 */
export async function answerControl(
  world: World,
  request: PlainRequest,
  controls: Controls,
): Promise<PlainResponse | undefined> {
  const text = Buffer.from(request.body).toString('utf8')
  const route = `${request.method} ${request.path}`
  if (route === `GET ${controlPaths.account}`) return json(200, describe(world, controls))
  if (route === `PUT ${controlPaths.speed}`) {
    const speed = text === 'max' ? 'max' : Number(text)
    if (speed !== 'max' && !(speed > 0 && Number.isFinite(speed))) {
      return json(400, {message: 'The speed is a number above 0, or max.'})
    }
    world.clock.setSpeed(speed)
    world.onAgendaChange()
    return json(200, describe(world, controls))
  }
  if (route === `PUT ${controlPaths.time}`) {
    if (world.clock.speed !== 'max') return json(409, {message: 'Time passes by itself here.'})
    // What is no date would never be reached, or leave the account with a time that nobody can write.
    const at = text.trim() === '' ? Number.NaN : Number(text)
    if (Number.isNaN(new Date(at).getTime())) return json(400, {message: 'The time is epoch milliseconds.'})
    await controls.moveTo(at)
    return json(200, describe(world, controls))
  }
  if (route === `POST ${controlPaths.stop}`) {
    return controls.stop() ? json(200, {}) : json(409, {message: 'An operation is under way.'})
  }
  return undefined
}

function describe(world: World, {nonce}: Controls): AccountInfo {
  return {
    accountId: world.account.id,
    speed: world.clock.speed,
    seed: world.account.seed,
    now: world.now,
    nonce,
  }
}

function json(status: number, body: unknown): PlainResponse {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}
}
