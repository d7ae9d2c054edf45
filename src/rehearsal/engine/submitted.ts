import {checkExportNames, type Template, TemplateError} from '../../template/index.js'
import type {Region} from '../account/account.js'
import type {StackChange} from '../account/change-set.js'
import type {DeploymentConfig} from '../account/deployment-config.js'
import type {Stack} from '../account/stack.js'
import type {World} from '../account/world.js'
import {globalResource} from '../resources/names.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {AwsError, modelled} from '../wire/index.js'
import {unsupportedAttribute, unsupportedInOutputs} from './attribute-names.js'
import {missingCapabilities} from './capabilities.js'
import {isLive, validation} from './lookup.js'
import {checkedParameters} from './parameters.js'
import {sharedText, templateOf} from './parsed-template.js'
import {providerOf} from './providers.js'
import {earlyResolver} from './resolver.js'
import {checkSsmParameters} from './ssm-parameters.js'
import {nestedStackType} from './stack-context.js'
import {templateAt} from './template-url.js'

/** What CreateStack, UpdateStack and CreateChangeSet have in common, with the wire's names taken off. */
export interface StackRequest {
  name: string
  templateBody?: string
  templateUrl?: string
  usePreviousTemplate?: boolean
  parameters: readonly {name: string; value?: string; usePrevious?: boolean}[]
  tags?: Record<string, string>
  capabilities: readonly string[]
  clientRequestToken?: string
  notificationArns?: readonly string[]
  roleArn?: string
  disableRollback?: boolean
  deploymentConfig?: DeploymentConfig
  retainExceptOnCreate?: boolean
  /** Skips what CloudFormation looks at before it touches a resource. */
  disableValidation?: boolean
}

/** Stacks of a region, nested ones and those in review included. Source: CloudFormation quotas. */
const maxStacks = 2_000

/**
 * What a request asks for, checked as CloudFormation checks it before it answers.
 * @throws AwsError ValidationError, InsufficientCapabilitiesException.
 */
export function submitted(
  world: World,
  region: Region,
  request: StackRequest,
  previous?: Stack,
): {template: Template; change: StackChange} {
  const {text, template} = requestedTemplate(world, request, previous)
  checkTypes(world, template, previous !== undefined)
  const missing = missingCapabilities(template, request.capabilities)
  if (missing.length > 0) {
    throw modelled('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`)
  }
  checkRole(world, request.roleArn)
  const parameters = asValidation(() =>
    checkedParameters(template, givenValues(request, previous?.parameters ?? {})),
  )
  const {name, notificationArns} = request
  // The id of a stack to come is not known; what is looked at differs by it in no way.
  const stack = previous ?? {id: name, name, notificationArns: [...(notificationArns ?? [])]}
  asValidation(() => {
    checkSsmParameters(world, region, template, parameters)
    checkExportNames(template, earlyResolver({world, region, stack, template, parameters}))
  })
  return {
    template,
    change: {
      template: text,
      parameters,
      tags: request.tags ?? previous?.tags ?? {},
    },
  }
}

/** The template of a request, checked. @throws AwsError ValidationError. */
export function requestedTemplate(
  world: World,
  request: Pick<StackRequest, 'templateBody' | 'templateUrl' | 'usePreviousTemplate'>,
  previous?: Stack,
): {text: string; template: Template} {
  return asValidation(() => {
    if (request.templateBody !== undefined && request.templateUrl !== undefined) {
      throw validation('You cannot specify both Template URL and Template Body.')
    }
    const text =
      request.usePreviousTemplate && previous
        ? previous.template
        : (request.templateBody ??
          (request.templateUrl === undefined ? undefined : templateAt(world, request.templateUrl)))
    if (text === undefined) {
      throw validation('Either Template URL or Template Body must be specified.')
    }
    return {text: sharedText(text), template: templateOf(text)}
  })
}

/** @throws AwsError LimitExceededException when the region has no room for another stack. */
export function checkRoom(region: Region): void {
  const live = Object.values(region.stacks).filter(isLive).length
  if (live >= maxStacks) throw modelled('LimitExceededException', 'Limit for stack has been exceeded')
}

/**
 * The role that CloudFormation is to act as: one of the account that trusts it.
 * @throws AwsError ValidationError.
 */
export function checkRole(world: World, roleArn: string | undefined): void {
  if (roleArn === undefined) return
  const [, accountId, path = ''] = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? []
  const role =
    accountId === world.account.id
      ? globalResource(world, 'AWS::IAM::Role', path.split('/').at(-1) ?? '')
      : undefined
  const trust = JSON.stringify(role?.properties.AssumeRolePolicyDocument ?? '')
  if (!trust.includes('cloudformation.amazonaws.com')) {
    throw validation(`Role ${roleArn} is invalid or cannot be assumed`)
  }
}

/** Turns what is wrong with a template or its parameters into CloudFormation's answer. */
export function asValidation<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError || error instanceof ResourceFailure) {
      throw new AwsError('ValidationError', error.message, {cause: error})
    }
    throw error
  }
}

function givenValues(request: StackRequest, previous: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    request.parameters.flatMap(({name, value, usePrevious}) => {
      if (usePrevious) checkPrevious(name, value, previous)
      const given = usePrevious ? previous[name] : value
      return given === undefined ? [] : [[name, given]]
    }),
  )
}

/** Source: messages of UpdateStack in public reports. @throws AwsError ValidationError. */
function checkPrevious(
  name: string,
  value: string | undefined,
  previous: Readonly<Record<string, string>>,
): void {
  const wrong = value
    ? ' and non empty value for a parameter'
    : Object.hasOwn(previous, name)
      ? undefined
      : ' for a parameter key not in the previous template'
  if (wrong === undefined) return
  throw validation(`Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true${wrong}`)
}

function checkTypes(world: World, template: Template, isUpdate: boolean): void {
  const unknown = Object.values(template.resources)
    .map(({type}) => type)
    .filter(type => type !== nestedStackType && !providerOf(world, type))
  if (unknown.length > 0) {
    throw validation(
      `Template format error: Unrecognized resource types: [${[...new Set(unknown)].join(', ')}]`,
    )
  }
  const attribute = unsupportedAttribute(template) ?? (isUpdate ? unsupportedInOutputs(template) : undefined)
  if (attribute !== undefined) throw validation(attribute)
}
