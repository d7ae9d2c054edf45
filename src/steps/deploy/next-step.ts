import {awsCommand, shell} from '../../aws/command-line.js'
import type {FollowedStack} from '../../aws/followed-stack.js'
import type {StackProgress} from '../../progress.js'
import {isOfExpress} from '../stacks/express.js'
import {leavingRegion} from '../stacks/leaving-region.js'
import type {DeployContext} from './context.js'

/**
 * What to do after a stack failed. What the next deploy does with it (`decide`) depends on how it ended.
 * @param failure the entry of docs/failures.md that explains it
 * @param events of the operation, and of the rollback that followed
 */
export function nextStep(
  {name, status}: Pick<FollowedStack, 'name' | 'status'>,
  context: Pick<DeployContext, 'aws' | 'settings' | 'commandLine'>,
  failure?: string,
  events: readonly StackProgress[] = [],
): string {
  const {settings} = context
  const deploy = `\`${context.commandLine('deploy')}\``
  const leaving = leavingRegion(failure, status, context.commandLine)
  if (leaving?.isOnlyWay) return leaving.words
  const siblings = settings.layout === 'individual' ? ' Stacks that are complete stay.' : ''
  return [hintFor(status) + siblings, leaving?.words].filter(Boolean).join(' ')

  function hintFor(ended: string): string {
    switch (ended) {
      case 'CREATE_FAILED':
      case 'ROLLBACK_FAILED':
        return `Stack ${name} is left as it failed, and costs money. Correct the cause and run ${deploy}, which deletes it and starts over, or remove it with \`${context.commandLine('teardown')}\`.`
      case 'ROLLBACK_COMPLETE':
        return `Correct the cause, then run ${deploy}: it removes what is left of stack ${name} and starts over.`
      case 'DELETE_COMPLETE':
        return `Correct the cause, then run ${deploy}: stack ${name} is gone, and it starts over.`
      case 'DELETE_FAILED':
        return `What is left of stack ${name} may cost money: remove it with \`${context.commandLine('teardown')}\`. Then correct the cause and run ${deploy}, which starts over.`
      case 'UPDATE_FAILED':
        // CloudFormation refuses RollbackStack then. Source: aws/aws-cdk-cli issue 1739.
        if (events.some(isOfExpress))
          return `Stack ${name} is half updated, in express mode. Correct the cause and run ${deploy}, which continues from there in the same mode.`
        // Kept, it fails in the same way each time. Source: CloudFormation user guide, "Stack failure options", conditions.
        if (failure === 'replacement-while-kept')
          return `Stack ${name} is half updated, and cannot continue from there: undo the update with \`${aws('rollback-stack')}\`, then run \`${context.commandLine('deploy').replace(' --on-failure keep', '')}\`.`
        return `Stack ${name} is half updated. Correct the cause and run ${keeping()}, which continues from there, or undo the update with \`${aws('rollback-stack')}\`.`
      case 'UPDATE_ROLLBACK_FAILED':
        if (failure === 'deleted-by-hand' && stuckIn(name, events).length > 0)
          return `Leave behind what is missing: \`${leftBehind()}\`. When the rollback is complete, \`${context.commandLine('deploy')} --repair\` makes it again.`
        return `Correct the cause and run ${deploy}, which continues the rollback, then updates. What can never be undone has to be left behind: \`${leftBehind()}\`, or start over with \`${context.commandLine('deploy')} --replace\`.`
      default:
        return `Correct the cause, then run ${deploy}: stack ${name} is as it was before the update, and is updated again.`
    }
  }

  /** A kept update can only be retried as it was made. */
  function keeping(): string {
    return settings.onFailure === 'keep' ? deploy : `\`${context.commandLine('deploy')} --on-failure keep\``
  }

  function leftBehind(): string {
    const stuck = stuckIn(name, events)
    const unknown = settings.layout === 'nested' ? 'NAME-OF-NESTED-STACK.LOGICAL-ID' : 'LOGICAL-ID'
    return `${aws('continue-update-rollback')} --resources-to-skip ${stuck.length > 0 ? stuck.join(' ') : unknown}`
  }

  function aws(command: string): string {
    return awsCommand(context.aws, ['cloudformation', command, shell`--stack-name ${name}`].join(' '))
  }
}

/**
 * What the rollback of a stack failed at, as it is to be skipped. What was cancelled is not among it.
 * Source: CloudFormation API reference, ContinueUpdateRollback, ResourcesToSkip.
 */
function stuckIn(name: string, events: readonly StackProgress[]): string[] {
  const begin = events.findLastIndex(
    ({isStack, status, stackName}) =>
      isStack && stackName === name && status === 'UPDATE_ROLLBACK_IN_PROGRESS',
  )
  if (begin < 0) return []
  const stuck = events
    .slice(begin)
    .filter(
      ({isStack, status, reason}) =>
        !isStack && status === 'UPDATE_FAILED' && !/cancelled/i.test(reason ?? ''),
    )
    .filter(({type}) => type !== 'AWS::CloudFormation::Stack')
    .map(({stackName, logicalId}) => (stackName === name ? logicalId : `${stackName}.${logicalId}`))
  return [...new Set(stuck)]
}
