import type {Resource} from '../../account/account.js'
import type {Progress, ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {
  type CustomRequest,
  endpointOf,
  type PendingAnswer,
  pendingOf,
  sendRequest,
} from './custom-resources.js'

/** How often CloudFormation looks for an answer, in seconds. */
const lookSeconds = 2

/**
 * The provider of `AWS::CloudFormation::CustomResource` and of every `Custom::…` type: a function of the account
 * makes the resource and answers. Until it has answered, the resource has a physical id of our making.
 * Source: CloudFormation user guide, "Custom resource request types" and "Custom resource response objects".
 */
const customResource: ResourceProvider = {
  type: 'AWS::CloudFormation::CustomResource',
  seconds: {create: 2, update: 2, delete: 2},
  awaited: true,
  create(request) {
    const pending = send(request, typeOfResource(request), {type: 'Create'})
    return {physicalId: request.generatedName(255), data: {pending}}
  },
  update(resource, request, before) {
    const {type, physicalId} = resource
    resource.data.pending = send(request, type, {type: 'Update', physicalId, oldProperties: before})
    return undefined
  },
  deleting(resource, request) {
    const {type, physicalId} = resource
    resource.data.pending = send(request, type, {type: 'Delete', physicalId})
  },
  stabilized,
}

export const customResourceProviders: readonly ResourceProvider[] = [customResource]

function send(request: ProviderRequest, resourceType: string, content: CustomRequest): PendingAnswer {
  return sendRequest(request, resourceType, endpointOf(request.world), content)
}

/** `Custom::…` as the template has it: all custom types share this provider. */
function typeOfResource({region, stack, logicalId}: ProviderRequest): string {
  return region.stacks[stack.id]?.resources[logicalId]?.type ?? customResource.type
}

function stabilized(
  resource: Resource,
  request: ProviderRequest,
  operation: 'create' | 'update' | 'delete',
): Progress {
  const pending = pendingOf(resource)
  if (!pending) return {state: 'ready'}
  const {answer, requestId} = pending
  if (!answer) return silence(pending, request.world.now)
  if (answer.status === 'FAILED') {
    const reason = answer.reason ?? 'See the details in CloudWatch Log Stream'
    return {
      state: 'failed',
      reason: `Received response status [FAILED] from custom resource. Message returned: ${reason} (RequestId: ${requestId})`,
    }
  }
  if (operation === 'delete') return {state: 'ready'}
  // On update a provider may leave the id out; on create it has to give one.
  const physicalId = answer.physicalResourceId ?? (operation === 'update' ? resource.physicalId : undefined)
  if (physicalId === undefined) {
    return {state: 'failed', reason: `Invalid PhysicalResourceId (RequestId: ${requestId})`}
  }
  delete resource.data.pending
  return {state: 'ready', physicalId, attributes: answer.attributes}
}

function silence({deadline, requestId}: PendingAnswer, now: number): Progress {
  if (now < deadline) return {state: 'waiting', seconds: Math.min(lookSeconds, (deadline - now) / 1000)}
  return {
    state: 'failed',
    reason: `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
  }
}
