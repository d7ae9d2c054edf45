import type {PseudoParameters} from './evaluation.js'
import {createResolver} from './resolver.js'
import type {Template} from './template.js'

export interface ListedResource {
  readonly logicalId: string
  readonly type: string
  readonly line: number
}

/**
 * The resources that a template would make with these parameters. Nothing needs to exist for that:
 * conditions depend on parameters alone.
 */
export function listResources(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  pseudo: PseudoParameters = {},
): ListedResource[] {
  const resolver = createResolver({template, parameters, pseudo})
  return Object.entries(template.resources)
    .filter(([logicalId]) => resolver.isActive(logicalId))
    .map(([logicalId, {type, line}]) => ({logicalId, type, line}))
}
