import {member} from '../../template/value.js'
import {isObject, type Json, type JsonObject} from '../json.js'
import {deepest, isDeep} from '../plan/members.js'
import type {Normaliser} from '../properties/row.js'
import {containersByName} from './containers.js'
import {memberOf, pairKey, pairValue} from './path.js'
import {policyMeaning} from './policy.js'
import {listOf, mapTexts, scalars, sorted} from './scalars.js'

/**
 * A value in the shape that it is compared in: texts of JSON read, pairs as a map, containers by name. Members of objects
 * in it are compared one by one.
 */
export function structured(value: Json, as: Normaliser): Json {
  if (as === 'pairs') return pairsIn(value)
  if (as === 'tags') return withoutForeignTags(pairsIn(value))
  if (as === 'containers') return containersByName(parsed(value))
  if (as === 'json' || as === 'policy') return parsed(value)
  return value
}

/** Whether a value of this kind means something as a whole only, so that its members are not compared one by one. */
export function isWhole(as: Normaliser): boolean {
  return as === 'set' || as === 'list' || as === 'policy'
}

/** Two values that mean the same are deeply equal after it. Pointers are in their final form before. */
export function canonical(value: Json, as: Normaliser): Json {
  if (as === 'policy') return policyMeaning(value)
  if (as === 'enum') return mapTexts(scalars(value), enumText)
  if (as === 'list') return scalars(listOf(value))
  if (as === 'set') return sorted(listOf(scalars(value)))
  return scalars(value)
}

const switches: Readonly<Record<string, string>> = {
  true: 'enabled',
  on: 'enabled',
  yes: 'enabled',
  false: 'disabled',
  off: 'disabled',
  no: 'disabled',
}

/** Services write one switch as `true`, `ENABLED`, or `on`. */
function enumText(text: string): string {
  const lower = text.toLowerCase()
  return member(switches, lower) ?? lower
}

/** What is no JSON, or is nested more deeply than anything of AWS's, is a text. */
function parsed(value: Json): Json {
  if (typeof value !== 'string') return value
  try {
    const inside: Json = JSON.parse(value)
    return isDeep(inside, deepest) ? value : inside
  } catch {
    return value
  }
}

function pairsIn(value: Json): Json {
  if (!Array.isArray(value)) return value
  return Object.fromEntries(
    value.map(pair => [pairKey(pair) ?? '', pairValue(pair) ?? memberOf(pair, 'ValueFrom') ?? null]),
  )
}

function withoutForeignTags(tags: Json): Json {
  if (!isObject(tags)) return tags
  const own: JsonObject = Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')))
  return own
}
