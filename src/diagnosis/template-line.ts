import {childStacks, mainTemplate} from '../environment/stacks.js'
import type {StackProgress} from '../progress.js'
import type {Template} from '../template/template.js'

/** The templates of an environment by file name, as a template set has them. */
export type Templates = ReadonlyMap<string, {readonly template: Pick<Template, 'source' | 'resources'>}>

/** Where the resource of an event is declared, as `cloudformation/data-stack.yaml:123`; undefined when in none of them. */
export function templateLine(
  {label, logicalId, isStack}: Pick<StackProgress, 'label' | 'logicalId' | 'isStack'>,
  templates: Templates,
): string | undefined {
  if (isStack) return undefined
  const file = label === 'main' ? mainTemplate : childStacks.find(({key}) => key === label)?.template
  const template = file === undefined ? undefined : templates.get(file)?.template
  const line = template?.resources[logicalId]?.line
  return line === undefined ? undefined : `${template?.source ?? file}:${line}`
}
