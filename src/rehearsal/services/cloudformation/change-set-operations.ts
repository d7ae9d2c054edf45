import type {Change, ChangeSetSummary, DescribeChangeSetOutput} from '@aws-sdk/client-cloudformation'
import type {ChangeSet, PlannedChange} from '../../account/change-set.js'
import type {Stack} from '../../account/stack.js'
import type {World} from '../../account/world.js'
import {createChangeSet} from '../../engine/change-sets/create.js'
import {deleteChangeSet} from '../../engine/change-sets/delete.js'
import {executeChangeSet} from '../../engine/change-sets/execute.js'
import {findChangeSet} from '../../engine/change-sets/find.js'
import {requireLiveStack, validation} from '../../engine/lookup.js'
import {pageOf} from '../../resources/paging.js'
import type {Operations} from '../../wire/index.js'
import {describeDeployment, describeParameters, tagList} from './describe.js'
import {refuseUnknown, stackRequest} from './requests.js'

/** Entries of one page. Source: CloudFormation API reference. */
const pageSize = 100

/** Change sets over the stack engine. */
export function changeSetOperations(world: World): Operations<'cloudformation'> {
  return {
    CreateChangeSet(input, call) {
      refuseUnknown(input)
      if (input.ChangeSetType === 'IMPORT') throw validation('The embedded account imports no resources.')
      const changeSet = createChangeSet(world, world.region(call.region), {
        ...stackRequest({...input, ClientRequestToken: input.ClientToken}),
        changeSetName: input.ChangeSetName ?? '',
        type: input.ChangeSetType ?? 'UPDATE',
        description: input.Description,
        includeNestedStacks: input.IncludeNestedStacks ?? false,
        importExistingResources: input.ImportExistingResources ?? false,
        onStackFailure: input.OnStackFailure,
        deploymentMode: input.DeploymentMode,
      })
      return {Id: changeSet.id, StackId: changeSet.stackId}
    },
    DescribeChangeSet(input, call) {
      const {stack, changeSet} = findChangeSet(
        world.region(call.region),
        input.ChangeSetName,
        input.StackName,
      )
      const {items, next} = pageOf(changeSet.changes, input.NextToken, pageSize)
      const Changes = items.map(change => changeOf(change, input.IncludePropertyValues ?? false))
      return {...describeChangeSet(stack, changeSet), Changes, NextToken: next}
    },
    ListChangeSets(input, call) {
      const stack = requireLiveStack(world.region(call.region), input.StackName ?? '')
      const {items, next} = pageOf(stack.changeSets ?? [], input.NextToken, pageSize)
      return {Summaries: items.map(changeSet => summaryOf(stack, changeSet)), NextToken: next}
    },
    ExecuteChangeSet(input, call) {
      executeChangeSet(world, world.region(call.region), {
        changeSetName: input.ChangeSetName,
        stackName: input.StackName,
        clientRequestToken: input.ClientRequestToken,
        disableRollback: input.DisableRollback,
        retainExceptOnCreate: input.RetainExceptOnCreate,
      })
      return {}
    },
    DeleteChangeSet(input, call) {
      deleteChangeSet(world, world.region(call.region), {
        changeSetName: input.ChangeSetName,
        stackName: input.StackName,
      })
      return {}
    },
  }
}

function summaryOf(stack: Stack, changeSet: ChangeSet): ChangeSetSummary {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    CreationTime: new Date(changeSet.createdAt),
    Description: changeSet.description,
    IncludeNestedStacks: changeSet.includeNestedStacks,
    ParentChangeSetId: changeSet.parentId,
    RootChangeSetId: changeSet.rootId,
    ImportExistingResources: changeSet.importExistingResources ?? false,
  }
}

function describeChangeSet(stack: Stack, changeSet: ChangeSet): DescribeChangeSetOutput {
  const {change} = changeSet
  return {
    ...summaryOf(stack, changeSet),
    Parameters: describeParameters(change.template, change.parameters),
    NotificationARNs: changeSet.notificationArns ?? stack.notificationArns,
    RollbackConfiguration: {},
    Capabilities: changeSet.capabilities as DescribeChangeSetOutput['Capabilities'],
    Tags: tagList(change.tags),
    OnStackFailure: changeSet.onStackFailure,
    DeploymentConfig: describeDeployment(changeSet.deploymentConfig),
    ...(changeSet.revertsDrift && {
      DeploymentMode: 'REVERT_DRIFT' as const,
      StackDriftStatus: changeSet.driftStatus ?? 'NOT_CHECKED',
    }),
  }
}

function changeOf(planned: PlannedChange, withValues: boolean): Change {
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: planned.action,
      LogicalResourceId: planned.logicalId,
      PhysicalResourceId: planned.physicalId,
      ResourceType: planned.type,
      Replacement: planned.replacement,
      PolicyAction: planned.policyAction,
      Scope: planned.scope,
      ResourceDriftStatus: planned.driftStatus,
      ChangeSetId: planned.changeSetId,
      Details: planned.details.map(
        ({attribute, name, requiresRecreation, evaluation, source, causingEntity}) => ({
          Target: {Attribute: attribute, Name: name, RequiresRecreation: requiresRecreation},
          Evaluation: evaluation,
          ChangeSource: source,
          CausingEntity: causingEntity,
        }),
      ),
      BeforeContext: withValues ? planned.before : undefined,
      AfterContext: withValues ? planned.after : undefined,
    },
  }
}
