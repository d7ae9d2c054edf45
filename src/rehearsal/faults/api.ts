import {setTimeout as wait} from 'node:timers/promises'
import {functionKeyId} from '../account/sessions.js'
import type {World} from '../account/world.js'
import {type Call, type CommonError, ConnectionDropped, commonError, HalfAnswer} from '../wire/index.js'
import {fitsOperation} from './places.js'
import {type Moment, triggerFault} from './schedule.js'
import {fits} from './values.js'

/** Faults that refuse a call, with the error that the service has for it. */
const refusals = [
  ['deny', () => 'accessDenied'],
  ['throttle', () => 'throttled'],
  ['server-error', ({status}) => (status === '503' ? 'unavailable' : 'serverFault')],
] as const satisfies readonly (readonly [string, (options: {status?: string}) => CommonError])[]

/**
 * Answers a call, with the faults that apply to it; `pretended` is the answer alone, without anything being done. Which they are is decided, and counted, before it returns.
 * @throws AwsError as the service words it, ConnectionDropped. Never settles for a call that is never answered.
 */
export async function answerWithFaults(
  world: World,
  call: Call,
  answer: () => Promise<unknown>,
  pretended: () => Promise<unknown>,
): Promise<unknown> {
  if (!world.account.faults?.length || call.accessKeyId === functionKeyId) return answer()
  refuseIfExpired(world, call)
  const applied = appliesTo(world, call)
  for (const [kind, errorOf] of refusals) {
    const fault = applied(kind)
    if (fault) throw commonError(call.service, errorOf(fault.options))
  }
  if (applied('refuse')) throw new ConnectionDropped()
  const hang = applied('hang')
  if (hang) return noAnswer(hang.options.by)
  const isLie = applied('lie') !== undefined
  const lost = applied('lose-answer')
  const breaks = applied('reset') !== undefined
  const {by: [least, most] = [0, 0]} = applied('latency')?.options ?? {}
  if (most > 0) await wait(least + (most - least) * latencyShare(world, call))
  const output = await (isLie ? pretended() : answer())
  if (lost) return noAnswer(lost.options.by)
  return breaks ? new HalfAnswer(output) : output
}

type CallFault =
  | 'deny'
  | 'throttle'
  | 'server-error'
  | 'refuse'
  | 'hang'
  | 'latency'
  | 'lie'
  | 'lose-answer'
  | 'reset'

function appliesTo(moment: Moment, call: Call) {
  const occasion = {key: `${call.service}:${call.operation}`, region: call.region}
  return <K extends CallFault>(kind: K) =>
    triggerFault(moment, kind, occasion, ({where}) => fitsOperation(where, call))
}

function refuseIfExpired(moment: Moment, {service, region, accessKeyId = ''}: Call): void {
  const occasion = {key: accessKeyId, region}
  const expired = triggerFault(moment, 'expire-credentials', occasion, ({where}) => fits(where, accessKeyId))
  if (expired) throw commonError(service, 'expiredToken')
}

/** By the request's id, which comes from the account's seed. */
function latencyShare(world: World, {requestId}: Call): number {
  return world.chance('latency', requestId)
}

/** Whoever waits gives up by himself, unless the connection breaks after so many real milliseconds. */
async function noAnswer(by: number | undefined): Promise<never> {
  if (by === undefined) return new Promise(() => {})
  await wait(by)
  throw new ConnectionDropped()
}
