import {isDeepStrictEqual} from 'node:util'
import {referencesIn, updateReplacePolicyOf, type Value} from '../../../template/index.js'
import type {ChangeSet, PlannedChange, PlannedDetail} from '../../account/change-set.js'
import type {StackResource} from '../../account/stack.js'
import type {StackContext} from '../../account/stack-context.js'
import {replacementOf, schemaOf} from '../../resources/resource-schema.js'
import {sameValue} from '../changes.js'
import {type Drift, driftOf} from '../drift.js'
import {isMade} from '../made-resources.js'
import {templateOf} from '../parsed-template.js'
import {planOf} from '../plan.js'
import {providerOf} from '../providers.js'
import {nestedStackType} from '../stack-context.js'
import {type Forecast, forecastOf} from './forecast.js'

/** What a change set would do to a stack, and the properties that its resources would have. */
export interface Differences {
  changes: PlannedChange[]
  /** By logical id, of every resource that would exist. */
  properties: Record<string, Record<string, unknown>>
}

/**
 * Compares a stack with what it would be. `imagined` is the stack with the new template, parameters and tags.
 * Source: CloudFormation API reference, ResourceChange and ResourceTargetDefinition.
 */
export function differences(
  context: StackContext,
  imagined: StackContext,
  changeSet: ChangeSet,
): Differences {
  const {active, needs, template} = planOf(imagined)
  const forecast = forecastOf(imagined)
  const found: Differences = {changes: [], properties: {}}
  if (changeSet.revertsDrift) changeSet.driftStatus = 'IN_SYNC'
  const open = new Set(active)
  const visit = (logicalId: string): void => {
    if (!open.delete(logicalId)) return
    for (const need of needs.get(logicalId) ?? []) visit(need)
    const declared = template.resources[logicalId]
    if (!declared) return
    const properties = forecast.properties(logicalId)
    found.properties[logicalId] = properties
    const stackResource = context.stack.resources[logicalId]
    const drift =
      changeSet.revertsDrift && isMade(context, stackResource) ? driftOf(context, stackResource) : undefined
    if (drift?.status === 'DELETED' || drift?.status === 'MODIFIED') changeSet.driftStatus = 'DRIFTED'
    const change =
      isMade(context, stackResource) && drift?.status !== 'DELETED'
        ? modified(
            context,
            imagined,
            stackResource,
            properties,
            forecast,
            changeSet.includeNestedStacks,
            drift,
          )
        : added(forecast, logicalId, declared.type)
    if (!change) return
    if (drift) change.driftStatus = drift.status
    forecast.changed(logicalId, change)
    found.changes.push(change)
  }
  for (const logicalId of active) visit(logicalId)
  const kept = new Set(active)
  for (const stackResource of Object.values(context.stack.resources)) {
    if (!kept.has(stackResource.logicalId) && stackResource.status !== 'DELETE_COMPLETE')
      found.changes.push(removed(stackResource))
  }
  return found
}

function added(forecast: Forecast, logicalId: string, type: string): PlannedChange {
  return {action: 'Add', logicalId, type, scope: [], details: [], after: contextOf(forecast.shown(logicalId))}
}

function removed(stackResource: StackResource): PlannedChange {
  const {logicalId, type, physicalId, deletionPolicy} = stackResource
  const policyAction =
    deletionPolicy === 'Retain' || deletionPolicy === 'RetainExceptOnCreate'
      ? 'Retain'
      : deletionPolicy === 'Snapshot'
        ? 'Snapshot'
        : 'Delete'
  const before = contextOf(stackResource.shown ?? stackResource.properties)
  return {action: 'Remove', logicalId, type, physicalId, policyAction, scope: [], details: [], before}
}

