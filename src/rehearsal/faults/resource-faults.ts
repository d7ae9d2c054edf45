import type {StackContext} from '../account/stack-context.js'
import {handlerFailure, ResourceFailure} from '../resources/resource-provider.js'
import {fitsResource} from './places.js'
import {standing, strike} from './schedule.js'

/** The row of a stack that something is done with. */
interface Row {
  logicalId: string
  type: string
}

/** What is done with a row. */
type Doing = 'create' | 'update' | 'delete'

/** What a resource handler says when it does not say more. Source: CloudFormation, handler error codes. */
const unexplained = {message: 'Internal Failure', code: 'InternalFailure'}

/** Why a fault lets a row fail now, in AWS's words; undefined when none does. */
export function rowFailure(
  context: StackContext,
  row: Row,
  doing: Doing,
  when: 'begin' | 'end',
): string | undefined {
  const fault = strike(context.world, `fail-${doing}`, occasionOf(context, row), ({where, options}) => {
    const wanted = ('when' in options ? options.when : undefined) ?? 'begin'
    return wanted === when && fitsResource(where, placeOf(context, row))
  })
  if (!fault) return undefined
  const {message = fault.options.code ?? unexplained.message, code} = fault.options
  if (code === undefined && fault.options.message !== undefined) return message
  return handlerFailure(context.world, message, code ?? unexplained.code).message
}

/** Fails a row where a fault wants it. @throws ResourceFailure */
export function failByFault(
  context: StackContext,
  row: Row & {status: string},
  work: 'create' | 'apply' | 'settle',
): void {
  const doing = row.status.startsWith('CREATE') || work === 'create' ? 'create' : 'update'
  const reason = rowFailure(context, row, doing, work === 'settle' ? 'end' : 'begin')
  if (reason !== undefined) throw new ResourceFailure(reason)
}

/** How many times as long as typical something takes with a row. */
export function slowness(context: StackContext, logicalId: string, doing: string): number {
  const type = context.stack.rows[logicalId]?.type ?? ''
  const fault = standing(
    context.world,
    'slow',
    context.region.name,
    ({where, options}) =>
      (options.operation ?? doing) === doing && fitsResource(where, placeOf(context, {logicalId, type})),
  )
  return fault?.options.factor ?? 1
}

function occasionOf({stack, region}: StackContext, {logicalId}: Row) {
  return {key: `${stack.parentLogicalId ?? stack.name}/${logicalId}`, region: region.name}
}

function placeOf({stack}: StackContext, {logicalId, type}: Row) {
  return {logicalId, type, stacks: [stack.name, ...(stack.parentLogicalId ? [stack.parentLogicalId] : [])]}
}
