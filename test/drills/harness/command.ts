import {AsyncLocalStorage} from 'node:async_hooks'
import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import type {FailureDocument} from '../../../src/app/failure-document.js'
import {commandClass, commandNames} from '../../helpers/commands.js'
import {unportableIn} from '../../helpers/portable.js'
import type {DrillAccount} from './account.js'
import {wordsOf} from './words.js'

/** What a command left behind. */
export interface Ended {
  /** As it was called. */
  line: string
  exitCode: number
  stdout: string
  stderr: string
  /** The failure that it reported; undefined when it handed out its own document. */
  error: FailureDocument['error'] | undefined
  /** The document on standard output; undefined without --json. */
  document: any
}

export interface RunOptions {
  /** Told of every piece of output as it is written. */
  onOutput?: (text: string) => void
}

const config = Config.load(fileURLToPath(new URL('../../../', import.meta.url)))

/**
 * Where the output of the command goes that is running here; several may run at once. Every promise costs more while it
 * is in use, so that it is given up when the last of them has ended.
 */
const outputs = new AsyncLocalStorage<Output>()
let amongOthers = 0
let alone: Output | undefined

/**
 * Runs a command line such as `mcpgw deploy --rehearse --yes` as the built command would, in this process: the flags,
 * the session, what it prints and the exit code are the command's own. `--json` unless `--text` is in the line, and `--yes`
 * unless `--without-yes` is.
 */
export async function runCommand(
  account: DrillAccount,
  line: string,
  options: RunOptions = {},
): Promise<Ended> {
  if (alone) throw new Error(`${line} would mix its output with that of ${alone.line}: use runAtOnce`)
  const output = new Output(line, options)
  alone = output
  try {
    return await run(account, output)
  } finally {
    alone = undefined
  }
}

/** Runs command lines side by side, as two people would, and waits for all. */
export function runAtOnce(account: DrillAccount, lines: readonly string[]): Promise<Ended[]> {
  return Promise.all(lines.map(line => runAmongOthers(account, line)))
}

/** Runs a command line beside which others may run in the same way. */
export function runAmongOthers(account: DrillAccount, line: string): Promise<Ended> {
  return asOneOfSeveral(account, new Output(line, {}))
}

async function asOneOfSeveral(account: DrillAccount, output: Output): Promise<Ended> {
  amongOthers += 1
  try {
    return await outputs.run(output, () => run(account, output))
  } finally {
    amongOthers -= 1
    if (amongOthers === 0) outputs.disable()
  }
}

/** Runs a command line as text, and a second one beside it as soon as the output of the first shows this. */
export async function runWhen(
  account: DrillAccount,
  line: string,
  second: {line: string; at: RegExp},
): Promise<[Ended, Ended]> {
  let other: Promise<Ended> | undefined
  let shown = ''
  const onOutput = (text: string) => {
    shown += text
    if (other || !second.at.test(shown)) return
    other = runAmongOthers(account, second.line)
  }
  const ended = await asOneOfSeveral(account, new Output(`${line} --text`, {onOutput}))
  if (other === undefined) throw new Error(`${line} never showed ${second.at}: ${shown}`)
  return [ended, await other]
}

async function run(account: DrillAccount, output: Output): Promise<Ended> {
  const [program, ...words] = wordsOf(output.line)
  const name = commandNames.find(candidate => `${words.join(' ')} `.startsWith(`${candidate} `))
  if (program !== 'mcpgw' || name === undefined) throw new Error(`No command of mcpgw: ${output.line}`)
  const asText = words.includes('--text')
  const isAsked = words.includes('--without-yes')
  const given = words
    .slice(name.split(' ').length)
    .filter(word => word !== '--text' && word !== '--without-yes')
  const argv = [...given, ...(given.includes('--rehearse') ? [] : ['--rehearse'])]
  if (!asText && !argv.includes('--json')) argv.push('--json')
  // A person would type the name; nobody is there to be asked.
  const mayAsk = /^(deploy|teardown|reset|cancel)$/.test(name) && !isAsked
  if (mayAsk && !argv.includes('--yes')) argv.push('--yes')
  const command = await commandClass(name)
  process.env.MCPGW_REHEARSAL_STATE = account.stateFile
  process.env.MCPGW_REHEARSE_SPEED = 'max'
  listen()
  try {
    await command.run(argv, await config)
  } finally {
    stopListening()
  }
  return output.ended(asText)
}

/** What one command writes. */
class Output {
  readonly line: string
  readonly #options: RunOptions
  #stdout = ''
  #stderr = ''
  #exitCode: number | undefined

  constructor(line: string, options: RunOptions) {
    this.line = line
    this.#options = options
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    if (stream === 'stdout') this.#stdout += text
    else this.#stderr += text
    // Set in the same turn as the last thing is printed: with several at once it is somebody else's a moment later.
    if (process.exitCode !== undefined) this.#exitCode = Number(process.exitCode)
    process.exitCode = undefined
    this.#options.onOutput?.(text)
  }

  ended(asText: boolean): Ended {
    const exitCode = this.#exitCode ?? Number(process.exitCode ?? 0)
    process.exitCode = undefined
    const document = asText ? undefined : JSON.parse(this.#stdout)
    const unlike = unportableIn(document)
    if (unlike.length > 0) throw new Error(`Printed, and not the same in every shell: ${unlike.join('; ')}`)
    return {
      line: this.line,
      exitCode,
      stdout: this.#stdout,
      stderr: this.#stderr,
      error: document?.error ?? errorIn(this.#stderr),
      document,
    }
  }
}

/** The failure as a person reads it, with what the text does not tell left out. */
function errorIn(text: string): FailureDocument['error'] | undefined {
  const message = /^Error: (.*)$/m.exec(text)?.[1]
  if (message === undefined) return undefined
  const hint = /^Then: {2}(.*)$/m.exec(text)?.[1] ?? /^Try: {3}(.*)$/m.exec(text)?.[1] ?? null
  return {...nothingElse, code: '', message, hint}
}

/** What the text does not tell. */
export const nothingElse = {
  cause: null,
  resource: null,
  logs: null,
  diagnosis: null,
  foreseen: null,
  remaining: [],
  run: null,
  evidence: [],
} as const

const originals = {stdout: process.stdout.write, stderr: process.stderr.write}
let listeners = 0

function listen(): void {
  listeners += 1
  if (listeners > 1) return
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      const output = alone ?? outputs.getStore()
      if (output === undefined) return Reflect.apply(originals[name], process[name], [chunk, ...rest])
      output.write(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
      const done = rest.find(item => typeof item === 'function') as (() => void) | undefined
      done?.()
      return true
    }) as typeof process.stdout.write
  }
}

function stopListening(): void {
  listeners -= 1
  if (listeners > 0) return
  process.stdout.write = originals.stdout
  process.stderr.write = originals.stderr
}
