import {fastestSpeed} from '../../clock.js'
import {messageOf} from '../../errors.js'
import {longestClockHoldMs} from '../account/clock-hold.js'
import type {World} from '../account/world.js'
import {liveFaults} from '../faults/setting.js'
import {isSignedWith, OWN_PATH, type PlainRequest, type PlainResponse} from '../wire/index.js'
import {type AccountInfo, controlPaths, controlScope} from './control-paths.js'
import {answerFaults} from './faults.js'
import {type QuotaSettings, setQuotas} from './quota-settings.js'

/** What the control paths know of the process that carries the account, and may do to it. */
export interface Controls {
  nonce: string
  /** Nobody started it to stay: its process ends when nobody needs it. */
  endsByItself: boolean
  /** Resolves when the account ends. */
  ended: Promise<void>
  /** False when an operation is under way. */
  stop(): boolean
  /** Writes the account to its file as it is now. */
  save(): void
  /** Lets time pass up to `at` (epoch ms). */
  moveTo(at: number): Promise<void>
  /** Holds the clock for so many real milliseconds from now; 0 lets it move on. */
  holdClock(ms: number): void
}

/**
 * Answers requests about the account itself: GET account; GET presence (answers when the account ends); PUT speed (a number or `max` as the body); PUT time
 * (epoch ms as the body: waits until the account has come there, which moves a clock that stands still); PUT
 * stand-still (real ms as the body, for which time stands still from now on; 0 lets it move on); PUT quotas
 * (a JSON object of numbers by quota code as the body); POST save; POST stop; and faults, as `answerFaults` says.
 * Undefined for any other path. What is more than a look has to be signed with the account's own key: neither a page
 * nor another user of the machine may steer it.
 */
export async function answerControl(
  world: World,
  request: PlainRequest,
  controls: Controls,
): Promise<PlainResponse | undefined> {
  if (!request.path.startsWith(OWN_PATH)) return undefined
  const isLook = ['GET', 'HEAD'].includes(request.method)
  if (!isLook && !isSignedWith(world.key, controlScope.service, request, Date.now()))
    return json(403, unsigned)
  const text = Buffer.from(request.body).toString('utf8')
  const route = `${request.method} ${request.path}`
  if (route === `GET ${controlPaths.account}`) return json(200, describe(world, controls))
  if (route === `GET ${controlPaths.presence}`) {
    await controls.ended
    return json(200, {})
  }
  if (route === `PUT ${controlPaths.speed}`) {
    const speed = text === 'max' ? 'max' : Number(text)
    if (speed !== 'max' && !(speed > 0 && speed <= fastestSpeed)) {
      return json(400, {message: `The speed is a number above 0 and at most ${fastestSpeed}, or max.`})
    }
    world.clock.setSpeed(speed)
    world.onScheduleChange()
    return json(200, describe(world, controls))
  }
  if (route === `PUT ${controlPaths.time}`) {
    if (world.clock.speed !== 'max') return json(409, {message: 'Time advances on its own here.'})
    // What is no date would never be reached, or leave the account with a time that nobody can write.
    const at = text.trim() === '' ? Number.NaN : Number(text)
    if (Number.isNaN(new Date(at).getTime())) return json(400, {message: 'The time is epoch milliseconds.'})
    await controls.moveTo(at)
    return json(200, describe(world, controls))
  }
  if (route === `PUT ${controlPaths.clockHold}`) {
    const ms = text.trim() === '' ? Number.NaN : Number(text)
    if (!(ms >= 0 && ms <= longestClockHoldMs)) {
      return json(400, {message: `Time stands still for 0 to ${longestClockHoldMs} ms.`})
    }
    controls.holdClock(ms)
    return json(200, describe(world, controls))
  }
  if (route === `PUT ${controlPaths.quotas}`) {
    const settings = quotaSettings(text)
    if (!settings) return json(400, {message: 'Quotas are whole numbers of 0 or more, by quota code.'})
    try {
      setQuotas(world.account, settings)
    } catch (error) {
      return json(400, {message: messageOf(error)})
    }
    return json(200, describe(world, controls))
  }
  const faults = answerFaults(world, request)
  if (faults) return json(faults.status, faults.body)
  if (route === `POST ${controlPaths.save}`) {
    controls.save()
    return json(200, {})
  }
  if (route === `POST ${controlPaths.stop}`) {
    return controls.stop() ? json(200, {}) : json(409, {message: 'An operation is under way.'})
  }
  return undefined
}

const unsigned = {
  message: `Sign this request with the account's own key, for the service ${controlScope.service}: curl --aws-sigv4 aws:amz:${controlScope.region}:${controlScope.service}.`,
}

function quotaSettings(text: string): QuotaSettings | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const isQuota = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0
    return Object.values(value).every(isQuota) ? (value as QuotaSettings) : undefined
  } catch {
    return undefined
  }
}

function describe(world: World, {nonce, endsByItself}: Controls): AccountInfo {
  return {
    accountId: world.account.id,
    speed: world.clock.speed,
    seed: world.account.seed,
    now: world.now,
    nonce,
    endsByItself,
    faults: liveFaults(world),
  }
}

function json(status: number, body: unknown): PlainResponse {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}
}
