import type {Json, JsonObject} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {TypeTable} from '../properties/row.js'
import {uncovered} from './coverage.js'
import {type Path, parsePath, type Step} from './path.js'
import type {AttributeVerdict} from './verdict.js'

export const noRow = 'no row of the table of properties speaks of it'

/** Attributes of the plan that have a value, and no row. */
export function attributesWithoutRow({values}: TerraformResource, table: TypeTable): AttributeVerdict[] {
  const {rows, computed, elsewhere = []} = table
  const claims = [...rows.map(({attribute}) => attribute), ...computed, ...elsewhere].map(parsePath)
  return uncovered(values, claims).map(({path, value}) => {
    return {attribute: path, property: null, verdict: 'different', terraform: value, reason: noRow}
  })
}

/** Properties of a resource of the templates that no row of what is mapped to it takes. */
export function propertiesWithoutRow(properties: JsonObject, claims: readonly Path[]): AttributeVerdict[] {
  return uncovered(properties, claims).map(({path, value}: {path: string; value: Json}) => {
    return {attribute: null, property: path, verdict: 'different', here: value, reason: noRow}
  })
}

/** The properties that a table takes; `prefix` is the property that its paths begin at. */
export function claimsOf({rows, elsewhere = []}: TypeTable, prefix: string): Path[] {
  const own = parsePath(prefix)
  const paths = rows.flatMap(({property}) => (property === null ? [] : [property]))
  return [...paths, ...elsewhere].map((path): readonly Step[] => [...own, ...parsePath(path)])
}
