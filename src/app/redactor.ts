import {McpgwError, messageOf} from '../errors.js'
import type {ProgressSink} from '../progress.js'
import {visible} from '../visible.js'

const mask = '****'
/** A shorter secret is hidden as it is only: in Base64 it could be a part of anything. */
const shortestEncoded = 6

/**
 * Hides values that must never be shown (NoEcho parameters), wherever AWS may have repeated them: in reasons, notes and
 * error messages, as they are and as they are in JSON, in URLs, in forms and in Base64.
 */
export class Redactor {
  readonly #secrets: readonly string[]
  readonly #beside: ((text: string) => string) | undefined

  /** @param beside hides what else must not be shown */
  constructor(secrets: readonly string[], beside?: (text: string) => string) {
    this.#beside = beside
    // Longest first: a secret that contains another one is hidden as a whole.
    this.#secrets = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length)
  }

  get #isIdle(): boolean {
    return this.#secrets.length === 0 && this.#beside === undefined
  }

  text(text: string): string {
    const clean = this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, mask), text)
    return this.#beside === undefined ? clean : this.#beside(clean)
  }

  sink(tell: ProgressSink): ProgressSink {
    if (this.#isIdle) return tell
    return event => tell(this.value(event))
  }

  /** The same value as JSON has it, without secrets in any of its texts. */
  value<T>(value: T): T {
    return this.#isIdle || value === undefined ? value : JSON.parse(this.#json(value))
  }

  /** The same failure without secrets; a cause that held one keeps its words, and loses what else it carried. */
  error(error: McpgwError): McpgwError
  error(error: unknown): unknown
  error(error: unknown): unknown {
    if (this.#isIdle || !(error instanceof Error)) return error
    const message = this.text(error.message)
    const cause = this.#cause(error.cause)
    const isClean = message === error.message && cause === error.cause
    if (!(error instanceof McpgwError)) return isClean ? error : new Error(message, {cause})
    const {code, exitCode, points, hint, resource, logs, diagnosis, foreseen, remaining} = error
    const told = {points, hint, resource, logs, diagnosis, foreseen, remaining}
    const clean = this.value(told)
    if (isClean && JSON.stringify(clean) === JSON.stringify(told)) return error
    return new McpgwError(message, {code, exitCode, cause, ...clean})
  }

  /** As it is when neither it nor what lies behind it holds a secret. */
  #cause(cause: unknown): unknown {
    if (cause === undefined) return undefined
    const behind = cause instanceof Error ? this.#cause(cause.cause) : undefined
    const words = `${messageOf(cause)}${cause instanceof Error ? (cause.stack ?? '') : ''}`
    const isClean = this.text(words) === words && !this.#json(cause).includes(mask)
    if (isClean && (!(cause instanceof Error) || behind === cause.cause)) return cause
    const clean = new Error(this.text(messageOf(cause)), {cause: behind})
    if (cause instanceof Error) clean.name = cause.name
    return clean
  }

  #json(value: unknown): string {
    return (
      JSON.stringify(value, (_, member) => (typeof member === 'string' ? this.text(member) : member)) ?? ''
    )
  }
}

/** A secret, and what it looks like where something else was made of it. */
function formsOf(secret: string): string[] {
  const asShown = visible(secret)
  if (secret.length < shortestEncoded) return [secret, asShown]
  const inUrl = encodeURIComponent(secret)
  return [
    secret,
    asShown,
    JSON.stringify(secret).slice(1, -1),
    inUrl,
    inUrl.replaceAll('%20', '+'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ]
}
