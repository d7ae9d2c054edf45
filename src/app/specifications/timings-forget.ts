import {runsFolder} from '../../recorder/runs-folder.js'
import {timingsForgetText} from '../../report/timings-text.js'
import type {TimingsForgetResult} from '../../results.js'
import {forgetTimings, timingsFile} from '../../timings/timings-file.js'
import type {LocalFlags, LocalSpecification} from '../specification.js'

/** `mcpgw timings forget`. */
export const timingsForgetCommand: LocalSpecification<LocalFlags, TimingsForgetResult> = {
  async work() {
    const file = timingsFile(runsFolder())
    return {file, forgotten: forgetTimings(file)}
  },
  words: result => timingsForgetText(result),
}
