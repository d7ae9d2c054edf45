import {individualStackName, rootStackName} from '../../environment/names.js'
import {childStacks, mainTemplate, type StackKey} from '../../environment/stacks.js'

/** How an environment is cut into stacks: one root with nested stacks, or four stacks side by side. */
export type Layout = 'nested' | 'individual'

/** One stack that mcpgw itself creates, updates and deletes. */
export interface StackTarget {
  /** The short name for people: "main", "network" … */
  label: 'main' | StackKey
  stackName: string
  /** What it is called in the JSON: the nested stack's logical id, or the root's own name. */
  logicalId: string
  template: string
  /** Labels of the stackTargets that must be complete before. */
  needs: readonly StackTarget['label'][]
}

/** The stacks of a layout, each after what it needs. Teardown walks them backwards. */
export function targetsOfLayout(layout: Layout, environment: string): readonly StackTarget[] {
  if (layout === 'nested') {
    const stackName = rootStackName(environment)
    return [{label: 'main', stackName, logicalId: stackName, template: mainTemplate, needs: []}]
  }
  return childStacks.map(({key, logicalId, template, needs}) => ({
    label: key,
    stackName: individualStackName(environment, key),
    logicalId,
    template,
    needs,
  }))
}

/** No other stack of the layout waits for it. */
export function isLastTarget({label}: StackTarget, layout: Layout, environment: string): boolean {
  return !targetsOfLayout(layout, environment).some(({needs}) => needs.includes(label))
}
