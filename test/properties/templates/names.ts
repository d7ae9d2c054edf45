import {referencesIn} from '../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from './deployed.js'
import {perResource} from './once.js'
import {placeOf} from './property.js'
import {type NameRule, nameRules, notNames} from './tables/name-rules.js'

/** A text that a template names something with. */
export interface NamedValue {
  readonly resource: DeployedResource
  /** Steps from the properties, with `[]` for every element of a list. */
  readonly path: string
  readonly value: string
  /** `undefined` when no table knows the property. */
  readonly rule: NameRule | undefined
}

const soundsLikeName = /(?:[Nn]ame|Family|Identifier|Alias|Comment|Description|^Id)$/

const rules = new Map(nameRules.map(rule => [`${rule.type} ${rule.path}`, rule]))

/**
 * Every value that is listed as a name or sounds like one. A value that refers to a resource is that resource's name,
 * and judged there; what a nested stack is given is no name yet.
 */
export function namesIn(deployed: Deployed): NamedValue[] {
  return deployed.resources().flatMap(namesOf)
}

const namesOf = perResource((resource): NamedValue[] => {
  if (resource.type === 'AWS::CloudFormation::Stack') return []
  return leavesOf(resource.properties, []).flatMap(({path, value}) => {
    const steps = path.join('.')
    const rule = rules.get(`${resource.type} ${steps}`)
    const isName = rule !== undefined || soundsLikeName.test(path.at(-1) ?? '')
    if (!isName || path[0] === 'Tags' || notNames.has(`${resource.type} ${steps}`)) return []
    return referencesIn(value).length > 0 ? [] : [{resource, path: steps, value, rule}]
  })
})

/** Where a name is, for violations. */
export function placeOfName({resource, path}: NamedValue): string {
  return `${placeOf(resource)} ${path}`
}

function leavesOf(value: unknown, path: readonly string[]): {path: readonly string[]; value: string}[] {
  if (Array.isArray(value)) return value.flatMap(item => leavesOf(item, [...path, '[]']))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]))
  }
  return [{path, value: String(value)}]
}
