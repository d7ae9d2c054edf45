import {isObject, type Json} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import {follow, isEmpty, memberOf, type Path, type Step} from './path.js'

/** A part of a resource of the plan, with the parts of its masks that belong to it. */
export interface Seen {
  readonly value: Json | undefined
  readonly unknown: Json | undefined
  readonly unknownInPlan: Json | undefined
}

export function seenOf({values, unknown, unknownInPlan}: TerraformResource): Seen {
  return {value: values, unknown, unknownInPlan}
}

export function see(seen: Seen, path: Path): Seen {
  return path.reduce<Seen>((at, step) => {
    return {
      value: follow(at.value, step),
      unknown: maskAt(at.unknown, step),
      unknownInPlan: maskAt(at.unknownInPlan, step),
    }
  }, seen)
}

/** The elements of a list; none of anything else. */
export function elementsSeen(seen: Seen): Seen[] {
  if (!Array.isArray(seen.value)) return []
  return seen.value.map((_, index) => see(seen, [{kind: 'member', name: String(index)}]))
}

function maskAt(mask: Json | undefined, step: Step): Json | undefined {
  if (mask === true) return true
  return step.kind === 'member' ? memberOf(mask, step.name) : undefined
}

/** Whether this, or something in it, is known after an apply only. */
export function isUnknown({value, unknown}: Pick<Seen, 'value' | 'unknown'>): boolean {
  if (unknown === true) return value === undefined || value === null
  if (Array.isArray(unknown)) {
    return unknown.some((part, index) => isUnknown({value: memberOf(value, String(index)), unknown: part}))
  }
  if (!isObject(unknown)) return false
  return Object.entries(unknown).some(([name, part]) =>
    isUnknown({value: memberOf(value, name), unknown: part}),
  )
}

/** Whether the plan itself left all of it unknown: a state may know it since. */
export function wasUnknown({unknownInPlan}: Seen): boolean {
  return unknownInPlan === true
}

/** The value, or nothing where it says nothing. */
export function toldBy({value}: Seen): Json | undefined {
  return isEmpty(value) ? undefined : value
}
