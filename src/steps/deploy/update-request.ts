import {randomUUID} from 'node:crypto'
import type {StackDescription} from '../../aws/stack-data.js'
import type {UpdateStack} from '../../aws/stacks.js'
import {requireContext} from '../context.js'
import {isBoundToExpress} from '../stacks/express.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import type {DeployContext} from './context.js'
import {targetParameters, targetTags} from './target-parameters.js'

/** What is sent to update a stack to a template of the folder. */
export function updateRequest(
  context: DeployContext,
  stackTarget: StackTarget,
  stack: StackDescription,
  template: string,
): UpdateStack {
  const {settings} = context
  const isBound = isBoundToExpress(stack)
  const {values, usePrevious} = targetParameters(context, stackTarget, stack)
  return {
    name: stack.name,
    templateUrl: templateUrl(context, template),
    parameters: values,
    usePrevious,
    tags: targetTags(context),
    token: `mcpgw-update-${randomUUID()}`,
    serviceRole: settings.serviceRole,
    // The same settings as before are demanded then: without rollback.
    disableRollback: settings.onFailure === 'keep' || isBound,
    express: isBound,
  }
}

/** The address from which CloudFormation itself reads the template. */
export function templateUrl(context: DeployContext, name: string): string {
  const {bucket, prefix} = requireContext(context.templateLocation, 'the template location')
  const {partition} = requireContext(context.identity, 'the account')
  return `https://${bucket}.s3.${context.aws.region}.${urlSuffix(partition)}/${prefix}${name}`
}

function urlSuffix(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
}
