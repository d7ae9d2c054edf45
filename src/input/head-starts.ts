import {invalidInput} from '../errors.js'
import {listed} from '../steps/listed.js'
import {headStartKinds} from '../steps/teardown/head-start/kinds.js'
import {nearestName} from '../template/nearest-name.js'

/**
 * The head starts that `--head-start` names; without it those that are on by default.
 * @throws exit code 2 for a word that is none of them
 */
export function readHeadStarts(given: string | undefined): ReadonlySet<string> {
  if (given === undefined)
    return new Set(headStartKinds.filter(({isDefault}) => isDefault).map(({name}) => name))
  const words = given.split(',').map(word => word.trim())
  if (words.length === 1 && words[0] === 'none') return new Set()
  const known = headStartKinds.map(({name}) => name)
  const unknown = words.filter(word => !known.includes(word))
  if (unknown.length === 0) return new Set(words)
  const near = nearestName(unknown[0] ?? '', known)
  const meant = near === undefined ? '' : ` Did you mean ${near}?`
  throw invalidInput(
    'INVALID_HEAD_START',
    `--head-start knows no ${listed(unknown.map(word => JSON.stringify(word)))}.${meant}`,
    `Give some of ${known.join(', ')}, or none.`,
  )
}
