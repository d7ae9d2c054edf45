import type {Json} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {PropertyRow, TypeTable} from '../properties/row.js'
import type {Comparing} from './comparing.js'
import {expand, type Pairing, type Place, pathText} from './expand.js'
import {pairingBy} from './pairing.js'
import {isEmpty, parsePath} from './path.js'
import {isUnknown, seenOf, toldBy, wasUnknown} from './seen.js'
import {judgeUnknown} from './unknown.js'
import type {AttributeVerdict} from './verdict.js'

/**
 * Compares a resource of the plan with its counterpart, row by row.
 * @param here the properties of the counterpart, or the property of it that the resource is
 * @param prefix the path of that property; empty for the whole resource
 */
export function compareRows(
  resource: TerraformResource,
  table: TypeTable,
  here: Json | undefined,
  prefix: readonly string[],
  comparing: Comparing,
): AttributeVerdict[] {
  const root: Place = {
    attribute: [],
    property: prefix,
    row: [],
    seen: seenOf(resource),
    here,
    isPaired: true,
  }
  const pairing: Pairing = pairingBy(table, comparing.values)
  return table.rows.flatMap(row => {
    if (row.property === null) return []
    const places = expand(root, parsePath(row.attribute), parsePath(row.property), pairing)
    return places.flatMap(place => compareAt(place, row, resource, comparing))
  })
}

function compareAt(
  place: Place,
  row: PropertyRow,
  resource: TerraformResource,
  comparing: Comparing,
): AttributeVerdict[] {
  const {seen} = place
  const told = hereAt(place, row)
  const leavesToAws = row.awsDecides === true && seen !== undefined && wasUnknown(seen)
  if (seen !== undefined && !leavesToAws && isUnknown(seen)) {
    return judgeUnknown(place, row, told, resource, comparing)
  }
  const terraform =
    leavesToAws || seen === undefined ? absent(place, row) : (toldBy(seen) ?? absent(place, row))
  return comparing.values.differences(terraform, told, row.as ?? 'scalar').map(difference => ({
    attribute: terraform === undefined ? null : pathText([...place.attribute, ...difference.attributeSteps]),
    property: told === undefined ? null : pathText([...place.property, ...difference.propertySteps]),
    verdict: 'different',
    ...(difference.terraform !== undefined && {terraform: difference.terraform}),
    ...(difference.here !== undefined && {here: difference.here}),
  }))
}

function absent({isPaired}: Place, {terraformDefault}: PropertyRow): Json | undefined {
  return isPaired ? terraformDefault : undefined
}

function hereAt({here, isPaired}: Place, {cloudFormationDefault}: PropertyRow): Json | undefined {
  if (!isEmpty(here)) return here
  return isPaired ? cloudFormationDefault : undefined
}
