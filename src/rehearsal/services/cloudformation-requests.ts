import {validation} from '../engine/lookup.js'
import type {StackRequest} from '../engine/submitted.js'
import type {Input} from '../wire/index.js'

/** What the requests that bring a template have in common on the wire. */
export type RawRequest = Pick<
  Input<'cloudformation', 'CreateChangeSet'>,
  | 'StackName'
  | 'TemplateBody'
  | 'TemplateURL'
  | 'UsePreviousTemplate'
  | 'Parameters'
  | 'Tags'
  | 'Capabilities'
  | 'NotificationARNs'
  | 'RoleARN'
  | 'DisableValidation'
> & {
  ClientRequestToken?: string | undefined
  DisableRollback?: boolean | undefined
  RetainExceptOnCreate?: boolean | undefined
}

/** Source: CloudFormation API reference, the pattern of StackName. */
const stackNamePattern = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$|^arn:[-a-zA-Z0-9:/._+]*$/
/** Bytes of a template in a request. Source: CloudFormation quotas. */
const maxBodyBytes = 51_200

/** A request with the wire's names taken off. @throws AwsError ValidationError. */
export function stackRequest(input: RawRequest): StackRequest {
  const name = checkedStackName(input.StackName)
  if (Buffer.byteLength(input.TemplateBody ?? '') > maxBodyBytes) {
    throw validation(
      `1 validation error detected: Value '${input.TemplateBody}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${maxBodyBytes}`,
    )
  }
  return {
    name,
    templateBody: input.TemplateBody,
    templateUrl: input.TemplateURL,
    usePreviousTemplate: input.UsePreviousTemplate,
    parameters: (input.Parameters ?? []).map(({ParameterKey, ParameterValue, UsePreviousValue}) => ({
      name: ParameterKey ?? '',
      value: ParameterValue,
      usePrevious: UsePreviousValue,
    })),
    tags: input.Tags && Object.fromEntries(input.Tags.map(({Key, Value}) => [Key ?? '', Value ?? ''])),
    capabilities: input.Capabilities ?? [],
    clientRequestToken: input.ClientRequestToken,
    notificationArns: input.NotificationARNs,
    roleArn: input.RoleARN,
    disableRollback: input.DisableRollback,
    disableValidation: input.DisableValidation,
    retainExceptOnCreate: input.RetainExceptOnCreate,
  }
}

function checkedStackName(name = ''): string {
  if (stackNamePattern.test(name)) return name
  throw validation(
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*`,
  )
}

/**
 * Refuses what the account does not do, by name: an ignored setting would be an invented success.
 * @throws AwsError ValidationError.
 */
export function refuseUnknown(input: object): void {
  const given = Object.entries(input).flatMap(([name, value]) =>
    unknown[name] !== undefined && isGiven(value) ? [`${name} (${unknown[name]})`] : [],
  )
  if (given.length > 0)
    throw validation(`The embedded account does not know ${given.join(', ')}: leave it out.`)
}

const unknown: Readonly<Record<string, string>> = {
  DeploymentConfig: 'express mode',
  DeploymentMode: 'drift-aware deployment',
  ForceRollback: 'forced rollback',
  ResourcesToImport: 'imports of resources',
  ResourceTypes: 'limits on resource types',
  RollbackConfiguration: 'rollback triggers',
  StackPolicyBody: 'stack policies',
  StackPolicyDuringUpdateBody: 'stack policies',
  StackPolicyDuringUpdateURL: 'stack policies',
  StackPolicyURL: 'stack policies',
}

/** Clients send empty structures and defaults for what their user never asked for. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === false) return false
  if (Array.isArray(value)) return value.length > 0
  if (value && typeof value === 'object') {
    return Object.entries(value).some(([name, member]) => !isDefault(name, member) && isGiven(member))
  }
  return true
}

function isDefault(name: string, value: unknown): boolean {
  return name === 'Mode' && value === 'STANDARD'
}
