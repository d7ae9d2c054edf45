import type {Region} from '../../account/account.js'
import type {ChangeSet} from '../../account/change-set.js'
import type {Stack} from '../../account/stack.js'
import type {StackContext} from '../../account/stack-context.js'
import type {World} from '../../account/world.js'
import {modelled} from '../../wire/index.js'
import {checkFollowUp} from '../express.js'
import {findStack, isLive, validation} from '../lookup.js'
import {newStack} from '../new-stack.js'
import {checkRoom, type StackRequest, submitted} from '../submitted.js'
import {checkToken} from '../tokens.js'
import {checkSameTypes, checkUpdatable} from '../update-stack.js'
import {addChangeSet} from './add.js'
import {beginPlan} from './plan.js'

/** What only CreateChangeSet knows. */
export interface ChangeSetRequest extends StackRequest {
  changeSetName: string
  type: 'CREATE' | 'UPDATE'
  description?: string
  includeNestedStacks: boolean
  importExistingResources: boolean
  deploymentMode?: string
  onStackFailure?: Stack['onFailure']
}

/** Source: CloudFormation API reference, CreateChangeSet, ChangeSetName. */
const namePattern = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/

/**
 * Begins to work out what a template and parameters would make of a stack.
 * Source: CloudFormation API reference, CreateChangeSet, and its error texts.
 * @throws AwsError ValidationError, AlreadyExistsException, InsufficientCapabilitiesException.
 */
export function createChangeSet(world: World, region: Region, request: ChangeSetRequest): ChangeSet {
  const {changeSetName: name, clientRequestToken: clientToken} = request
  checkNames(request)
  checkToken(clientToken, 'clientToken')
  const found = findStack(region, request.name)
  const existing = found && isLive(found) ? found : undefined
  const present = existing?.changeSets?.find(changeSet => changeSet.name === name)
  if (present && clientToken !== undefined && present.clientToken === clientToken) return present
  if (request.type === 'UPDATE') {
    if (!existing) throw validation(`Stack [${request.name}] does not exist`)
    checkFollowUp(existing, request.deploymentConfig)
    checkUpdatable(existing, true)
  } else if (existing && existing.status !== 'REVIEW_IN_PROGRESS') {
    throw validation(
      `Stack [${request.name}] already exists and cannot be created again with the changeSet [${name}].`,
    )
  }
  if (present) throw modelled('AlreadyExistsException', `ChangeSet [${name}] already exists`)
  const {template, change} = submitted(
    world,
    region,
    request,
    request.type === 'UPDATE' ? existing : undefined,
  )
  if (existing && request.type === 'UPDATE') checkSameTypes(existing, template)
  if (!existing) checkRoom(region)
  const stack = existing ?? newStack({world, region}, request.name, change)
  const context: StackContext = {world, region, stack}
  const changeSet = addChangeSet(context, name, change, request.type)
  Object.assign(changeSet, {
    description: request.description,
    clientToken,
    capabilities: [...request.capabilities],
    notificationArns: request.notificationArns && [...request.notificationArns],
    roleArn: request.roleArn,
    onStackFailure: request.onStackFailure,
    disableValidation: request.disableValidation,
    deploymentConfig: request.deploymentConfig,
    includeNestedStacks: request.includeNestedStacks,
    importExistingResources: request.importExistingResources,
    ...(request.deploymentMode !== undefined && {revertsDrift: true}),
  })
  if (!existing) stack.description = template.description
  beginPlan(context, changeSet)
  return changeSet
}

function checkNames({changeSetName, onStackFailure, type, deploymentMode}: ChangeSetRequest): void {
  if (!namePattern.test(changeSetName)) {
    throw validation(
      `1 validation error detected: Value '${changeSetName}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    )
  }
  if (deploymentMode !== undefined && deploymentMode !== 'REVERT_DRIFT') {
    throw validation(
      `1 validation error detected: Value '${deploymentMode}' at 'deploymentMode' failed to satisfy constraint: Member must satisfy enum value set: [REVERT_DRIFT]`,
    )
  }
  // In our words: no answer of AWS's could be found.
  if (deploymentMode !== undefined && type !== 'UPDATE') {
    throw validation('DeploymentMode REVERT_DRIFT is only valid when ChangeSetType is UPDATE.')
  }
  if (onStackFailure === 'DELETE' && type !== 'CREATE') {
    throw validation('OnStackFailure DELETE is only valid when ChangeSetType is CREATE.')
  }
}
