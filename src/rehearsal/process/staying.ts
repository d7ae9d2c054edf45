import type {AccountInfo} from '../control/control-paths.js'
import {askAccount} from './holder.js'
import {holdPresence} from './presence.js'
import {type StartOptions, servedAt} from './served-at.js'

/** Real milliseconds in which whoever lost the account, too, is told that it is back. */
const newsMs = 10_000

/** What keeps an account that was joined. */
export interface Staying {
  /**
   * Starts the account again where it was, if its process has ended. @returns false when it was there all the time, or
   * cannot be had there any more
   */
  revive(): Promise<boolean>
  /** Lets go of the account; it ends by itself when nobody needs it. */
  leave(): void
}

/** Keeps the account from ending by itself, and starts it again when its process ends all the same. */
export function staying(
  endpoint: string,
  {nonce: firstNonce, speed}: AccountInfo,
  options: StartOptions & {stateFile: string},
): Staying {
  let nonce = firstNonce
  let hasLeft = false
  let revivedAt = Number.NEGATIVE_INFINITY
  let reviving: Promise<boolean> | undefined
  let letGo = hold()

  function hold(): () => void {
    return holdPresence(endpoint, () => void revive().catch(() => {}))
  }

  async function tryToRevive(): Promise<boolean> {
    const found = await askAccount(endpoint).catch(() => undefined)
    if (found?.nonce === nonce) return performance.now() - revivedAt < newsMs
    const port = Number(new URL(endpoint).port)
    if (found === undefined && (await servedAt(options.stateFile, {...options, speed, port})) !== endpoint)
      return false
    nonce = (await askAccount(endpoint)).nonce
    revivedAt = performance.now()
    letGo()
    letGo = hasLeft ? () => {} : hold()
    return true
  }

  async function revive(): Promise<boolean> {
    if (hasLeft) return false
    reviving ??= tryToRevive().finally(() => {
      reviving = undefined
    })
    return reviving
  }

  return {
    revive,
    leave() {
      hasLeft = true
      letGo()
    },
  }
}
