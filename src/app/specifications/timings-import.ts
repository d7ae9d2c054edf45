import {invalidInput, messageOf} from '../../errors.js'
import {InputFileError, readInputBytes} from '../../input-file.js'
import {runsFolder} from '../../recorder/runs-folder.js'
import {timingsImportText} from '../../report/timings-text.js'
import type {TimingsImportResult} from '../../results.js'
import {merged} from '../../timings/measured.js'
import {readTimings} from '../../timings/read-timings.js'
import {timingsFile, timingsIn, writeTimings} from '../../timings/timings-file.js'
import type {LocalFlags, LocalSpecification} from '../specification.js'

/** `mcpgw timings import FILE`. */
export const timingsImportCommand: LocalSpecification<LocalFlags & {from: string}, TimingsImportResult> = {
  async work({from}) {
    const file = timingsFile(runsFolder())
    const given = readTimings(await textFrom(from), from === '-' ? 'Standard input' : from)
    writeTimings(file, merged(timingsIn(file), given))
    const resources = Object.values(given.places).flatMap(actions =>
      Object.values(actions).flatMap(Object.keys),
    )
    return {file, from, imported: resources.length}
  },
  words: result => timingsImportText(result),
}

/** Of a few hundred resources in a few hundred accounts. */
const mostBytes = 16_777_216

async function textFrom(file: string): Promise<string> {
  try {
    return (await readInputBytes(file, mostBytes)).toString('utf8')
  } catch (error) {
    if (!(error instanceof InputFileError)) throw error
    throw invalidInput(
      'TIMINGS_UNREADABLE',
      `The file ${file} of --from cannot be read: ${messageOf(error)}.`,
      'Give a file that `mcpgw timings export` has written.',
      error,
    )
  }
}
