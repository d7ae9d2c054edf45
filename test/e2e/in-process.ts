import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {type ServedAccount, serveAccount} from '../../src/rehearsal/process/serve.js'
import {commandClass, commandNames} from '../helpers/commands.js'
import {type Finished, finished, type Joined, Rehearsal} from './mcpgw.js'

const config = Config.load(fileURLToPath(new URL('../../', import.meta.url)))

/**
 * As `Rehearsal`, but commands run in this process, one at a time, and the account is served here: for what a command
 * does and says, when nothing is asked of its process. Modules are loaded and warm, which is most of what a command
 * costs.
 */
export class InProcessRehearsal extends Rehearsal {
  #served: Promise<ServedAccount> | undefined

  override start(): never {
    throw new Error('No process of its own is there to be started.')
  }

  override async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const name = commandNames.find(candidate => `${args.join(' ')} `.startsWith(`${candidate} `))
    if (name === undefined) throw new Error(`No command of mcpgw: ${args.join(' ')}`)
    const argv = args.slice(name.split(' ').length)
    if (argv.includes('--rehearse')) await this.#serve()
    const command = await commandClass(name)
    const restore = [replaceEnvironment({...this.env, ...env}), capture()]
    const [, output] = restore as [() => void, ReturnType<typeof capture>]
    try {
      await command.run(argv, await config)
    } finally {
      for (const undo of restore) undo()
    }
    const code = Number(process.exitCode ?? 0)
    process.exitCode = undefined
    const {stdout, stderr} = output
    return finished(args, {code, stdout, stderr})
  }

  override async join(): Promise<Joined> {
    const {url: endpoint, credentials} = await this.#serve()
    return {clientConfig: {endpoint, region: 'us-west-2', credentials}, leave() {}}
  }

  override async leave(): Promise<void> {
    const served = await this.#served
    this.#served = undefined
    await served?.stop()
  }

  #serve(): Promise<ServedAccount> {
    this.#served ??= serveAccount({
      ...{stateFile: this.stateFile, speed: 'max', seed: 1},
      // Asked for what it holds, it writes it down.
      savesByItself: false,
    })
    return this.#served
  }
}

/** @returns what brings the environment back */
function replaceEnvironment(env: NodeJS.ProcessEnv): () => void {
  const before = {...process.env}
  const become = (wanted: NodeJS.ProcessEnv) => {
    for (const name of Object.keys(process.env)) if (wanted[name] === undefined) delete process.env[name]
    for (const [name, value] of Object.entries(wanted)) if (value !== undefined) process.env[name] = value
  }
  become(env)
  return () => become(before)
}

/** Keeps what is written until it is called. */
function capture(): (() => void) & {stdout: string; stderr: string} {
  const originals = {stdout: process.stdout.write, stderr: process.stderr.write}
  const kept = Object.assign(
    () => {
      process.stdout.write = originals.stdout
      process.stderr.write = originals.stderr
    },
    {stdout: '', stderr: ''},
  )
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      kept[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
      const done = rest.find(item => typeof item === 'function') as (() => void) | undefined
      done?.()
      return true
    }) as typeof process.stdout.write
  return kept
}