function modified(
  context: StackContext,
  imagined: StackContext,
  stackResource: StackResource,
  properties: Record<string, unknown>,
  forecast: Forecast,
  withNested: boolean,
  drift: Drift | undefined,
): PlannedChange | undefined {
  const {logicalId, type, physicalId} = stackResource
  const details = propertyDetails(context, imagined, stackResource, properties, forecast)
  for (const name of drift?.properties ?? []) {
    if (details.some(detail => detail.name === name)) continue
    details.push({
      ...{attribute: 'Properties', name, requiresRecreation: 'Never'},
      ...{evaluation: 'Static', source: 'DirectModification'},
    } as const)
  }
  if (tagsChange(context, imagined, stackResource)) {
    details.push({
      attribute: 'Tags',
      requiresRecreation: 'Never',
      evaluation: 'Static',
      source: 'DirectModification',
    })
  }
  // What its template has become is not looked at, so that it may always have changed.
  if (type === nestedStackType && (details.length === 0 || !withNested)) {
    details.push({
      attribute: 'Properties',
      requiresRecreation: 'Never',
      evaluation: 'Dynamic',
      source: 'Automatic',
    })
  }
  const isRetried = stackResource.status.endsWith('_FAILED')
  if (details.length === 0 && !isRetried) return undefined
  const replacement = replacementBy(details)
  return {
    action: 'Modify',
    logicalId,
    type,
    physicalId,
    replacement,
    ...(replacement === 'True' && {policyAction: policyOfReplacement(imagined, logicalId)}),
    scope: [...new Set(details.map(({attribute}) => attribute))],
    details,
    before: contextOf(stackResource.shown ?? stackResource.properties),
    after: contextOf(forecast.shown(logicalId)),
  }
}

function propertyDetails(
  context: StackContext,
  imagined: StackContext,
  stackResource: StackResource,
  after: Record<string, unknown>,
  forecast: Forecast,
): PlannedDetail[] {
  const template = templateOf(imagined.stack.template)
  const expressions = template.resources[stackResource.logicalId]?.properties ?? {}
  const replaceOn = providerOf(context.world, stackResource.type)?.replaceOn ?? []
  const names = new Set([...Object.keys(stackResource.properties), ...Object.keys(after)])
  return [...names].flatMap((name): PlannedDetail[] => {
    const expression = expressions[name] ?? null
    const cause = forecast.causeOf(expression)
    if (sameValue(stackResource.properties[name], after[name]) && !cause) return []
    const recreation = replacementOf(
      stackResource.type,
      {[name]: stackResource.properties[name]},
      {[name]: after[name] ?? cause},
    )
    // What the schema leaves open is told as open, whatever the service then does.
    const always = recreation === 'True' || (recreation === 'False' && replaceOn.includes(name))
    const origin = cause ?? parameterOf(context, imagined, expression)
    return [
      {
        attribute: name === schemaOf(stackResource.type)?.tags ? 'Tags' : 'Properties',
        name,
        requiresRecreation: always ? 'Always' : recreation === 'Conditional' ? 'Conditionally' : 'Never',
        evaluation: cause ? 'Dynamic' : 'Static',
        source: origin?.source ?? 'DirectModification',
        ...(origin && {causingEntity: origin.entity}),
      },
    ]
  })
}

/** The changed parameter that an expression reads. */
function parameterOf(context: StackContext, imagined: StackContext, expression: Value) {
  const found = referencesIn(expression).find(
    ({name}) =>
      name in imagined.stack.parameters && imagined.stack.parameters[name] !== context.stack.parameters[name],
  )
  return found && {source: 'ParameterReference' as const, entity: found.name}
}

function replacementBy(details: readonly PlannedDetail[]): 'True' | 'Conditional' | 'False' {
  const recreating = details.filter(({requiresRecreation}) => requiresRecreation !== 'Never')
  if (recreating.length === 0) return 'False'
  const certain = recreating.some(
    ({requiresRecreation, evaluation}) => requiresRecreation === 'Always' && evaluation === 'Static',
  )
  return certain ? 'True' : 'Conditional'
}

function policyOfReplacement(imagined: StackContext, logicalId: string): PlannedChange['policyAction'] {
  const declaration = templateOf(imagined.stack.template).resources[logicalId]
  const policy = declaration && updateReplacePolicyOf(declaration)
  if (policy === 'Retain') return 'ReplaceAndRetain'
  return policy === 'Snapshot' ? 'ReplaceAndSnapshot' : 'ReplaceAndDelete'
}

function tagsChange(context: StackContext, imagined: StackContext, {type}: StackResource): boolean {
  return schemaOf(type)?.tags !== undefined && !isDeepStrictEqual(context.stack.tags, imagined.stack.tags)
}

function contextOf(properties: Record<string, unknown>): string {
  return JSON.stringify({Properties: properties})
}
