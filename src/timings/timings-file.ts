import {readFileSync, renameSync, rmSync} from 'node:fs'
import path from 'node:path'
import {invalidInput, messageOf} from '../errors.js'
import {makeFolder} from '../make-folder.js'
import {fileProblem, folderProblem, ownFolderMode, writeNew} from '../own-files.js'
import {type MeasuredTimings, noTimings} from './measured.js'
import {readTimings} from './read-timings.js'

/** In the folder of the runs, from which they were measured. */
export function timingsFile(runs: string): string {
  return path.join(runs, 'timings.json')
}

/** What was measured so far. Never throws: a file that cannot be read, or is none of ours, teaches nothing. */
export function knownTimings(file: string): MeasuredTimings {
  try {
    return timingsIn(file)
  } catch {
    return noTimings
  }
}

/**
 * What a file holds; nothing where there is none.
 * @throws exit code 2 with what is wrong in it, by name
 */
export function timingsIn(file: string): MeasuredTimings {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return noTimings
    throw invalidInput(
      'TIMINGS_UNREADABLE',
      `The file ${file} cannot be read: ${messageOf(error)}.`,
      `Make it readable, or remove it: \`mcpgw timings forget\`.`,
      error,
    )
  }
  return readTimings(text, file)
}

/**
 * Writes the file whole or not at all. Of two runs that end in the same moment the later one's measurements stay.
 * @throws what the system says; an Error with the reason when the folder or the file is not the user's own
 */
export function writeTimings(file: string, timings: MeasuredTimings): void {
  const folder = path.dirname(file)
  makeFolder(folder, ownFolderMode)
  const problem = folderProblem(folder) ?? fileProblem(file)
  if (problem !== undefined) throw new Error(problem)
  const fresh = `${file}.${process.pid}.new`
  // A run that was killed may have left one.
  rmSync(fresh, {force: true})
  writeNew(fresh, `${JSON.stringify(timings)}\n`)
  renameSync(fresh, file)
}

/** @returns whether there was one. */
export function forgetTimings(file: string): boolean {
  const had = timingsExist(file)
  rmSync(file, {force: true})
  return had
}

function timingsExist(file: string): boolean {
  try {
    readFileSync(file)
    return true
  } catch {
    return false
  }
}
