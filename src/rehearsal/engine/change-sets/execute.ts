import type {Region} from '../../account/account.js'
import type {ChangeSet} from '../../account/change-set.js'
import type {Stack} from '../../account/stack.js'
import type {StackContext} from '../../account/stack-context.js'
import type {World} from '../../account/world.js'
import {modelled} from '../../wire/index.js'
import {checkFollowUp, disablesRollback} from '../express.js'
import {validation} from '../lookup.js'
import {rollbackTarget} from '../rollback-target.js'
import {startCreation, startUpdate} from '../starting.js'
import {isRepeated} from '../tokens.js'
import {checkUpdatable} from '../update-stack.js'
import {dropChangeSets} from './drop.js'
import {findChangeSet} from './find.js'
import {discardReview, plannedStacks} from './review.js'

export interface ExecuteRequest {
  changeSetName: string | undefined
  stackName?: string
  clientRequestToken?: string
  disableRollback?: boolean
  retainExceptOnCreate?: boolean
}

/**
 * Does what a change set planned; the stack's other change sets are gone with that.
 * Source: CloudFormation API reference, ExecuteChangeSet, and its error texts.
 * @throws AwsError ChangeSetNotFoundException, InvalidChangeSetStatusException, ValidationError.
 */
export function executeChangeSet(world: World, region: Region, request: ExecuteRequest): void {
  const {stack, changeSet} = findChangeSet(region, request.changeSetName, request.stackName)
  const type = changeSet.type === 'CREATE' ? 'CREATE_STACK' : 'UPDATE_STACK'
  if (isRepeated(stack, request.clientRequestToken, type)) return
  if (request.disableRollback !== undefined && changeSet.onStackFailure !== undefined) {
    throw validation('You cannot specify both OnStackFailure and DisableRollback.')
  }
  checkExecutable(changeSet)
  const {change, deploymentConfig, disableValidation} = changeSet
  // In our words: no answer of AWS's could be found.
  if (request.disableRollback !== undefined && deploymentConfig) {
    throw validation('DisableRollback cannot be specified for a change set that has a DeploymentConfig.')
  }
  const disableRollback =
    request.disableRollback ??
    (deploymentConfig ? disablesRollback(deploymentConfig) : changeSet.onStackFailure === 'DO_NOTHING')
  checkFollowUp(stack, deploymentConfig)
  // A stack in review may be on its way out.
  if (stack.status !== 'REVIEW_IN_PROGRESS') checkUpdatable(stack, disableRollback)
  const context: StackContext = {world, region, stack}
  const before = rollbackTarget(stack)
  discardReview(context, plannedStacks(region, changeSet))
  dropChangeSets(context, other => other !== changeSet)
  prepare(stack, changeSet)
  forgetChildren(context, changeSet)
  const start = {
    token: request.clientRequestToken,
    disableRollback,
    disableValidation,
    deploymentConfig,
    retainExceptOnCreate: request.retainExceptOnCreate,
  }
  if (changeSet.type === 'UPDATE') {
    const operation = startUpdate(context, change, before, start)
    if (changeSet.revertsDrift) operation.revertsDrift = true
    return
  }
  Object.assign(stack, change, {disableRollback, onFailure: changeSet.onStackFailure ?? 'ROLLBACK'})
  startCreation(context, start)
}

function prepare(stack: Stack, changeSet: ChangeSet): void {
  changeSet.executionStatus = 'EXECUTE_IN_PROGRESS'
  stack.changeSetId = changeSet.id
  stack.capabilities = changeSet.capabilities
  stack.roleArn = changeSet.roleArn ?? stack.roleArn
  stack.notificationArns = changeSet.notificationArns ?? stack.notificationArns
}

/** Change sets of nested stacks are executed with the root's. */
function forgetChildren({world, region}: StackContext, {children}: ChangeSet): void {
  for (const {stackId, changeSetId} of Object.values(children)) {
    const child = region.stacks[stackId]
    const executed = child?.changeSets?.find(({id}) => id === changeSetId)
    if (!child || !executed) continue
    child.changeSetId = changeSetId
    const its: StackContext = {world, region, stack: child}
    forgetChildren(its, executed)
    dropChangeSets(its, () => true)
  }
}

function checkExecutable({id, status, executionStatus}: ChangeSet): void {
  const [what, is] = status === 'CREATE_COMPLETE' ? ['execution status', executionStatus] : ['status', status]
  if (is === 'AVAILABLE') return
  throw modelled(
    'InvalidChangeSetStatusException',
    `ChangeSet [${id}] cannot be executed in its current ${what} of [${is}]`,
  )
}
