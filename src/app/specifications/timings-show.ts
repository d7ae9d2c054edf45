import {runsFolder} from '../../recorder/runs-folder.js'
import {timingsText} from '../../report/timings-text.js'
import type {TimingsShowResult, UsualTimeResult} from '../../results.js'
import {medianOf} from '../../timings/learned-seconds.js'
import {timingsFile, timingsIn} from '../../timings/timings-file.js'
import type {LocalFlags, LocalSpecification} from '../specification.js'

/** `mcpgw timings show`. */
export const timingsShowCommand: LocalSpecification<LocalFlags, TimingsShowResult> = {
  async work() {
    const file = timingsFile(runsFolder())
    const timings = Object.entries(timingsIn(file).places).flatMap(([place, actions]) =>
      Object.entries(actions).flatMap(([action, resources]) =>
        Object.entries(resources).map(([key, {type, seconds}]): UsualTimeResult => {
          const [stack = '', logicalId = ''] = key.split('/')
          const usualSeconds = medianOf(seconds) ?? 0
          const named = {place, action: action as UsualTimeResult['action'], stack, logicalId, type}
          return {...named, usualSeconds, measured: seconds}
        }),
      ),
    )
    return {file, timings: timings.sort(longestFirst).sort(byPlace)}
  },
  words: result => timingsText(result),
}

function longestFirst(a: UsualTimeResult, b: UsualTimeResult): number {
  return b.usualSeconds - a.usualSeconds
}

/** Sorting keeps the order of equals. */
function byPlace(a: UsualTimeResult, b: UsualTimeResult): number {
  return `${a.place} ${a.action}`.localeCompare(`${b.place} ${b.action}`, 'en')
}
