import {member} from '../../template/value.js'
import type {Json} from '../json.js'
import type {TypeTable} from '../properties/row.js'
import {byPosition, type Pairing} from './expand.js'
import {follow, type Path, parsePath} from './path.js'
import {type Seen, see} from './seen.js'
import {pointersOf} from './stand-ins.js'
import type {Values} from './values.js'

/** Pairs elements by the field that the table names for their list, and by position where it names none. */
export function pairingBy({keys = {}, rows}: TypeTable, values: Values): Pairing {
  return (list, terraform, here) => {
    const key = member(keys, list)
    const row = key === undefined ? undefined : rows.find(({attribute}) => attribute === `${list}.*.${key}`)
    if (row === undefined || row.property === null) return byPosition(list, terraform, here)
    const own = parsePath(String(key))
    const other = parsePath(row.property.slice(row.property.lastIndexOf('*.') + 2))
    return byKey(terraform, here, own, other, values)
  }
}

function byKey(terraform: readonly Seen[], here: readonly Json[], own: Path, other: Path, values: Values) {
  const hereKeys = here.map(element =>
    JSON.stringify(values.here(other.reduce<Json | undefined>(follow, element) ?? null, 'scalar')),
  )
  const hints = pointersOf(hereKeys.join())
  const left = new Set(here.keys())
  const pairs = terraform.map((element, index): readonly [number, number | undefined] => {
    const key = JSON.stringify(values.terraform(see(element, own).value ?? null, hints, 'scalar'))
    const other = hereKeys.findIndex((one, at) => left.has(at) && one === key)
    left.delete(other)
    return [index, other < 0 ? undefined : other]
  })
  return [...pairs, ...[...left].map(index => [undefined, index] as const)]
}
