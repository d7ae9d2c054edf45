import type {Json} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {PropertyRow} from '../properties/row.js'
import type {Comparing} from './comparing.js'
import {type Place, pathText} from './expand.js'
import {isPointer} from './stand-ins.js'
import type {AttributeVerdict} from './verdict.js'

/**
 * What can be said of an attribute whose value is known after an apply only: the configuration says which resources it can
 * point at, and the templates must point at these.
 */
export function judgeUnknown(
  place: Place,
  row: PropertyRow,
  told: Json | undefined,
  resource: TerraformResource,
  {values, configured}: Comparing,
  reason: string = knownAfterApply,
): AttributeVerdict[] {
  const candidates = configured.of(resource, place.attribute)
  const here = told === undefined ? undefined : values.here(told, row.as ?? 'scalar')
  const pointers = pointersIn(here)
  const at = {
    attribute: pathText(place.attribute),
    property: row.property === null ? null : pathText(place.property),
  }
  if (candidates?.isComplete && pointers !== undefined) {
    const {pointers: known} = candidates
    const isList = Array.isArray(here)
    if (pointers.some(pointer => !known.includes(pointer))) {
      return [
        {
          ...at,
          verdict: 'different',
          terraform: isList || known.length > 1 ? known : (known[0] ?? null),
          here: here ?? null,
        },
      ]
    }
    if (known.length === 1 || (isList && known.every(pointer => pointers.includes(pointer)))) return []
  }
  return [{...at, verdict: 'unknown', ...(here !== undefined && {here}), reason}]
}

export const knownAfterApply = 'known after an apply'
export const mayBeChosen = 'the resource exists already, and AWS may have chosen the value'
export const readElsewhere = 'read from a data source, which may tell of any resource'

/** Whether a value comes from data sources alone, and is told of a resource that is not in the plan. */
export function isReadElsewhere(
  {attribute}: Place,
  terraform: Json | undefined,
  here: Json | undefined,
  resource: TerraformResource,
  {values, configured}: Comparing,
): boolean {
  if (terraform === undefined || here === undefined || pointersIn(values.here(here, 'scalar')) === undefined)
    return false
  return (
    configured.isReadFromData(resource, attribute) &&
    !JSON.stringify(values.terraform(terraform, [], 'scalar')).includes('<')
  )
}

/** The pointers that a value is made of; `undefined` for one that is anything else. */
function pointersIn(value: Json | undefined): readonly string[] | undefined {
  const texts = Array.isArray(value) ? value : [value]
  return texts.every(text => typeof text === 'string' && isPointer(text)) ? texts : undefined
}
