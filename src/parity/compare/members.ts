import {isObject, type Json} from '../json.js'

/** A place in two values where they are to be compared as a whole. */
export interface Pair {
  readonly steps: readonly string[]
  readonly terraform: Json | undefined
  readonly here: Json | undefined
}

/**
 * Two structures side by side, member by member down to what is no object in one of them. What only one of them has is one
 * pair, however much is in it.
 */
export function pairsOfMembers(
  terraform: Json | undefined,
  here: Json | undefined,
  steps: readonly string[] = [],
): Pair[] {
  if (!isObject(terraform) || !isObject(here)) return [{steps, terraform, here}]
  const names = new Set([...Object.keys(terraform), ...Object.keys(here)])
  return [...names].flatMap(name => pairsOfMembers(own(terraform, name), own(here, name), [...steps, name]))
}

function own(object: Readonly<Record<string, Json>>, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
