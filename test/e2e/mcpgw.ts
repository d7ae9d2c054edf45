import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, readFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** What a finished command left. */
export interface Finished {
  code: number | null
  stdout: string
  stderr: string
  /** Standard output as the one JSON document that `--json` promises. */
  json(): any
}

/** A folder with an embedded account of its own, and the built command that uses it. */
export class Rehearsal {
  readonly folder = mkdtempSync(join(tmpdir(), 'mcpgw-e2e-'))
  readonly stateFile = join(this.folder, 'account.json')
  readonly env: NodeJS.ProcessEnv

  constructor(env: NodeJS.ProcessEnv = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|MCPGW|NO_COLOR)/.test(name))
    this.env = {
      ...Object.fromEntries(inherited),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: join(this.folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(this.folder, 'no-credentials'),
      MCPGW_REHEARSAL_STATE: this.stateFile,
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
      child.on('close', code => resolve({code, stdout, stderr, json: () => JSON.parse(stdout)}))
    })
  }

  /** Runs `mcpgw … --rehearse --json`. */
  rehearse(...args: string[]): Promise<Finished> {
    return this.run([...args, '--rehearse', '--json'])
  }

  /** The account, once its server has written it down. */
  async account(): Promise<any> {
    // The server saves a moment after the last change.
    await new Promise(resolve => setTimeout(resolve, 600))
    return JSON.parse(readFileSync(this.stateFile, 'utf8'))
  }

  /** Logical ids of all rows that were ever updated, in any stack. */
  async updatedRows(): Promise<string[]> {
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

  /** Ends the account's server, which would write into the folder while it goes, and removes the folder. */
  async remove(): Promise<void> {
    try {
      process.kill(JSON.parse(readFileSync(`${this.stateFile}.lock`, 'utf8')).pid, 'SIGTERM')
    } catch {
      // Nobody serves the account any more.
    }
    // A last save may be under way: only then is the folder not empty, and a moment later it is.
    await rm(this.folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50})
  }
}
