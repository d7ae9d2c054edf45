import type {World} from './account/world.js'
import type {PlainRequest, PlainResponse} from './wire/index.js'

/** What an account tells about itself to those who join it. Times are epoch milliseconds of its own clock. */
export interface AccountInfo {
  accountId: string
  speed: number
  seed: number
  now: number
}

/** Where the account can be asked about itself and steered, on its own port. */
export const controlPaths = {
  account: '/_mcpgw/account',
  speed: '/_mcpgw/speed',
  stop: '/_mcpgw/stop',
} as const

/**
 * Answers requests about the account itself: GET account, PUT speed (a number as the body), POST stop.
 * Undefined for any other path.
 */
export function answerControl(
  world: World,
  request: PlainRequest,
  stop: () => boolean,
): PlainResponse | undefined {
  const route = `${request.method} ${request.path}`
  if (route === `GET ${controlPaths.account}`) return json(200, describe(world))
  if (route === `PUT ${controlPaths.speed}`) {
    const speed = Number(Buffer.from(request.body).toString('utf8'))
    if (!(speed > 0)) return json(400, {message: 'The speed is a number above 0.'})
    world.clock.setSpeed(speed)
    world.onAgendaChange()
    return json(200, describe(world))
  }
  if (route === `POST ${controlPaths.stop}`) {
    return stop() ? json(200, {}) : json(409, {message: 'An operation is under way.'})
  }
  return undefined
}

function describe(world: World): AccountInfo {
  return {
    accountId: world.account.id,
    speed: world.clock.speed,
    seed: world.account.seed,
    now: world.now,
  }
}

function json(status: number, body: unknown): PlainResponse {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}
}
