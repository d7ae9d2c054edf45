import type {Json} from '../json.js'
import {tableFor} from '../properties/index.js'
import type {DeployedResource} from '../templates/deployed.js'
import type {Comparing} from './comparing.js'
import type {Mapped} from './mapped.js'
import {attributesWithoutRow, claimsOf, propertiesWithoutRow} from './no-row.js'
import {follow, parsePath} from './path.js'
import type {Reuse} from './reuse.js'
import {compareRows} from './rows.js'
import type {AttributeVerdict} from './verdict.js'

/**
 * Compares a resource of the plan with what it is mapped to, attribute by attribute.
 * @param here undefined where the templates do not make it
 */
export function compareWithCounterpart(
  {resource, mapping}: Mapped,
  here: DeployedResource | undefined,
  comparing: Comparing,
  reuse: Reuse,
): readonly AttributeVerdict[] {
  if (mapping === undefined) return [missing('no pattern of the mapping takes the address')]
  const {counterpart} = mapping
  if (counterpart.kind === 'nothing') return [{...whole, verdict: 'accepted', reason: counterpart.reason}]
  if (here === undefined) {
    return [missing(`the templates do not make ${counterpart.resource} with these parameters`)]
  }
  const table = tableFor(resource.type, here.type)
  if (table === undefined) {
    return [{...whole, verdict: 'different', reason: `no table compares ${resource.type} with ${here.type}`}]
  }
  const prefix = prefixOf(mapping)
  return reuse.verdicts(resource, [here, prefix, comparing.fingerprint], () => {
    const properties = parsePath(prefix).reduce<Json | undefined>(follow, here.properties)
    return [
      ...compareRows(resource, table, properties, prefix === '' ? [] : prefix.split('.'), comparing),
      ...attributesWithoutRow(resource, table),
    ]
  })
}

/** Properties of a resource of the templates that nothing of what is mapped to it is compared with. */
export function withoutRow(here: DeployedResource, members: readonly Mapped[]): AttributeVerdict[] {
  const claims = members.flatMap(({resource, mapping}) => {
    const table = tableFor(resource.type, here.type)
    return table === undefined ? [] : claimsOf(table, prefixOf(mapping))
  })
  return propertiesWithoutRow(here.properties, claims)
}

/** Of a resource as a whole. */
const whole = {attribute: null, property: null}

export function missing(reason: string): AttributeVerdict {
  return {...whole, verdict: 'missing', reason}
}

/** The property that a resource is; empty for a whole one. */
function prefixOf(mapping: Mapped['mapping']): string {
  return mapping?.counterpart.kind === 'property' ? mapping.counterpart.property : ''
}
