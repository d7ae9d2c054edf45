import type {JsonObject} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {TypeTable} from '../properties/row.js'
import {Claims, uncovered} from './coverage.js'
import {type Path, parsePath} from './path.js'
import type {AttributeVerdict} from './verdict.js'

export const noRow = 'no row of the table of properties speaks of it'

/** What tables claim of attributes; a table is one object however often it is used. */
const ofAttributes = new WeakMap<TypeTable, Claims>()

/** Attributes of the plan that have a value, and no row. */
export function attributesWithoutRow({values}: TerraformResource, table: TypeTable): AttributeVerdict[] {
  const {rows, computed, elsewhere = []} = table
  const claims =
    ofAttributes.get(table) ??
    new Claims([...rows.map(({attribute}) => attribute), ...computed, ...elsewhere].map(parsePath))
  ofAttributes.set(table, claims)
  return claims.uncovered(values).map(({path, value}) => {
    return {attribute: path, property: null, verdict: 'different', terraform: value, reason: noRow}
  })
}

/** Properties of a resource of the templates that no row of what is mapped to it takes. */
export function propertiesWithoutRow(properties: JsonObject, paths: readonly Path[]): AttributeVerdict[] {
  return uncovered(properties, paths).map(({path, value}) => {
    return {attribute: null, property: path, verdict: 'different', here: value, reason: noRow}
  })
}

/** The properties that a table takes; `prefix` is the property that its paths begin at. */
export function claimsOf({rows, elsewhere = []}: TypeTable, prefix: string): Path[] {
  const own = parsePath(prefix)
  const paths = rows.flatMap(({property}) => (property === null ? [] : [property]))
  return [...paths, ...elsewhere].map(path => [...own, ...parsePath(path)])
}
