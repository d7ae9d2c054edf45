import type {CookieJar} from 'tough-cookie'
import {curlCommand} from '../../../aws/command-line.js'
import {beginningOf} from '../../../aws/probe.js'
import {webFailure} from '../../../aws/public-agent.js'
import type {Web} from '../../../aws/web.js'
import type {CheckTarget} from '../check-target.js'
import type {Problem} from '../problem.js'

/** Real time that one answer may take: whoever sits before a browser has given up by then. */
export const answerTimeoutMs = 10_000

/** Nothing came back. */
export class NoAnswer extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.what)
    this.problem = problem
  }
}

/** What a web address answered. */
export interface Answer {
  readonly status: number
  /** Where a redirect leads, as an absolute address. */
  readonly location: URL | undefined
  /** `Set-Cookie` headers that a browser would not have taken, with the reason. */
  readonly refusedCookies: readonly {name: string; reason: string}[]
  readonly body: string
}

/** What to send, beside the address. */
export interface Request {
  /** Fields of a form, which make it a POST. */
  readonly form?: Readonly<Record<string, string>>
  /** Keeps cookies as a browser does. */
  readonly jar?: CookieJar
  readonly accept?: string
}

/**
 * Asks once; redirects are not followed.
 * @throws NoAnswer when nothing comes back; the signal's reason when the run is stopped
 */
export type Ask = (url: URL, request?: Request) => Promise<Answer>

export function createAsk(web: Web, target: Pick<CheckTarget, 'aws' | 'signal'>): Ask {
  return async (url, {form, jar, accept = '*/*'} = {}) => {
    const cookies = await jar?.getCookieString(url.href)
    const headers = {'user-agent': 'mcpgw', accept, ...(cookies ? {cookie: cookies} : {})}
    try {
      const response = await web.fetch(url, {
        headers,
        signal: AbortSignal.any([target.signal, AbortSignal.timeout(answerTimeoutMs)]),
        ...(form === undefined ? {} : {method: 'POST', body: new URLSearchParams(form)}),
      })
      const refusedCookies = await keepCookies(response.headers.getSetCookie(), url, jar)
      const location = response.headers.get('location')
      return {
        status: response.status,
        location: location !== null && URL.canParse(location, url.href) ? new URL(location, url) : undefined,
        refusedCookies,
        body: response.body === null ? '' : await beginningOf(response.body),
      }
    } catch (error) {
      throw noAnswer(error, url, target)
    }
  }
}

/** What a request that failed says of the link; the signal's reason when the run was stopped. */
export function noAnswer(error: unknown, url: URL, {aws, signal}: Pick<CheckTarget, 'aws' | 'signal'>) {
  if (signal.aborted) return signal.reason
  // Queries carry codes that are good for a login.
  const address = `${url.origin}${url.pathname}`
  return new NoAnswer({
    what: `${address} does not answer: ${webFailure(error, answerTimeoutMs)}.`,
    todo: `Look at the services and target groups, then: ${curlCommand('-v', address, aws)}`,
    permanent: false,
  })
}

async function keepCookies(
  headers: readonly string[],
  url: URL,
  jar: CookieJar | undefined,
): Promise<Answer['refusedCookies']> {
  const refused: {name: string; reason: string}[] = []
  for (const header of headers) {
    try {
      await jar?.setCookie(header, url.href)
    } catch (error) {
      const name = header.split('=')[0]?.trim() ?? ''
      refused.push({name, reason: error instanceof Error ? error.message : 'it is malformed'})
    }
  }
  return refused
}
