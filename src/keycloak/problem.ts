import {webFailure} from '../aws/public-agent.js'

/**
 * Why a request to Keycloak came to nothing: `busy` and `unreachable` may pass by themselves; `closed` is an answer of
 * somebody in front of it; `login` and `forbidden` are about the administrator; `taken` is what exists already.
 */
export type ProblemKind = 'busy' | 'unreachable' | 'closed' | 'login' | 'forbidden' | 'taken' | 'failed'

/**
 * A request that Keycloak did not do. The message is for people and holds nothing that was sent; there is no cause,
 * because the library's errors carry requests and answers.
 */
export class KeycloakProblem extends Error {
  override name = 'KeycloakProblem'
  readonly kind: ProblemKind
  /** HTTP status; undefined where nothing answered. */
  readonly status: number | undefined

  constructor(message: string, kind: ProblemKind, status?: number) {
    super(message)
    this.kind = kind
    this.status = status
  }

  /** Asking again may help. */
  get isTransient(): boolean {
    return this.kind === 'busy' || this.kind === 'unreachable'
  }
}

/** The library's error for an answer outside 200 to 299, as far as it is needed. */
interface AnsweredError {
  readonly response: {readonly status: number; readonly headers: Headers}
  readonly responseData: unknown
}

/**
 * @param asked what was asked, in words
 * @param options clean hides secrets in what Keycloak says; isTrial for a login that is not the administrator's
 */
export function problemOf(
  error: unknown,
  asked: string,
  {clean, timeoutMs, isTrial = false}: {clean(text: string): string; timeoutMs: number; isTrial?: boolean},
): KeycloakProblem {
  if (error instanceof KeycloakProblem) return error
  if (!isAnswered(error))
    return new KeycloakProblem(`${asked}: ${clean(webFailure(error, timeoutMs))}`, 'unreachable')
  const {status} = error.response
  const words = keycloaksWords(error.responseData)
  const said = words === undefined ? '' : ` (${clean(words)})`
  const kind = kindOf(status, words)
  const isOurs = kind === 'login' && isTrial
  return new KeycloakProblem(`${asked}: HTTP ${status}${said}`, isOurs ? 'failed' : kind, status)
}

function kindOf(status: number, words: string | undefined): ProblemKind {
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'busy'
  // A proxy, a firewall or a load balancer answers with a page, Keycloak with JSON; a path that Keycloak does not
  // serve, because its admin API is switched off, has these words.
  const isKeycloaks = words !== undefined && !words.startsWith('Unable to find matching target resource')
  if (!isKeycloaks && (status < 400 || status === 401 || status === 403 || status === 404)) return 'closed'
  if (status === 401) return 'login'
  if (status === 403) return 'forbidden'
  return status === 409 ? 'taken' : 'failed'
}

/**
 * True for the answer to somebody who is not let in: 401 when user name and password do not go together, 400 when the account
 * is disabled or a form is left to be filled in. Source: seen with Keycloak 23.0.7.
 */
export function isRefusedGrant(error: unknown): boolean {
  if (!isAnswered(error)) return false
  const {error: code} = (error.responseData ?? {}) as Record<string, unknown>
  return code === 'invalid_grant'
}

function isAnswered(error: unknown): error is AnsweredError {
  return error instanceof Error && 'responseData' in error && 'response' in error
}

/** Longer words are no message. */
const longestWords = 200

/** What Keycloak says in its JSON; undefined when it was not Keycloak that answered. */
function keycloaksWords(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const {error_description: description, errorMessage, error} = data as Record<string, unknown>
  const words = [description, errorMessage, error].find(text => typeof text === 'string' && text !== '')
  return typeof words === 'string' ? printable(words).slice(0, longestWords) : undefined
}

/** Without control characters: what somebody else wrote must not steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ')
}
