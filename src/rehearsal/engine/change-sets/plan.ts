import {messageOf} from '../../../errors.js'
import type {Region} from '../../account/account.js'
import type {ChangeSet} from '../../account/change-set.js'
import type {ChangeSetOutcome, EventData} from '../../account/event-data.js'
import type {StackContext} from '../../account/stack-context.js'
import type {World} from '../../account/world.js'
import {ResourceFailure} from '../../resources/resource-provider.js'
import {missingCapabilities} from '../capabilities.js'
import {sameOutputs} from '../changes.js'
import {findConflicts} from '../early-validation.js'
import {endPast} from '../operation.js'
import {templateOf} from '../parsed-template.js'
import {nestedStackType} from '../stack-context.js'
import {differences} from './differences.js'
import {planChildren} from './nested.js'

/** Seconds until CloudFormation begins with a change set. */
const pendingSeconds = 1
/** Seconds it takes to work one out: the least, and what chance adds. Source: public logs of `deploy` runs. */
const planSeconds = {least: 2, more: 3}

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set."
const fromRootOnly = 'Only executable from the root change set.'

/** Works out a change set that was asked for. */
export function planChangeSet(world: World, region: Region, data: EventData['change-set.plan']): void {
  const found = changeSetOf(region, data)
  if (!found) return
  const context: StackContext = {world, region, stack: found.stack}
  settleLater(context, found.changeSet, workOut(context, found.changeSet))
}

/** Shows what a change set came to. */
export function settleChangeSet(world: World, region: Region, data: EventData['change-set.settle']): void {
  const found = changeSetOf(region, data)
  if (found) settle({world, region, stack: found.stack}, found.changeSet, data.outcome)
}

/** The change set that an event speaks of, unless it is gone. */
function changeSetOf(region: Region, {stackId, changeSetId}: EventData['change-set.plan']) {
  const stack = region.stacks[stackId]
  const changeSet = stack?.changeSets?.find(({id}) => id === changeSetId)
  return stack && changeSet && {stack, changeSet}
}

/** Schedules the work on a new change set. */
export function beginPlan({world, region, stack}: StackContext, changeSet: ChangeSet): void {
  world.schedule('change-set.plan', pendingSeconds, region.name, {
    stackId: stack.id,
    changeSetId: changeSet.id,
  })
}

/** Works a change set out, those of nested stacks included; it shows later. */
function workOut(context: StackContext, changeSet: ChangeSet): ChangeSetOutcome {
  const {world, stack} = context
  changeSet.status = 'CREATE_IN_PROGRESS'
  const seconds = planSeconds.least + planSeconds.more * world.chance(stack.name, changeSet.name, 'plan')
  try {
    const imagined: StackContext = {
      ...context,
      stack: {...stack, ...changeSet.change, imports: [...stack.imports], operation: undefined},
    }
    const missing = missingCapabilities(templateOf(changeSet.change.template), changeSet.capabilities)
    if (missing.length > 0) throw new ResourceFailure(`Requires capabilities : [${missing.join(', ')}]`)
    const planned = differences(context, imagined, changeSet)
    if (!changeSet.disableValidation) refuseConflicts(context, imagined, changeSet)
    const nested = changeSet.includeNestedStacks ? planChildren(context, planned, changeSet) : []
    const children = nested.map(({context: child, changeSet: its}) => ({
      its,
      outcome: workOutChild(child, its),
    }))
    const unchanged = new Set(
      nested
        .filter(({changeSet: its, isNew}) => !isNew && its.changes.length === 0 && !its.statusReason)
        .map(({stackResource}) => stackResource),
    )
    changeSet.changes = planned.changes.filter(
      ({logicalId, type}) => !(type === nestedStackType && unchanged.has(logicalId)),
    )
    const failed = children
      .filter(({outcome}) => outcome.status === 'FAILED')
      .sort((left, right) => left.outcome.seconds - right.outcome.seconds)[0]
    if (failed) {
      const reason = `Nested change set ${failed.its.id} was not successfully created: Currently in FAILED.`
      return {status: 'FAILED', reason, seconds: failed.outcome.seconds + 1}
    }
    const isEmpty =
      changeSet.type === 'UPDATE' && changeSet.changes.length === 0 && sameOutputs(stack, imagined)
    if (isEmpty && changeSet.rootId === undefined) return {status: 'FAILED', reason: noChanges, seconds}
    const last = Math.max(seconds, ...children.map(({outcome}) => outcome.seconds + 1))
    return {status: 'CREATE_COMPLETE', seconds: last}
  } catch (error) {
    return {status: 'FAILED', reason: messageOf(error), seconds}
  }
}

function workOutChild(child: StackContext, changeSet: ChangeSet): ChangeSetOutcome {
  const outcome = workOut(child, changeSet)
  settleLater(child, changeSet, outcome)
  return outcome
}

function settleLater(
  {world, region, stack}: StackContext,
  changeSet: ChangeSet,
  outcome: ChangeSetOutcome,
): void {
  world.schedule('change-set.settle', outcome.seconds, region.name, {
    stackId: stack.id,
    changeSetId: changeSet.id,
    outcome,
  })
}

function settle(context: StackContext, changeSet: ChangeSet, {status, reason}: ChangeSetOutcome): void {
  endPast(context, changeSet.operationId, status === 'FAILED')
  changeSet.status = status
  const isChild = changeSet.rootId !== undefined
  changeSet.statusReason = reason ?? (isChild ? fromRootOnly : undefined)
  const isOvertaken = changeSet.executionStatus === 'OBSOLETE'
  if (status === 'CREATE_COMPLETE' && !isChild && !isOvertaken) changeSet.executionStatus = 'AVAILABLE'
}

/** @throws ResourceFailure when validation before the deployment finds something; DescribeEvents tells what. */
function refuseConflicts({stack}: StackContext, imagined: StackContext, changeSet: ChangeSet): void {
  const {findings, reason} = findConflicts(imagined, changeSet.operationId, changeSet.id)
  if (findings.length === 0) return
  stack.findings = [...(stack.findings ?? []), ...findings]
  throw new ResourceFailure(reason)
}
