import {invalidInput} from '../errors.js'
import {isNamedWell, keyOf, type MeasuredResource, type MeasuredTimings} from './measured.js'

/** What a place is called: an account and a region, or the embedded account. */
const placePattern = /^(\d{12}\/[a-z]{2}(-[a-z]+)+-\d|rehearsal)$/
const actions: readonly string[] = ['CREATE', 'UPDATE', 'DELETE']
/** A week: nothing in CloudFormation takes longer. */
const longestSeconds = 7 * 24 * 3600

/**
 * What a text of timings holds, checked to the last value: it may come from somebody else.
 * @param name the file's, for what is said of it
 * @throws exit code 2 that names what is wrong and what is allowed
 */
export function readTimings(text: string, name: string): MeasuredTimings {
  const wrong = (where: string, allowed: string) =>
    invalidInput(
      'INVALID_TIMINGS',
      `${name} holds no timings of mcpgw: ${where} ${allowed}.`,
      'Make the file anew with `mcpgw timings export`, where it comes from.',
    )
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw wrong('it', 'is not JSON')
  }
  // The document of `timings export --json` holds them, too.
  const top = membersOf(membersOf(value)?.timings ?? value)
  if (top === undefined) throw wrong('it', 'must be an object')
  if (top.version !== 1) throw wrong('version', 'must be 1')
  const places = membersOf(top.places)
  if (places === undefined) throw wrong('places', 'must be an object')
  for (const [place, byAction] of Object.entries(places)) {
    if (!placePattern.test(place))
      throw wrong(`places.${place}`, 'must be named ACCOUNT/REGION, or rehearsal')
    for (const [action, resources] of Object.entries(membersOf(byAction) ?? {'': null})) {
      const where = `places.${place}.${action}`
      if (!actions.includes(action)) throw wrong(where, `must be one of ${actions.join(', ')}`)
      for (const [key, measured] of Object.entries(membersOf(resources) ?? {'': null})) {
        const [label = '', logicalId = ''] = key.split('/')
        if (!isNamedWell({label, logicalId}) || key !== keyOf({label, logicalId}))
          throw wrong(`${where}.${key}`, 'must be named STACK/LOGICAL-ID')
        const problem = problemOf(membersOf(measured))
        if (problem !== undefined) throw wrong(`${where}.${key}`, problem)
      }
    }
  }
  return {version: 1, places: places as MeasuredTimings['places']}
}

function problemOf(measured: Record<string, unknown> | undefined): string | undefined {
  const {type, seconds} = (measured ?? {}) as Partial<MeasuredResource>
  if (typeof type !== 'string' || !isNamedWell({type})) return 'must have the type of a resource'
  const isList = Array.isArray(seconds) && seconds.length > 0 && seconds.every(isSeconds)
  return isList ? undefined : `must have a list of seconds, each from 0 to ${longestSeconds}`
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= longestSeconds
}

function membersOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
