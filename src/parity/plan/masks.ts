import {isObject, type Json} from '../json.js'

/**
 * Whether a mask of Terraform's (`after_unknown`, `after_sensitive`) covers what is at a path, wholly: `true` at it or
 * above it. Masks have the shape of the values: what is not in them is not covered, and neither is `false`, nor a list
 * of `false`, which JavaScript takes for true.
 */
export function covers(mask: Json | undefined, path: readonly (string | number)[] = []): boolean {
  let here = mask
  for (const step of path) {
    if (here === true) return true
    here = memberOf(here, step)
  }
  return here === true
}

/** Whether anything at all is covered, here or inside. */
export function coversAny(mask: Json | undefined): boolean {
  if (mask === true) return true
  if (Array.isArray(mask)) return mask.some(coversAny)
  return isObject(mask) && Object.values(mask).some(coversAny)
}

/** What both cover together. */
export function bothMasks(a: Json | undefined, b: Json | undefined): Json {
  if (a === true || b === true) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    const [one, other] = [listOf(a), listOf(b)]
    return Array.from({length: Math.max(one.length, other.length)}, (_, at) => bothMasks(one[at], other[at]))
  }
  const [one, other] = [isObject(a) ? a : {}, isObject(b) ? b : {}]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return names.size === 0
    ? false
    : Object.fromEntries([...names].map(name => [name, bothMasks(one[name], other[name])]))
}

/** A member of an object or an element of a list, of its own: `__proto__` and `constructor` are names like any other. */
export function memberOf(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)]
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

function listOf(mask: Json | undefined): readonly Json[] {
  return Array.isArray(mask) ? mask : []
}
