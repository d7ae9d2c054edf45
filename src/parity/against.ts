import {isDeepStrictEqual} from 'node:util'
import type {PlanChanges} from '../results.js'
import type {Json, JsonObject} from './json.js'
import type {TerraformPlan, TerraformResource} from './plan/resource.js'

/** What is known of addresses and variables. */
export interface Known {
  /** Where an address is in the templates: `network.Vpc`, `nothing`; undefined where no pattern takes it. */
  mapped(resource: TerraformResource): string | undefined
  readonly variables: ReadonlySet<string>
}

/**
 * What came, went and changed from an older plan to a newer one. No address is taken for another that went: what was moved
 * came and went. Secrets are in it; they are hidden with those of both plans.
 */
export function changesSince(older: TerraformPlan, newer: TerraformPlan, known: Known): PlanChanges {
  const [before, after] = [byAddress(older), byAddress(newer)]
  const cameOrWent = (resource: TerraformResource) => ({
    address: resource.address,
    type: resource.type,
    mapped: known.mapped(resource) ?? null,
  })
  return {
    plan: {
      tool: older.tool,
      version: older.version,
      formatVersion: older.formatVersion,
      resources: older.resources.length,
    },
    partial: older.partial,
    came: newer.resources.filter(({address}) => !before.has(address)).map(cameOrWent),
    went: older.resources.filter(({address}) => !after.has(address)).map(cameOrWent),
    changed: newer.resources.flatMap(resource => {
      const twin = before.get(resource.address)
      const attributes = twin === undefined ? [] : changedAttributes(twin, resource)
      return attributes.length === 0 ? [] : [{address: resource.address, type: resource.type, attributes}]
    }),
    variables: changedVariables(older.variables, newer.variables, known.variables),
  }
}

function byAddress({resources}: TerraformPlan): Map<string, TerraformResource> {
  return new Map(resources.map(resource => [resource.address, resource]))
}

type ChangedAttributes = PlanChanges['changed'][number]['attributes']

/** Those that both plans know: what is unknown until an apply may stay as it is. */
function changedAttributes(before: TerraformResource, after: TerraformResource): ChangedAttributes {
  const [old, now] = [leavesOf(before.values), leavesOf(after.values)]
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter(path => !isUnknown(before.unknown, path) && !isUnknown(after.unknown, path))
    .filter(path => !isDeepStrictEqual(old.get(path) ?? null, now.get(path) ?? null))
    .map(path => ({
      attribute: path.replaceAll(separator, '.'),
      before: old.get(path) ?? null,
      after: now.get(path) ?? null,
    }))
}

/** Names of tags hold dots. */
const separator = '\0'

/** Every value by its path; a list of texts or numbers is one value. */
function leavesOf(value: Json, path: readonly string[] = []): Map<string, Json> {
  const isLeaf = typeof value !== 'object' || value === null || isPlainList(value)
  if (isLeaf) return new Map([[path.join(separator), value]])
  return new Map(Object.entries(value).flatMap(([name, member]) => [...leavesOf(member, [...path, name])]))
}

function isPlainList(value: Json): boolean {
  return Array.isArray(value) && value.every(member => typeof member !== 'object' || member === null)
}

/** Whether a mask says so of a path, of what holds it, or of a part of it. */
function isUnknown(mask: Json, path: string): boolean {
  let here: Json | undefined = mask
  for (const step of path.split(separator)) {
    if (here === true) return true
    if (typeof here !== 'object' || here === null) return false
    here = (here as JsonObject)[step]
  }
  return holdsTrue(here)
}

function holdsTrue(mask: Json | undefined): boolean {
  if (typeof mask !== 'object' || mask === null) return mask === true
  return Object.values(mask).some(holdsTrue)
}

function changedVariables(
  before: JsonObject,
  after: JsonObject,
  known: ReadonlySet<string>,
): PlanChanges['variables'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.flatMap(variable => {
    const [was, is] = [Object.hasOwn(before, variable), Object.hasOwn(after, variable)]
    const change = was ? (is ? 'changed' : 'went') : 'came'
    if (change === 'changed' && isDeepStrictEqual(before[variable], after[variable])) return []
    return [{variable, change, known: known.has(variable)}]
  })
}
