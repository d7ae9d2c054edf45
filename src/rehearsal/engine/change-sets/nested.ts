import type {ChangeSet, StackChange} from '../../account/change-set.js'
import type {StackContext} from '../../account/stack-context.js'
import {childTags} from '../child-change.js'
import {childName, inherited} from '../nested.js'
import {newStack} from '../new-stack.js'
import {checkedParameters} from '../parameters.js'
import {templateOf} from '../parsed-template.js'
import {childOf, nestedStackType} from '../stack-context.js'
import {templateAt} from '../template-url.js'
import {addChangeSet} from './add.js'
import type {Differences} from './differences.js'
import {isForecast} from './forecast.js'

/** The change set of a nested stack, as part of its parent's. */
export interface PlannedChild {
  stackResource: string
  context: StackContext
  changeSet: ChangeSet
  /** The nested stack does not exist yet. */
  isNew: boolean
}

/**
 * Makes a change set for every nested stack that the parent's would touch; new nested stacks are in review.
 * Source: CloudFormation user guide, "Change sets for nested stacks".
 * @throws ResourceFailure or TemplateError when a nested template cannot be read.
 */
export function planChildren(
  parent: StackContext,
  {changes, properties}: Differences,
  changeSet: ChangeSet,
): PlannedChild[] {
  return changes
    .filter(({type, action}) => type === nestedStackType && action !== 'Remove')
    .map(planned => {
      const {logicalId} = planned
      const change = childForecast(parent, changeSet, properties[logicalId] ?? {})
      const existing = childOf(parent, planned.physicalId ?? '')
      const context = existing ?? standInReview(parent, changeSet, logicalId, change)
      const name = `${changeSet.name}-${logicalId}-${parent.world.newSuffix(12)}`.slice(0, 128)
      const its = addChangeSet(context, name, change, existing ? 'UPDATE' : 'CREATE')
      Object.assign(its, {
        capabilities: changeSet.capabilities,
        disableValidation: changeSet.disableValidation,
        includeNestedStacks: true,
        parentId: changeSet.id,
        rootId: changeSet.rootId ?? changeSet.id,
      })
      changeSet.children[logicalId] = {stackId: context.stack.id, changeSetId: its.id}
      planned.changeSetId = its.id
      return {stackResource: logicalId, context, changeSet: its, isNew: !existing}
    })
}

function standInReview(
  parent: StackContext,
  changeSet: ChangeSet,
  logicalId: string,
  change: StackChange,
): StackContext {
  const {world, region, stack} = parent
  const waiting = region.stacks[stack.inReview?.[logicalId] ?? '']
  const child = waiting ?? newStack(parent, childName(parent, logicalId), change)
  Object.assign(child, inherited(parent, logicalId), {
    capabilities: changeSet.capabilities,
    description: templateOf(change.template).description,
  })
  stack.inReview = {...stack.inReview, [logicalId]: child.id}
  return {world, region, stack: child}
}

/** What a nested stack would become; values that are not known yet pass every constraint. */
function childForecast(
  parent: StackContext,
  changeSet: ChangeSet,
  properties: Record<string, unknown>,
): StackChange {
  const text = templateAt(parent.world, String(properties.TemplateURL))
  const template = templateOf(text)
  const given = Object.entries((properties.Parameters ?? {}) as Record<string, unknown>).map(
    ([name, value]) => [name, String(value)] as const,
  )
  const loosened = given.flatMap(([name, value]) => {
    const declared = template.parameters[name]
    return declared && isForecast(value)
      ? [[name, {type: 'String', noEcho: declared.noEcho, line: declared.line}] as const]
      : []
  })
  const rules = loosened.length > 0 ? {} : template.rules
  const loose = {...template, rules, parameters: {...template.parameters, ...Object.fromEntries(loosened)}}
  return {
    template: text,
    parameters: checkedParameters(loose, Object.fromEntries(given)),
    tags: childTags(changeSet.change.tags, properties.Tags),
  }
}
