import type {Clock} from '../clock.js'

/** An administrator's token lives 60 s. Source: Keycloak's realm master, `accessTokenLifespan`. */
const renewAfterMs = 30_000

/** One token for all requests, renewed in time; several that need one at once wait for the same. */
export class AdminToken {
  readonly #clock: Clock
  readonly #logIn: () => Promise<string>
  #current: {token: Promise<string>; since: number} | undefined

  constructor(clock: Clock, logIn: () => Promise<string>) {
    this.#clock = clock
    this.#logIn = logIn
  }

  get(): Promise<string> {
    const now = this.#clock.now()
    if (this.#current === undefined || now - this.#current.since >= renewAfterMs)
      this.#current = {token: this.#logIn(), since: now}
    return this.#current.token
  }

  /** Keycloak does not take it any more. */
  forget(): void {
    this.#current = undefined
  }
}
