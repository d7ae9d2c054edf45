import {McpgwError} from '../../errors.js'
import type {ProgressSink} from '../../progress.js'

const mask = '****'

/**
 * Hides values that must never be shown (NoEcho parameters), wherever AWS may have repeated them: in reasons,
 * notes and error messages.
 */
export class Redactor {
  readonly #secrets: readonly string[]

  constructor(secrets: readonly string[]) {
    // Longest first: a secret that contains another one is hidden as a whole.
    this.#secrets = [...secrets].sort((a, b) => b.length - a.length)
  }

  text(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, mask), text)
  }

  sink(tell: ProgressSink): ProgressSink {
    if (this.#secrets.length === 0) return tell
    return event => tell(JSON.parse(this.#json(event)))
  }

  error(error: unknown): unknown {
    if (this.#secrets.length === 0 || !(error instanceof Error)) return error
    const message = this.text(error.message)
    const isClean = message === error.message && !this.#json(error.cause ?? '').includes(mask)
    if (!(error instanceof McpgwError)) return isClean ? error : new Error(message)
    const {code, exitCode, hint, resource, logs, diagnosis} = error
    const told = {hint, resource, logs, diagnosis}
    const clean: typeof told = JSON.parse(this.#json(told))
    if (isClean && JSON.stringify(clean) === JSON.stringify(told)) return error
    return new McpgwError(message, {code, exitCode, ...clean})
  }

  #json(value: unknown): string {
    return JSON.stringify(value, (_, member) => (typeof member === 'string' ? this.text(member) : member))
  }
}
