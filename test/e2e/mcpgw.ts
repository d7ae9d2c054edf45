import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {publishedDocument} from '../helpers/published-schemas.js'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Built as well: it starts the account's server from beside itself. */
const joining = new URL('../../dist/rehearsal/process/join.js', import.meta.url).href
const asking = new URL('../../dist/rehearsal/process/holder.js', import.meta.url).href

type HolderModule = typeof import('../../src/rehearsal/process/holder.js')

/** An account that stays served. */
export interface Joined {
  /** What an SDK client needs to use it. */
  clientConfig: {
    endpoint: string
    region: string
    credentials: {accessKeyId: string; secretAccessKey: string}
  }
  leave(): void
}

/** What a finished command left. */
export interface Finished {
  code: number | null
  stdout: string
  stderr: string
  /** Standard output as the one JSON document that `--json` promises, and schemas/ describes. */
  json(): any
}

/**
 * What a command left, its document checked, whether the test reads it or not.
 * @throws where standard output is not the one document that `--json` promises
 */
export function finished(args: readonly string[], left: Omit<Finished, 'json'>): Finished {
  // Who is killed early has said nothing.
  if (args.includes('--json') && left.stdout !== '') publishedDocument(args, left.stdout)
  return {...left, json: () => publishedDocument(args, left.stdout)}
}

/** A folder with an embedded account of its own, and the built command that uses it. */
export class Rehearsal {
  readonly folder = mkdtempSync(join(tmpdir(), 'mcpgw-e2e-'))
  readonly stateFile = join(this.folder, 'account.json')
  readonly env: NodeJS.ProcessEnv
  readonly #lock = `${this.stateFile}.lock`

  constructor(env: NodeJS.ProcessEnv = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|MCPGW|NO_COLOR)/.test(name))
    this.env = {
      ...Object.fromEntries(inherited),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: join(this.folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(this.folder, 'no-credentials'),
      MCPGW_REHEARSAL_STATE: this.stateFile,
      MCPGW_RUNS_DIR: join(this.folder, 'runs'),
      MCPGW_REHEARSE_SPEED: 'max',
      ...env,
    }
  }

  /** Starts `mcpgw` with these arguments. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [bin, ...args], {
      env: {...this.env, ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** Runs `mcpgw` to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const child = this.start(args, env)
    let stdout = ''
    let stderr = ''
    child.stdout?.on('data', chunk => {
      stdout += chunk
    })
    child.stderr?.on('data', chunk => {
      stderr += chunk
    })
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', code => {
        try {
          resolve(finished(args, {code, stdout, stderr}))
        } catch (error) {
          reject(error)
        }
      })
    })
  }

  /** Runs `mcpgw … --rehearse --json`. */
  rehearse(...args: string[]): Promise<Finished> {
    return this.run([...args, '--rehearse', '--json'])
  }

  /** Keeps the account served, for SDK clients of the test's own, until it is let go of. */
  async join(): Promise<Joined> {
    const {joinRehearsal} = await import(/* @vite-ignore */ joining)
    const {endpoint, region, credentials, leave} = await joinRehearsal({
      stateFile: this.stateFile,
      speed: 'max',
    })
    return {clientConfig: {endpoint, region, credentials}, leave}
  }

  /** The account, once its server has written it down. */
  async account(): Promise<any> {
    const {pid, port} = this.#holder() ?? {}
    const saved = port && (await this.#save(port).catch(() => undefined))
    // A server that does not answer is ending, and writes the account down as the last thing it does.
    if (pid && !saved) await this.#released()
    return JSON.parse(readFileSync(this.stateFile, 'utf8'))
  }

  /** Logical ids of all resources that were ever updated, in any stack. */
  async updatedResources(): Promise<string[]> {
    const {regions} = await this.account()
    const stacks: any[] = Object.values(regions['us-west-2'].stacks)
    return stacks.flatMap(stack =>
      stack.events
        .filter(({status, physicalId}: any) => status === 'UPDATE_COMPLETE' && physicalId !== stack.id)
        .map(({logicalId}: any) => logicalId),
    )
  }

  /** Types of everything that exists in the account; counters of AWS's own, such as revision numbers, apart. */
  async resourceTypes(): Promise<string[]> {
    const {regions, buckets} = await this.account()
    const types = Object.values<any>(regions['us-west-2'].resources).map(({type}) => type)
    return [
      ...new Set(types.filter(type => !type.startsWith('mcpgw::'))),
      ...Object.keys(buckets).map(name => `bucket ${name}`),
    ].sort()
  }

  /** Ends the account's server, and waits until it has written the account down for the last time. */
  async leave(): Promise<void> {
    try {
      const {pid} = this.#holder() ?? {}
      if (pid) process.kill(pid, 'SIGTERM')
    } catch {
      // Nobody serves the account any more.
    }
    await this.#released()
  }

  async #save(port: number): Promise<unknown> {
    const {askAccount}: HolderModule = await import(/* @vite-ignore */ asking)
    const key = JSON.parse(readFileSync(`${this.stateFile}.key`, 'utf8'))
    return askAccount(`http://127.0.0.1:${port}`, {method: 'POST', path: '/_mcpgw/save', key})
  }

  /** Who serves the account, as the file beside it says. */
  #holder(): {pid: number; port?: number} | undefined {
    try {
      return JSON.parse(readFileSync(this.#lock, 'utf8'))
    } catch {
      return undefined
    }
  }

  async #released(): Promise<void> {
    for (let look = 0; existsSync(this.#lock) && look < 1000; look += 1) await pause(20)
  }

  /** Ends the account's server, which would write into the folder while it goes, and removes the folder. */
  async remove(): Promise<void> {
    await this.leave()
    await rm(this.folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50})
  }
}
