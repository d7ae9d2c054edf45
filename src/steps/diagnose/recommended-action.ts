import {awsCommand, shell} from '../../aws/command-line.js'
import {isDeleting, isInProgress} from '../../aws/stack-status.js'
import {calledBackWords, wasCancelled} from '../stacks/cancelled-update.js'
import {isOurs, othersExist} from '../stacks/existing-stacks.js'
import {isBoundToExpress} from '../stacks/express.js'
import {leavingRegion} from '../stacks/leaving-region.js'
import {deployLine} from '../verify/remedies.js'
import type {DiagnoseContext, ExaminedStack} from './context.js'

/**
 * What to do with a stack that is not well.
 * @param failure the entry of docs/failures.md that explains it
 */
export function recommendedAction(
  context: DiagnoseContext,
  {stack, layout}: ExaminedStack,
  failure?: string,
): string {
  const {aws, commandLine, environment} = context
  const {name, status} = stack
  const command = (text: string) =>
    awsCommand(aws, ['cloudformation', text, shell`--stack-name ${name}`].join(' '))
  if (layout === undefined || !isOurs(stack, environment)) {
    return `Correct the cause with the tool that created stack ${name}. All events: \`${command('describe-stack-events')}\`.`
  }
  if (isInProgress(status))
    return `The operation is still running. Run \`${commandLine('watch')}\` to follow it.`
  const deploy = deployLine({commandLine, layout})
  if (status === 'DELETE_FAILED' && othersExist(stack, context.examined?.filter(one => one.layout) ?? [])) {
    return `Remove what blocks it, then run \`${deploy}\`, which creates it again, or \`${commandLine('teardown')}\` to delete the rest, too.`
  }
  if (isDeleting(status) || status === 'DELETE_FAILED')
    return `Remove what blocks it, then run \`${commandLine('teardown')}\`.`
  // deploy refuses it: only a person can decide to undo what was kept on purpose.
  if (status === 'UPDATE_FAILED' && !isBoundToExpress(stack))
    return `Run \`${command('rollback-stack')}\`, correct the cause, then run \`${deploy}\`.`
  if (wasCancelled(context.events ?? [])) return calledBackWords(name, deploy)
  const leaving = leavingRegion(failure, status, commandLine)
  if (leaving?.isOnlyWay) return leaving.words
  return [`Correct the cause, then run \`${deploy}\`.`, leaving?.words].filter(Boolean).join(' ')
}
