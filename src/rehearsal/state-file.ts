import {mkdirSync, readFileSync} from 'node:fs'
import {homedir, platform} from 'node:os'
import {dirname, join} from 'node:path'
import {failed, invalidInput} from '../errors.js'
import type {Account} from './account/account.js'
import {replaceWhole} from './whole-file.js'

/**
 * Where the embedded account is kept between commands: the file that MCPGW_REHEARSAL_STATE names, else one in
 * the user's state directory.
 */
export function defaultStateFile(): string {
  return process.env.MCPGW_REHEARSAL_STATE || join(stateDirectory(), 'mcpgw', 'rehearsal.json')
}

/** The account in a file, or undefined when there is no file. @throws McpgwError when it cannot be read. */
export function readAccount(file: string): Account | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw invalidInput(
      'REHEARSAL_STATE_UNREADABLE',
      `The embedded account's state file ${file} cannot be read.`,
      'Check its permissions, or name another file in MCPGW_REHEARSAL_STATE.',
      error,
    )
  }
  try {
    const account = JSON.parse(text) as Account
    if (account.version === 1) return account
  } catch (error) {
    throw unusable(file, error)
  }
  throw unusable(file)
}

/** Writes the account so that a reader sees either the old or the new one. @throws McpgwError when it cannot. */
export function writeAccount(file: string, account: Account): void {
  try {
    mkdirSync(dirname(file), {recursive: true})
    replaceWhole(file, JSON.stringify(account))
  } catch (error) {
    throw failed('REHEARSAL_STATE_UNWRITABLE', `The embedded account cannot be written to ${file}.`, {
      hint: 'Check the folder, or name another file in MCPGW_REHEARSAL_STATE.',
      cause: error,
    })
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
