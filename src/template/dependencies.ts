import {type Reference, referencesIn} from './references.js'
import type {Template} from './template.js'
import {member} from './value.js'

/** A resource that has to exist first, and the first reason found for that. */
export interface Dependency {
  readonly logicalId: string
  readonly why: 'Ref' | 'GetAtt' | 'Sub' | 'DependsOn'
}

/** What is known about conditions; a `Resolver` is one. Without it every branch and resource counts. */
export interface ConditionView {
  condition(name: string): boolean
  isActive(logicalId: string): boolean
}

/**
 * What a resource has to wait for, each resource once, in the order of the template's text with `DependsOn`
 * last. Without a view both branches of `Fn::If` count. With one only the taken branch does, and resources
 * whose condition is false do not: CloudFormation ignores a `DependsOn` to such a resource.
 */
export function dependenciesOf(template: Template, logicalId: string, view?: ConditionView): Dependency[] {
  const found = new Map<string, Dependency>()
  for (const {name, kind} of resourceReferences(template, logicalId, view)) add(name, kind)
  for (const name of member(template.resources, logicalId)?.dependsOn ?? []) add(name, 'DependsOn')
  return [...found.values()]

  function add(name: string, why: Dependency['why']): void {
    if (found.has(name) || !Object.hasOwn(template.resources, name)) return
    if (view === undefined || view.isActive(name)) found.set(name, {logicalId: name, why})
  }
}

/** The references to anything in the parts of a resource that are evaluated. */
export function resourceReferences(template: Template, logicalId: string, view?: ConditionView): Reference[] {
  const resource = member(template.resources, logicalId)
  if (resource === undefined) return []
  const path = ['Resources', logicalId]
  const walk = view === undefined ? {} : {condition: (name: string) => view.condition(name)}
  return [
    ...referencesIn(resource.properties, {...walk, path: [...path, 'Properties']}),
    ...referencesIn(resource.metadata ?? null, {...walk, path: [...path, 'Metadata']}),
    ...referencesIn(resource.creationPolicy ?? null, {...walk, path: [...path, 'CreationPolicy']}),
    ...referencesIn(resource.updatePolicy ?? null, {...walk, path: [...path, 'UpdatePolicy']}),
  ]
}
