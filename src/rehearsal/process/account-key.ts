import {lstatSync, mkdirSync} from 'node:fs'
import {dirname} from 'node:path'
import {failed} from '../../errors.js'
import {isAccessKey, newKey} from '../account/access-key.js'
import type {AccessKey} from '../wire/index.js'
import {createWhole, readIfThere, replaceWhole} from './whole-file.js'

/** The file beside the account that keeps its key: not in the account itself, which people copy and pass on. */
export function keyFile(stateFile: string): string {
  return `${stateFile}.key`
}

/**
 * The key of the account in `stateFile`, made when there is none. One that others can read, or may have written, is
 * no secret, and another one takes its place.
 * @throws McpgwError REHEARSAL_STATE_UNWRITABLE
 */
export function keepKey(stateFile: string): AccessKey {
  const file = keyFile(stateFile)
  try {
    const known = readKey(stateFile)
    if (known) return known
    mkdirSync(dirname(file), {recursive: true})
    const key = newKey()
    const text = `${JSON.stringify(key)}\n`
    // What is there and is no key is replaced, not followed: it may be a link.
    if (!createWhole(file, text)) replaceWhole(file, text)
    return key
  } catch (error) {
    throw failed('REHEARSAL_STATE_UNWRITABLE', `The key of the embedded account cannot be kept in ${file}.`, {
      hint: 'Check the folder, or name another file in MCPGW_REHEARSAL_STATE.',
      cause: error,
    })
  }
}

/** The key in the file beside the account; undefined when there is none, or none that only its owner can read. */
export function readKey(stateFile: string): AccessKey | undefined {
  const file = keyFile(stateFile)
  if (!isPrivate(file)) return undefined
  try {
    const kept = {...(JSON.parse(readIfThere(file) ?? '') as Record<string, unknown>)}
    if (!isAccessKey(kept)) return undefined
    const {accessKeyId, secretAccessKey} = kept
    return {accessKeyId, secretAccessKey}
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Whether a file is one, and its owner's alone. Windows keeps what is in a user's folders from others by itself. */
function isPrivate(file: string): boolean {
  const found = lstatSync(file, {throwIfNoEntry: false})
  if (!found?.isFile()) return false
  const own = process.getuid?.()
  return own === undefined || (found.uid === own && (found.mode & 0o077) === 0)
}
