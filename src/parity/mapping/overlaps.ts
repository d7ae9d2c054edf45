import {type AddressPattern, bySpecificity} from '../plan/address-pattern.js'
import type {Mapping} from './mapping.js'

type Part = AddressPattern['parts'][number]

/** Pairs of entries that can take the same address, and of which neither is more specific. */
export function overlaps(mappings: readonly Mapping[]): readonly (readonly [Mapping, Mapping])[] {
  return mappings.flatMap((one, index) =>
    mappings
      .slice(index + 1)
      .filter(({pattern}) => bySpecificity(one.pattern, pattern) === 0 && canMeet(one.pattern, pattern))
      .map(other => [one, other] as const),
  )
}

function canMeet(a: AddressPattern, b: AddressPattern): boolean {
  if (a.mode !== b.mode || a.type !== b.type || a.parts.length !== b.parts.length) return false
  return a.parts.every((part, index) => partsMeet(part, b.parts[index] ?? part))
}

function partsMeet(a: Part, b: Part): boolean {
  if (a.kind === 'exactly' && b.kind === 'exactly') return a.value === b.value
  if (a.kind === 'any') return b.kind !== 'exactly' || b.value !== null
  if (b.kind === 'any') return partsMeet(b, a)
  if (a.kind === 'exactly') return partsMeet(b, a)
  if (b.kind === 'exactly') return typeof b.value === 'string' && a.pattern.test(b.value)
  return a.pattern.test(shortest(b.pattern)) || b.pattern.test(shortest(a.pattern))
}

/** The shortest text that a pattern takes: all of its stars empty. For patterns that end in a star, the test is exact. */
function shortest({source}: RegExp): string {
  return source.slice(1, -1).replaceAll('[^]*', '').replaceAll(/\\(.)/g, '$1')
}
