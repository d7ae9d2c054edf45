import type {Dispatcher} from 'undici'
import {publicAgent} from './public-agent.js'

/** Public web addresses, or what stands in for them in a rehearsal. */
export interface Web {
  /** For libraries that call the global `fetch` themselves: `{dispatcher}` belongs into its options. */
  readonly dispatcher: Dispatcher
  /**
   * The global `fetch`, over connections of this web. Redirects are followed only when `init` says so: who logs in
   * has to see each of them.
   * @throws what `fetch` throws; `webFailure` has words for it
   */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>
}

/**
 * Does `work` with a web of its own and closes its connections afterwards. An account whose clock can stand still
 * stands still meanwhile: wait between two uses, not inside.
 */
export type UseWeb = <T>(work: (web: Web) => Promise<T>) => Promise<T>

/** Of the machine: how long a connection may take. */
const connectTimeoutMs = 10_000

/** @param endpoint what stands in for AWS @param ca whom to believe beside those whom Node knows */
export function createWeb(endpoint: string | undefined, ca?: string[]): UseWeb {
  return async work => {
    const dispatcher = await publicAgent(endpoint, {timeoutMs: connectTimeoutMs, ca})
    try {
      // Node's own types know another copy of the dispatcher's.
      const options: object = {redirect: 'manual', dispatcher}
      return await work({dispatcher, fetch: (url, init) => fetch(url, {...options, ...init})})
    } finally {
      // No kept-alive socket may hold the process up.
      await dispatcher.destroy()
    }
  }
}
