import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Account} from '../../../src/rehearsal/account/account.js'
import {controlPaths} from '../../../src/rehearsal/control/control-paths.js'
import {askControl} from '../../../src/rehearsal/process/holder.js'
import {type ServedAccount, serveAccount} from '../../../src/rehearsal/process/serve.js'

/** When every account of a drill begins: durations by the seed, and a clock that stands still, do the rest. */
const beginning = Date.UTC(2026, 0, 2, 3, 4, 5)

/** Of the account: what happens in so many seconds is done within one request. */
const longestPassSeconds = 900

/** The user agent and the query by which the calls of a drill are told from those of the command it runs. */
export const drillMark = 'mcpgw-drill'

/**
 * An account of a drill's own, served in this process at the speed `max`: its time stands still until somebody waits.
 * A command finds it as it finds one that another process serves.
 */
export class DrillAccount {
  readonly stateFile: string
  readonly #folder: string
  readonly #served: ServedAccount
  /** The text that was read last, and how many requests had been answered by then. */
  #saved: {text: string; after: number} | undefined

  private constructor(folder: string, stateFile: string, served: ServedAccount) {
    this.#folder = folder
    this.stateFile = stateFile
    this.#served = served
  }

  /** @param state what a state file holds; a new account without it */
  static async serve(state?: string, seed = 1): Promise<DrillAccount> {
    const folder = mkdtempSync(join(tmpdir(), 'mcpgw-drill-'))
    const stateFile = join(folder, 'account.json')
    if (state !== undefined) writeFileSync(stateFile, state)
    const served = await serveAccount({
      stateFile,
      speed: 'max',
      seed,
      now: () => beginning,
      savesByItself: false,
    })
    return new DrillAccount(folder, stateFile, served)
  }

  /** What an SDK client needs to use it. */
  get clientConfig() {
    return {
      endpoint: this.#served.url,
      customUserAgent: drillMark,
      region: 'us-west-2',
      credentials: this.#served.credentials,
    }
  }

  /** The account as it is at this moment, as its file holds it. Without a request nothing in it has changed. */
  async text(): Promise<string> {
    if (this.#served.requests() !== this.#saved?.after) {
      await this.#control('POST', marked(controlPaths.save))
      this.#saved = {text: readFileSync(this.stateFile, 'utf8'), after: this.#served.requests()}
    }
    return this.#saved.text
  }

  async state(): Promise<Account> {
    return JSON.parse(await this.text())
  }

  /** Faults of any kind, as lines; what is set has begun when this returns. */
  async setFaults(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.#control('POST', marked(controlPaths.faults), JSON.stringify(lines))
  }

  clearFaults(): Promise<void> {
    return this.setFaults(['clear'])
  }

  /** Lets time pass, in seconds of the account. */
  async pass(seconds: number): Promise<void> {
    const from = await this.now()
    // A request is not waited for long, and hours may take seconds on a busy machine.
    for (let passed = 0; passed < seconds; ) {
      passed = Math.min(seconds, passed + longestPassSeconds)
      await this.#control('PUT', marked(controlPaths.time), String(from + passed * 1000))
    }
  }

  /** The time of the account, in epoch milliseconds. */
  async now(): Promise<number> {
    const answer = await fetch(`${this.#served.url}${marked(controlPaths.account)}`)
    return ((await answer.json()) as {now: number}).now
  }

  get port(): number {
    return this.#served.port
  }

  async stop(): Promise<void> {
    await this.#served.stop()
    rmSync(this.#folder, {recursive: true, force: true})
  }

  async #control(method: string, path: string, body?: string): Promise<void> {
    const {url, credentials} = this.#served
    const {status, text} = await askControl(url, {method, path, body, key: credentials})
    if (status >= 300) throw new Error(`${method} ${path} ${body}: ${status} ${text}`)
  }
}

const marked = (path: string) => `${path}?${drillMark}`
