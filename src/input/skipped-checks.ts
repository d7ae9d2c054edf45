import {invalidInput} from '../errors.js'
import {checkIds} from '../steps/preflight/checks.js'
import {nearestName} from '../template/nearest-name.js'

/**
 * The ids of checks to leave out, as given.
 * @throws exit code 2 for one that no check has
 */
export function checkSkipped(ids: readonly string[]): readonly string[] {
  const unknown = ids.find(id => !checkIds.includes(id))
  if (unknown === undefined) return ids
  const near = nearestName(unknown, checkIds)
  const meant = near === undefined ? '' : ` Did you mean ${near}?`
  throw invalidInput(
    'UNKNOWN_CHECK',
    `--skip-check: preflight has no check ${unknown}.${meant}`,
    `The checks are ${checkIds.join(', ')}.`,
  )
}
