import type {Json} from '../json.js'
import {follow, type Path, type Step} from './path.js'
import {elementsSeen, isUnknown, type Seen, see} from './seen.js'

/** One place of a row whose paths may hold `*`. */
export interface Place {
  readonly attribute: readonly string[]
  readonly property: readonly string[]
  /** The attribute as the row writes it so far. */
  readonly row: readonly string[]
  /** Undefined where the plan has no such element. */
  readonly seen: Seen | undefined
  readonly here: Json | undefined
  /** Whether both lists have the elements that the place is in: elsewhere no defaults apply. */
  readonly isPaired: boolean
}

/** Which elements of two lists belong together, by index; undefined for none. */
export type Pairing = (
  list: string,
  terraform: readonly Seen[],
  here: readonly Json[],
) => readonly (readonly [number | undefined, number | undefined])[]

/** Walks both paths of a row; a `*` in both goes into lists whose elements are paired, one alone gathers what is there. */
export function expand(place: Place, attribute: Path, property: Path, pairing: Pairing): Place[] {
  const [own, ownRest] = untilEach(attribute)
  const [other, otherRest] = untilEach(property)
  const at: Place = {
    ...place,
    attribute: [...place.attribute, ...own.map(nameOf)],
    property: [...place.property, ...other.map(nameOf)],
    row: [...place.row, ...own.map(nameOf)],
    seen: place.seen && see(place.seen, own),
    here: other.reduce(follow, place.here),
  }
  if (ownRest === undefined && otherRest === undefined) return [at]
  // Of a list that is unknown as a whole nobody knows which elements it will have.
  const isWhole =
    at.seen !== undefined && isUnknown({value: at.seen.value, unknown: at.seen.unknown === true})
  if (ownRest === undefined || otherRest === undefined || isWhole) return [gathered(at, ownRest, otherRest)]
  const seen = at.seen ? elementsSeen(at.seen) : []
  const here = Array.isArray(at.here) ? at.here : []
  return pairing(pathText(at.row), seen, here).flatMap(([one, two]) =>
    expand(
      {
        attribute: [...at.attribute, String(one ?? '*')],
        property: [...at.property, String(two ?? '*')],
        row: [...at.row, '*'],
        seen: one === undefined ? undefined : seen[one],
        here: two === undefined ? undefined : here[two],
        isPaired: place.isPaired && one !== undefined && two !== undefined,
      },
      ownRest,
      otherRest,
      pairing,
    ),
  )
}

/** Elements in the order that they are in. */
export const byPosition: Pairing = (_, terraform, here) =>
  Array.from({length: Math.max(terraform.length, here.length)}, (_, index) => [
    index < terraform.length ? index : undefined,
    index < here.length ? index : undefined,
  ])

function untilEach(path: Path): readonly [Path, Path | undefined] {
  const index = path.findIndex(({kind}) => kind === 'each')
  return index < 0 ? [path, undefined] : [path.slice(0, index), path.slice(index + 1)]
}

function gathered(at: Place, ownRest: Path | undefined, otherRest: Path | undefined): Place {
  const named = (names: readonly string[], rest: Path | undefined) =>
    rest === undefined ? names : [...names, '*', ...rest.map(nameOf)]
  return {
    ...at,
    attribute: named(at.attribute, ownRest),
    property: named(at.property, otherRest),
    seen: ownRest === undefined || at.seen === undefined ? at.seen : gatherSeen(at.seen, ownRest),
    here: otherRest === undefined ? at.here : gather(at.here, otherRest),
  }
}

function gatherSeen(seen: Seen, rest: Path): Seen {
  const elements = elementsSeen(seen).map(element => see(element, rest))
  if (elements.length === 0) return {...seen, value: undefined}
  return {
    value: elements.map(({value}) => value ?? null),
    unknown: elements.map(({unknown}) => unknown ?? false),
    unknownInPlan: elements.map(({unknownInPlan}) => unknownInPlan ?? false),
  }
}

function gather(list: Json | undefined, rest: Path): Json | undefined {
  if (!Array.isArray(list)) return undefined
  return list.flatMap(element => rest.reduce<Json | undefined>(follow, element) ?? [])
}

function nameOf(step: Step): string {
  if (step.kind === 'each') return '*'
  return step.kind === 'member' ? step.name : `[${step.key}]`
}

/** A path as rows write it. */
export function pathText(names: readonly string[]): string {
  return names.join('.').replaceAll('.[', '[')
}
