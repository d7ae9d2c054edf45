import {accessSync, constants, lstatSync, statSync} from 'node:fs'
import path from 'node:path'
import {invalidInput, type McpgwError} from '../errors.js'

/** How a certificate is written. */
export type CertificateForm = 'json' | 'html'

/**
 * Checks the file of `--certificate` before AWS is touched; it is written last, and is a new one then.
 * @throws exit code 2
 */
export function certificateForm(file: string): CertificateForm {
  const form = path.extname(file).toLowerCase()
  if (form !== '.json' && form !== '.html')
    throw refusedFile(
      `${file || '""'} ends neither in .json nor in .html`,
      'The ending says what is written.',
    )
  const folder = path.dirname(file)
  if (!isFolder(folder)) throw refusedFile(`there is no folder ${folder}`, 'Make it, or name another one.')
  if (lstatSync(file, {throwIfNoEntry: false}) !== undefined)
    throw refusedFile(`${file} is there already, and nothing is written over`, 'Name a new file.')
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw refusedFile(`you may not write into ${folder}`, 'Check its permissions, or name another folder.')
  }
  return form === '.json' ? 'json' : 'html'
}

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}

function refusedFile(why: string, hint: string): McpgwError {
  return invalidInput('CERTIFICATE_UNWRITABLE', `--certificate: ${why}.`, hint)
}
