import type {Region} from '../account/account.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {checkBeforeRows} from './before-resources.js'
import {cancelRunning, runOutOfTime} from './cancel.js'
import {registerDeletion} from './change-sets/delete.js'
import {registerChangeSets} from './change-sets/plan.js'
import {deleteRows} from './deleting.js'
import {tellRow} from './events.js'
import {makeRows, workOnRow} from './making.js'
import {embeddedFailure, embeddedLeft} from './nested.js'
import {isRollback} from './operation.js'
import {turnBackAfterFailures} from './outcomes.js'
import {type ProviderLookup, useProviders} from './providers.js'
import {finishRowDeletion, notDeleted, type RowGone} from './resource-deletion.js'
import {childOf, nudge, operationOf, stackContext} from './stack-context.js'
import {completeRow, failRow, type RowWork} from './stack-resources.js'

/**
 * The stack engine: CloudFormation's life of a stack, moved by the agenda alone. Entries that speak of an
 * operation which has since given way to another are ignored.
 * @param providers who makes which type of resource
 */
export function registerEngine(world: World, providers: ProviderLookup): void {
  useProviders(world, providers)
  registerChangeSets(world)
  registerDeletion(world)
  const on = (kind: string, handle: (context: StackContext, data: Record<string, unknown>) => void) =>
    world.on(kind, (_, region: Region, data) => {
      const context = stackContext(world, region, String(data.stackId))
      if (context.stack.operation?.id === data.operationId) handle(context, data)
    })

  on('stack.step', context => {
    const {phase} = operationOf(context.stack)
    if (phase === 'making') {
      if (checkBeforeRows(context)) makeRows(context)
    } else if (phase !== 'waiting') deleteRows(context)
  })
  on('row.work', (context, {logicalId, work}) => workOnRow(context, String(logicalId), work as RowWork))
  on('row.gone', (context, data) => finishRowDeletion(context, data as unknown as RowGone))
  on('stack.cancel', cancelRunning)
  on('stack.timeout', runOutOfTime)
  on('stack.turn-back', turnBackAfterFailures)
  on('child.settled', (context, {childId}) => childSettled(context, String(childId)))
}

/** A nested stack has come to the end of its part; its row follows. */
function childSettled(context: StackContext, childId: string): void {
  const {stack} = context
  const operation = operationOf(stack)
  const rows = [...Object.values(stack.rows), ...operation.leftovers]
  const row = rows.find(({physicalId}) => physicalId === childId)
  const child = childOf(context, childId)
  if (!row || !child) return
  const {logicalId} = row
  if (row.status === 'DELETE_IN_PROGRESS') {
    if (child.stack.status === 'DELETE_COMPLETE') tellRow(context, row, 'DELETE_COMPLETE')
    else notDeleted(context, row, embeddedLeft(child.stack))
    return nudge(context)
  }
  if (!operation.running.includes(logicalId)) return
  if (operation.phase === 'cleaning-up') {
    operation.running = operation.running.filter(id => id !== logicalId)
    tellRow(context, row, 'UPDATE_COMPLETE')
    return nudge(context)
  }
  const good = isRollback(operation)
    ? ['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_COMPLETE', 'CREATE_COMPLETE']
    : ['CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']
  if (good.includes(child.stack.status)) completeRow(context, row)
  else if (!isRollback(operation) || child.stack.operation === undefined) {
    failRow(context, logicalId, embeddedFailure(child.stack))
  }
}
