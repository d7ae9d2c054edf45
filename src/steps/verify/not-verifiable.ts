import {awsCommand, shell} from '../../aws/command-line.js'
import {isDeleting, isInProgress, isInReview, isUpdatable, operationOf} from '../../aws/stack-status.js'
import {environmentTag} from '../../environment/names.js'
import {failed, type McpgwError, refused} from '../../errors.js'
import {elsewhereWords} from '../elsewhere.js'
import {type ExistingStack, isOurs, othersExist} from '../stacks/existing-stacks.js'
import {isBoundToExpress} from '../stacks/express.js'
import type {VerifyContext} from './context.js'
import {deployLine} from './remedies.js'

/** Why there is nothing to check: under way, failed, somebody else's, or not there. What is under way says most. */
export async function notVerifiable(
  context: VerifyContext,
  existingStacks: readonly ExistingStack[],
): Promise<McpgwError> {
  const ours = existingStacks.filter(({stack}) => isOurs(stack, context.environment))
  const busy = ours.find(({stack}) => isInProgress(stack.status))
  if (busy !== undefined) return environmentBusy(context, busy, ours)
  const broken = ours.find(({stack}) => !isUpdatable(stack.status) && !isInReview(stack.status))
  if (broken !== undefined) return environmentFailed(context, broken, ours)
  const foreign = existingStacks.find(({stack}) => !isOurs(stack, context.environment))
  if (foreign !== undefined) return notOurs(context, foreign)
  return noSuchEnvironment(context, ours)
}

function environmentBusy(
  context: VerifyContext,
  {stack, layout}: ExistingStack,
  ours: readonly ExistingStack[],
): McpgwError {
  const {name, status} = stack
  const {commandLine, environment} = context
  const deploy = deployLine({commandLine, layout})
  const words = `(stack ${name} is ${status}): there is nothing to check before that has ended.`
  if (isDeleting(status) && othersExist(stack, ours)) {
    return failed('ENVIRONMENT_BUSY', `Environment ${environment} is being deleted in part ${words}`, {
      hint: `Run \`${deploy}\`, which follows it and then brings back what is missing, or \`${commandLine('watch')}\` to follow it only, or \`${commandLine('teardown')}\` to delete the rest, too.`,
      resource: name,
    })
  }
  const command = isDeleting(status) ? commandLine('teardown') : deploy
  return failed('ENVIRONMENT_BUSY', `Environment ${environment} is being ${doing(status)} ${words}`, {
    hint: `Run \`${command}\` to follow it.`,
    resource: name,
  })
}

function doing(status: string): string {
  if (status.includes('ROLLBACK')) return 'rolled back after a failure'
  const words = {create: 'created', update: 'updated', delete: 'deleted', review: 'reviewed'}
  return words[operationOf(status)]
}

function environmentFailed(
  context: VerifyContext,
  {stack, layout}: ExistingStack,
  ours: readonly ExistingStack[],
): McpgwError {
  const {name, status} = stack
  const {aws, commandLine, environment} = context
  const noun = {create: 'creation', update: 'update', delete: 'deletion', review: 'review'}[
    operationOf(status)
  ]
  return failed(
    'ENVIRONMENT_FAILED',
    `Environment ${environment} is not complete: the ${noun} of stack ${name} failed (${status}).`,
    {hint: wayOut(status), resource: name},
  )

  function wayOut(of: string): string {
    const deploy = deployLine({commandLine, layout})
    if (of === 'DELETE_FAILED' && othersExist(stack, ours)) {
      return `Run \`${deploy}\`, which deletes what is left of it and creates it again, or \`${commandLine('teardown')}\` to delete the rest, too.`
    }
    if (of === 'DELETE_FAILED') return `Run \`${commandLine('teardown')}\`.`
    // deploy refuses it: only a person can decide to undo what was kept on purpose.
    if (of !== 'UPDATE_FAILED' || isBoundToExpress(stack)) return `Run \`${deploy}\`.`
    return `Run \`${awsCommand(aws, shell`cloudformation rollback-stack --stack-name ${name}`)}\`, then \`${deploy}\`.`
  }
}

function notOurs({environment}: VerifyContext, {stack}: ExistingStack): McpgwError {
  return refused(
    'NOT_OURS',
    `Stack ${stack.name} does not carry the tag ${environmentTag}=${environment}: mcpgw did not make it and does not check it.`,
    'Name another environment with --environment, or another region.',
  )
}

async function noSuchEnvironment(
  context: VerifyContext,
  found: readonly ExistingStack[],
): Promise<McpgwError> {
  const elsewhere = found.length === 0 ? await elsewhereWords(context) : undefined
  const {environment, aws, commandLine} = context
  const partly =
    found.length === 0
      ? ''
      : ` Only ${found.map(({stack}) => `${stack.name} (${stack.status})`).join(', ')} was found.`
  const layout = found[0]?.layout ?? 'nested'
  return failed(
    'NO_SUCH_ENVIRONMENT',
    `No such environment: ${environment} does not exist in region ${aws.region}.${partly}${elsewhere === undefined ? '' : ` ${elsewhere}`}`,
    {
      hint: `Run \`${deployLine({commandLine, layout})}\`, or name another environment or region.`,
      resource: environment,
    },
  )
}
