import {repeatedNames} from '../../../template/index.js'
import type {DeploymentConfig} from '../../account/deployment-config.js'
import {disablesRollback} from '../../engine/express.js'
import {validation} from '../../engine/lookup.js'
import type {StackRequest} from '../../engine/submitted.js'
import type {Input} from '../../wire/index.js'

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
  | 'DeploymentConfig'
> & {
  ClientRequestToken?: string | undefined
  DisableRollback?: boolean | undefined
  OnFailure?: string | undefined
  OnStackFailure?: string | undefined
  RetainExceptOnCreate?: boolean | undefined
}

/** Source: CloudFormation API reference, the pattern of StackName. */
const stackNamePattern = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$|^arn:[-a-zA-Z0-9:/._+]*$/
/** Bytes of a template in a request. Source: CloudFormation quotas. */
const maxBodyBytes = 51_200

/** Source: CloudFormation API reference, CreateStack: the most that a request may have of each. */
const most = {tags: 50, notificationARNs: 5}

/** A request with the wire's names taken off. @throws AwsError ValidationError. */
export function stackRequest(input: RawRequest): StackRequest {
  const name = checkedStackName(input.StackName)
  const deploymentConfig = deploymentConfigOf(input)
  if (Buffer.byteLength(input.TemplateBody ?? '') > maxBodyBytes) {
    throw validation(
      `1 validation error detected: Value '${input.TemplateBody}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${maxBodyBytes}`,
    )
  }
  checkLengths({
    tags: (input.Tags ?? []).map(({Key, Value}) => `${Key}=${Value}`),
    notificationARNs: input.NotificationARNs ?? [],
  })
  checkParameterKeys((input.Parameters ?? []).map(({ParameterKey}) => ParameterKey ?? ''))
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
    disableRollback: deploymentConfig ? disablesRollback(deploymentConfig) : input.DisableRollback,
    deploymentConfig,
    disableValidation: input.DisableValidation,
    retainExceptOnCreate: input.RetainExceptOnCreate,
  }
}

/**
 * How an operation is to go about it; what it says of rollbacks must be said nowhere else. The words are ours.
 * Source: aws/aws-sam-cli pull request 9106: CloudFormation rejects both together.
 * @throws AwsError ValidationError.
 */
export function deploymentConfigOf(input: {
  DeploymentConfig?: {Mode?: string; DisableRollback?: boolean}
  DisableRollback?: boolean
  OnFailure?: string
  OnStackFailure?: string
}): DeploymentConfig | undefined {
  const {DeploymentConfig: given} = input
  if (given === undefined) return undefined
  const {Mode: mode = 'STANDARD', DisableRollback: disableRollback} = given
  if (mode !== 'STANDARD' && mode !== 'EXPRESS') {
    throw validation(
      `1 validation error detected: Value '${mode}' at 'deploymentConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]`,
    )
  }
  const beside = (['DisableRollback', 'OnFailure', 'OnStackFailure'] as const).filter(
    name => input[name] !== undefined,
  )
  if (beside.length > 0) {
    throw validation(`${beside.join(' and ')} cannot be specified together with DeploymentConfig.`)
  }
  return {mode, disableRollback}
}

/** How the list of tags is echoed is ours; that of texts is AWS's. */
function checkLengths(given: Record<keyof typeof most, readonly string[]>): void {
  const problems = (['tags', 'notificationARNs'] as const)
    .filter(member => given[member].length > most[member])
    .map(
      member =>
        `Value '[${given[member].join(', ')}]' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most[member]}`,
    )
  if (problems.length === 0) return
  const errors = problems.length === 1 ? 'error' : 'errors'
  throw validation(`${problems.length} validation ${errors} detected: ${problems.join('; ')}`)
}

/** In our words: no answer of AWS's could be found. */
function checkParameterKeys(names: readonly string[]): void {
  const repeated = repeatedNames(names)
  if (repeated.length > 0) throw validation(`Parameters: [${repeated.join(', ')}] are given more than once`)
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
    return Object.values(value).some(isGiven)
  }
  return true
}
