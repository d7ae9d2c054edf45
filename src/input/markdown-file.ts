import {accessSync, constants, type Stats, statSync} from 'node:fs'
import path from 'node:path'
import {invalidInput, type McpgwError} from '../errors.js'
import {identityOf, isSame} from './parity-files.js'

const standardOutput = 1

/**
 * Checks the file of `--markdown`, before anything is read: it is written last.
 * @param inputs what is read, which it must not be written over
 * @throws exit code 2
 */
export function checkMarkdownFile(file: string, inputs: readonly {what: string; file: string}[]): void {
  if (file === '' || file === '-')
    throw refusedFile(`"${file}" names no file`, 'Give a file, such as parity.md.')
  const input = inputs.find(one => one.file !== '-' && isSame(one.file, file))
  if (input !== undefined)
    throw refusedFile(`${file} is ${input.what}, and would be lost`, 'Name another file.')
  const stats = statsOf(file)
  if (stats === undefined) return checkFolder(file)
  if (stats.isDirectory())
    throw refusedFile(`${file} is a folder`, `Name a file in it: ${path.join(file, 'parity.md')}.`)
  if (!stats.isFile() && !stats.isCharacterDevice())
    throw refusedFile(`${file} is no regular file`, 'Name another file.')
  // Two texts, one over the other.
  if (stats.isFile() && identityOf(file) === identityOf(standardOutput))
    throw refusedFile(`${file} is where standard output goes`, 'Name another file.')
  checkAccess(file, file)
}

function checkFolder(file: string): void {
  const folder = path.dirname(file)
  if (!statsOf(folder)?.isDirectory())
    throw refusedFile(`there is no folder ${folder}`, `Make it, or name a file in another folder.`)
  checkAccess(folder, file)
}

function checkAccess(what: string, file: string): void {
  try {
    accessSync(what, constants.W_OK)
  } catch {
    throw refusedFile(`you may not write ${file}`, 'Check its permissions, or name another file.')
  }
}

function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file)
  } catch {
    return undefined
  }
}

function refusedFile(why: string, hint: string): McpgwError {
  return invalidInput('MARKDOWN_UNWRITABLE', `--markdown: ${why}.`, hint)
}
