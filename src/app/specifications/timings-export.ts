import {runsFolder} from '../../recorder/runs-folder.js'
import type {TimingsExportResult} from '../../results.js'
import {timingsFile, timingsIn} from '../../timings/timings-file.js'
import type {LocalFlags, LocalSpecification} from '../specification.js'

/** `mcpgw timings export`. */
export const timingsExportCommand: LocalSpecification<LocalFlags, TimingsExportResult> = {
  async work() {
    const file = timingsFile(runsFolder())
    return {file, timings: timingsIn(file)}
  },
  words: ({timings}) => ({text: JSON.stringify(timings), isValue: true}),
}
