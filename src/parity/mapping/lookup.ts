import type {Json} from '../json.js'
import type {Address} from '../plan/address.js'
import {bySpecificity, matches} from '../plan/address-pattern.js'
import type {Mapping} from './mapping.js'

/** Finds the entry that takes an address: the most specific of those that match. */
export class MappingLookup {
  readonly #byType: ReadonlyMap<string, readonly Mapping[]>

  constructor(readonly mappings: readonly Mapping[]) {
    const byType = new Map<string, Mapping[]>()
    for (const mapping of mappings.toSorted((a, b) => bySpecificity(a.pattern, b.pattern))) {
      const {type} = mapping.pattern
      byType.set(type, [...(byType.get(type) ?? []), mapping])
    }
    this.#byType = byType
  }

  /** `undefined` for an address that no pattern takes. */
  of(address: Address): Mapping | undefined {
    return this.#byType.get(address.type)?.find(({pattern}) => matches(pattern, address))
  }

  /** Addresses that no pattern takes. */
  unmatched<T extends {readonly parsed: Address}>(resources: readonly T[]): readonly T[] {
    return resources.filter(({parsed}) => this.of(parsed) === undefined)
  }

  /**
   * Entries that take none of these addresses, though the variables of the plan let expect one. One whose addresses
   * another entry takes, which is more specific, is as dead as one that matches none.
   */
  dead(
    resources: readonly {readonly parsed: Address}[],
    variables: Readonly<Record<string, Json>>,
  ): readonly Mapping[] {
    const alive = new Set(resources.map(({parsed}) => this.of(parsed)))
    return this.mappings.filter(
      mapping => !alive.has(mapping) && mapping.when.every(variable => isGiven(variables[variable])),
    )
  }
}

/** Whether a variable has a value that switches something on. */
export function isGiven(value: Json | undefined): boolean {
  const nothing: readonly unknown[] = [undefined, null, '', false]
  return !nothing.includes(value) && !(Array.isArray(value) && value.length === 0)
}
