import type {Stack} from '../../account/stack.js'
import type {World} from '../../account/world.js'
import {cancelUpdate} from '../../engine/cancel-update.js'
import {createStack} from '../../engine/create-stack.js'
import {deleteStack, protectStack} from '../../engine/delete-stack.js'
import {requireLiveStack, validation} from '../../engine/lookup.js'
import {continueUpdateRollback, rollBackStack} from '../../engine/rollback-requests.js'
import {signalResource} from '../../engine/signals.js'
import {operationBegunBy} from '../../engine/tokens.js'
import {updateStack} from '../../engine/update-stack.js'
import type {Operations} from '../../wire/index.js'
import {deploymentConfigOf, refuseUnknown, stackRequest} from './requests.js'

/** What begins, changes and ends the operations of stacks. Source: CloudFormation API reference. */
export function stackChangeOperations(world: World): Operations<'cloudformation'> {
  return {
    CreateStack(input, call) {
      refuseUnknown(input)
      if (input.DisableRollback !== undefined && input.OnFailure !== undefined) {
        throw validation('Either OnFailure or DisableRollback can be specified, but not both.')
      }
      const request = stackRequest(input)
      const stack = createStack(world, world.region(call.region), {
        ...request,
        disableRollback: request.disableRollback ?? false,
        onFailure: input.OnFailure ?? 'ROLLBACK',
        terminationProtection: input.EnableTerminationProtection ?? false,
        timeoutMinutes: input.TimeoutInMinutes,
      })
      return begun(stack, input)
    },
    UpdateStack(input, call) {
      refuseUnknown(input)
      const stack = updateStack(world, world.region(call.region), stackRequest(input))
      return begun(stack, input)
    },
    DeleteStack(input, call) {
      refuseUnknown(input)
      deleteStack(world, world.region(call.region), {
        name: input.StackName ?? '',
        clientRequestToken: input.ClientRequestToken,
        retainResources: input.RetainResources,
        deletionMode: input.DeletionMode,
        roleArn: input.RoleARN,
        deploymentConfig: deploymentConfigOf(input),
      })
    },
    CancelUpdateStack(input, call) {
      cancelUpdate(world, world.region(call.region), {name: input.StackName ?? ''})
    },
    RollbackStack(input, call) {
      refuseUnknown(input)
      const stack = rollBackStack(world, world.region(call.region), {
        name: input.StackName ?? '',
        clientRequestToken: input.ClientRequestToken,
        roleArn: input.RoleARN,
        retainExceptOnCreate: input.RetainExceptOnCreate,
        deploymentConfig: deploymentConfigOf(input),
      })
      return begun(stack, input)
    },
    ContinueUpdateRollback(input, call) {
      refuseUnknown(input)
      continueUpdateRollback(world, world.region(call.region), {
        name: input.StackName ?? '',
        clientRequestToken: input.ClientRequestToken,
        roleArn: input.RoleARN,
        resourcesToSkip: input.ResourcesToSkip ?? [],
      })
      return {}
    },
    SignalResource(input, call) {
      signalResource(world, world.region(call.region), {
        name: input.StackName ?? '',
        logicalId: input.LogicalResourceId ?? '',
        uniqueId: input.UniqueId ?? '',
        status: input.Status ?? 'SUCCESS',
      })
    },
    UpdateTerminationProtection(input, call) {
      const stack = requireLiveStack(world.region(call.region), input.StackName ?? '')
      protectStack(stack, input.EnableTerminationProtection ?? false)
      return {StackId: stack.id}
    },
  }
}

/** A request that comes again is answered with what it began the first time. */
function begun(stack: Stack, {ClientRequestToken}: {ClientRequestToken?: string}) {
  return {StackId: stack.id, OperationId: operationBegunBy(stack, ClientRequestToken)?.id}
}
