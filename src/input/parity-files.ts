import {fstatSync, statSync} from 'node:fs'
import {invalidInput, type McpgwError} from '../errors.js'
import {InputFileError, readInputBytes} from '../input-file.js'

/** Bytes of a plan or state: those of this application have 1.5 million; one of 50 million takes 400 MB of memory. */
const mostPlanBytes = 134_217_728

/** The flags that name files to read. */
export interface ParityFileFlags {
  'tf-plan': string
  'tf-state'?: string | undefined
  against?: string | undefined
  parameters?: string | undefined
}

/** A file that was read. */
export interface ReadFile {
  /** As it was given, or `standard input`. */
  readonly name: string
  readonly bytes: Buffer
}

/** All that were given. */
export interface ParityFiles {
  readonly plan: ReadFile
  readonly state: ReadFile | undefined
  readonly older: ReadFile | undefined
}

/**
 * Reads the plan, the state and the older plan.
 * @throws exit code 2, naming flag and file
 */
export async function readParityFiles(flags: ParityFileFlags): Promise<ParityFiles> {
  const unnamed = parityInputs(flags).find(({file}) => file === '')
  if (unnamed !== undefined) throw namesNothing(unnamed.flag)
  refuseSame(flags)
  const plan = await readFor('--tf-plan', flags['tf-plan'])
  const state = flags['tf-state'] === undefined ? undefined : await readFor('--tf-state', flags['tf-state'])
  const older = flags.against === undefined ? undefined : await readFor('--against', flags.against)
  return {plan, state, older}
}

/** Each flag that was given, and its file. */
export function parityInputs(flags: ParityFileFlags): {flag: string; file: string}[] {
  return (['tf-plan', 'tf-state', 'against', 'parameters'] as const).flatMap(name => {
    const file = flags[name]
    return file === undefined ? [] : [{flag: `--${name}`, file}]
  })
}

/** No two of them can be the same, and standard input can be read once. */
function refuseSame(flags: ParityFileFlags): void {
  const inputs = parityInputs(flags).filter(({flag}) => flag !== '--parameters')
  for (const [index, later] of inputs.entries()) {
    const earlier = inputs.slice(0, index).find(({file}) => isSame(file, later.file))
    if (earlier === undefined) continue
    const what = later.file === '-' ? 'standard input' : later.file
    throw invalidInput(
      'USAGE',
      `${earlier.flag} and ${later.flag} both name ${what}.`,
      later.file === '-'
        ? 'Give one of them as a file: what is piped can be read once.'
        : `Give ${later.flag} its own file.`,
    )
  }
}

/** Whether two names lead to one file, by a link too. Pipes have names of their own. */
export function isSame(one: string, other: string): boolean {
  if (one === '-' || other === '-') return one === other
  const [first, second] = [identityOf(one), identityOf(other)]
  return one === other || (first !== undefined && first === second)
}

/** Of a regular file; undefined for anything else. */
export function identityOf(file: string | number): string | undefined {
  try {
    const stats = typeof file === 'number' ? fstatSync(file) : statSync(file)
    return stats.isFile() ? `${stats.dev}:${stats.ino}` : undefined
  } catch {
    return undefined
  }
}

async function readFor(flag: string, file: string): Promise<ReadFile> {
  try {
    return {name: nameOf(file), bytes: await readInputBytes(file, mostPlanBytes)}
  } catch (error) {
    if (error instanceof InputFileError) throw unreadable(flag, file, error)
    throw error
  }
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file
}

function namesNothing(flag: string): McpgwError {
  return invalidInput('USAGE', `${flag} names no file.`, `Give ${flag} a file, or leave it out.`)
}

function unreadable(flag: string, file: string, error: InputFileError): McpgwError {
  return invalidInput(
    'TERRAFORM_FILE_UNREADABLE',
    `${flag}: ${nameOf(file)} cannot be read: ${error.message}.`,
    'Write it with `tofu show -json plan.out > plan.json`, or with `terraform show -json …`, and give its path.',
    error,
  )
}
