import {isObject, type Json} from '../json.js'
import {isEmpty, type Path, pairKey} from './path.js'

/** A value that no row speaks of. */
export interface Uncovered {
  /** `volume.0.name`. */
  readonly path: string
  readonly value: Json
}

/**
 * What is in a value, and under none of these paths, leaf by leaf, so that nothing is left out of a comparison in silence.
 * Empty values say nothing, and need no row.
 */
export function uncovered(value: Json, claims: readonly Path[], at: readonly string[] = []): Uncovered[] {
  if (isEmpty(value) || claims.some(claim => claim.length === 0)) return []
  if (Array.isArray(value)) {
    return value.flatMap((element, index) =>
      uncovered(element, claimsOnElement(claims, element, index), [...at, String(index)]),
    )
  }
  if (!isObject(value)) return [{path: at.join('.'), value}]
  return Object.entries(value).flatMap(([name, member]) =>
    uncovered(member, claimsOnMember(claims, name), [...at, name]),
  )
}

function claimsOnMember(claims: readonly Path[], name: string): Path[] {
  return claims.flatMap(([first, ...rest]) =>
    first?.kind === 'each' || (first?.kind === 'member' && first.name === name) ? [rest] : [],
  )
}

function claimsOnElement(claims: readonly Path[], element: Json, index: number): Path[] {
  return claims.flatMap(([first, ...rest]) => {
    if (first?.kind === 'valueOf') return first.key === pairKey(element) ? [[]] : []
    return first?.kind === 'each' || (first?.kind === 'member' && first.name === String(index)) ? [rest] : []
  })
}
