import {readFileSync, statSync} from 'node:fs'
import {homedir, platform} from 'node:os'
import {dirname, join} from 'node:path'
import {failed, invalidInput} from '../../errors.js'
import {makeFolder} from '../../make-folder.js'
import {fileProblem, folderProblem, ownFolderMode} from '../../own-files.js'
import {type Account, withDictionaries} from '../account/account.js'
import {type AccountOfVersion1, fromVersion1} from '../account/version-1.js'
import {accountLines, linesOf, parseAccountLines} from './account-text.js'
import {Draft} from './whole-file.js'

/**
 * Where the embedded account is kept between commands: the file that MCPGW_REHEARSAL_STATE names, else one in
 * the user's state directory.
 */
export function defaultStateFile(): string {
  return process.env.MCPGW_REHEARSAL_STATE || join(stateDirectory(), 'mcpgw', 'rehearsal.json')
}

/**
 * Refuses an account that somebody else could exchange for another, or of which a part is a link: code in its stacks
 * runs as the user, and what is written through a link lands where somebody else wants.
 * @throws McpgwError REHEARSAL_STATE_UNSAFE, exit code 2
 */
export function requireOwnState(file: string): void {
  const parts = [file, `${file}.lock`, `${file}.log`, `${file}.key`]
  const problem = folderProblem(dirname(file)) ?? parts.map(fileProblem).find(Boolean)
  if (problem === undefined) return
  throw invalidInput(
    'REHEARSAL_STATE_UNSAFE',
    `The embedded account in ${file} is not used: ${problem}.`,
    'Name a file in a folder of your own in MCPGW_REHEARSAL_STATE, or remove what is in the way.',
  )
}

/** Bytes of a file that is read as a whole: it may have been written by anybody. A larger one is read by lines. */
const wholeBytes = 64 * 1024 * 1024

/** The account in a file, or undefined when there is no file. @throws McpgwError when it cannot be read. */
export function readAccount(file: string, readWhole = wholeBytes): Account | undefined {
  try {
    const isLarge = statSync(file).size > readWhole
    const account = (isLarge ? parseAccountLines(linesOf(file)) : JSON.parse(readFileSync(file, 'utf8'))) as
      | Account
      | AccountOfVersion1
    if (account.version === 2) return withDictionaries(account)
    if (account.version === 1) return withDictionaries(fromVersion1(account))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw unusable(file, error)
    if (error.code === 'ENOENT') return undefined
    throw invalidInput(
      'REHEARSAL_STATE_UNREADABLE',
      `The embedded account's state file ${file} cannot be read.`,
      'Check its permissions, or name another file in MCPGW_REHEARSAL_STATE.',
      error,
    )
  }
  throw unusable(file)
}

/**
 * Refuses what `readAccount` refuses, in little time: of a large file only the beginning is looked at.
 * @throws McpgwError when the file cannot be read as an account.
 */
export function checkAccount(file: string, readWhole = wholeBytes): void {
  // What cannot be looked at is told by whoever reads it.
  const isLarge = sizeOf(file) > readWhole
  if (!isLarge) readAccount(file)
  else if (!begins(linesOf(file))) throw unusable(file)
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

function begins([, first = '']: Iterable<string>): boolean {
  return /^"version":[12],/.test(first)
}

/** Writes the account so that a reader sees either the old or the new one. @throws McpgwError when it cannot. */
export function writeAccount(file: string, account: Account): void {
  const writing = new AccountWriting(file, account)
  try {
    writing.writeUntil(Number.POSITIVE_INFINITY)
    writing.replace()
  } finally {
    writing.discard()
  }
}

/** Characters that go to the file at once. */
const pieceLength = 64 * 1024

/** An account on its way to its file. The account must not change meanwhile. All of it throws McpgwError. */
export class AccountWriting {
  readonly #file: string
  readonly #lines: Iterator<string>
  readonly #draft: Draft

  constructor(file: string, account: Account) {
    this.#file = file
    this.#lines = accountLines(account)
    this.#draft = this.#attempt(() => {
      makeFolder(dirname(file), ownFolderMode)
      return new Draft(file)
    })
  }

  /** Continues until `until` (as `performance.now()` tells time). @returns whether everything is written. */
  writeUntil(until: number): boolean {
    let piece = ''
    for (;;) {
      const line = this.#lines.next()
      if (!line.done) piece += `${line.value}\n`
      const isDue = performance.now() >= until
      if (line.done || isDue || piece.length >= pieceLength) {
        this.#attempt(() => this.#draft.write(piece))
        piece = ''
      }
      if (line.done || isDue) return Boolean(line.done)
    }
  }

  /** Takes the place of the file. */
  replace(): void {
    this.#attempt(() => this.#draft.replace())
  }

  /** Removes what is left of it; needed whatever became of it. */
  discard(): void {
    this.#draft.discard()
  }

  #attempt<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw failed('REHEARSAL_STATE_UNWRITABLE', `The embedded account cannot be written to ${this.#file}.`, {
        hint: 'Check the folder, or name another file in MCPGW_REHEARSAL_STATE.',
        cause: error,
      })
    }
  }
}

function unusable(file: string, cause?: unknown) {
  return invalidInput(
    'REHEARSAL_STATE_INVALID',
    `${file} is not an embedded account that this version of mcpgw can use.`,
    `Remove the file to begin with an empty account, or name another one in MCPGW_REHEARSAL_STATE.`,
    cause,
  )
}

function stateDirectory(): string {
  if (process.env.XDG_STATE_HOME) return process.env.XDG_STATE_HOME
  if (platform() === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA
  return join(homedir(), '.local', 'state')
}
