import {isDeepStrictEqual} from 'node:util'
import {isObject, type Json, type JsonObject} from '../json.js'
import {coversAny, memberOf} from './masks.js'

/**
 * Values with what another object knows, at the places that the mask covers and nowhere else.
 *
 * @returns the values, and the mask of what is unknown still
 */
export function fill(
  values: JsonObject,
  unknown: Json,
  known: JsonObject,
): {values: JsonObject; unknown: Json} {
  if (unknown === true) return {values: known, unknown: false}
  const {value, left} = filled(values, unknown, known)
  return {values: isObject(value) ? value : values, unknown: left}
}

interface Filled {
  readonly value: Json | undefined
  readonly left: Json
}

function filled(value: Json | undefined, unknown: Json | undefined, known: Json | undefined): Filled {
  if (known === undefined || !coversAny(unknown)) return {value, left: unknown ?? false}
  if (unknown === true) return {value: known, left: false}
  if (Array.isArray(unknown)) return elements(listOf(value), unknown, listOf(known), {value, left: unknown})
  if (!isObject(unknown) || !isObject(known)) return {value, left: unknown ?? false}
  const members = new Map<string, Json>(isObject(value) ? Object.entries(value) : [])
  const left = new Map<string, Json>()
  for (const [name, inner] of Object.entries(unknown)) {
    const member = filled(memberOf(value, name), inner, memberOf(known, name))
    if (member.value !== undefined) members.set(name, member.value)
    if (coversAny(member.left)) left.set(name, member.left)
  }
  return {value: Object.fromEntries(members), left: Object.fromEntries(left)}
}

/**
 * Sets are lists here, and their order may be another in a state: an element is filled from the one of the same place
 * where all that is known agrees, else from the only one that agrees, else not at all.
 */
function elements(
  values: readonly Json[],
  unknown: readonly Json[],
  known: readonly Json[],
  asIs: Filled,
): Filled {
  if (values.length !== known.length) return asIs
  const inPlace = values.every((value, index) => agrees(value, unknown[index], known[index]))
  const results = values.map((value, index) => {
    const mask = unknown[index]
    if (!coversAny(mask)) return {value, left: mask ?? false}
    if (inPlace) return filled(value, mask, known[index])
    const alike = mask === true ? [] : known.filter(candidate => agrees(value, mask, candidate))
    return alike.length === 1 ? filled(value, mask, alike[0]) : {value, left: mask ?? false}
  })
  return {
    value: results.map(({value}) => value ?? null),
    left: results.some(({left}) => coversAny(left)) ? results.map(({left}) => left) : false,
  }
}

/** Whether what is known of a value is so in another one too. */
function agrees(value: Json | undefined, unknown: Json | undefined, known: Json | undefined): boolean {
  if (unknown === true) return true
  if (!coversAny(unknown)) return isDeepStrictEqual(value, known)
  if (Array.isArray(unknown)) {
    const [values, others] = [listOf(value), listOf(known)]
    return (
      values.length === others.length &&
      values.every((each, index) => agrees(each, unknown[index], others[index]))
    )
  }
  if (!isObject(value) || !isObject(known)) return false
  return Object.keys(value).every(name => agrees(value[name], memberOf(unknown, name), memberOf(known, name)))
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
