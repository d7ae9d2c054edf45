import {stackSeconds} from '../../durations.js'
import {type Template, TemplateError} from '../../template/index.js'
import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {kindOf} from '../kinds/index.js'
import {ResourceFailure} from '../kinds/kind.js'
import {AwsError, modelled} from '../wire/index.js'
import {requiredCapabilities} from './capabilities.js'
import {changesAnything} from './changes.js'
import {beginDeletion} from './deleting.js'
import {tellStack} from './events.js'
import {stackArn} from './nested.js'
import {beginOperation, snapshotOf} from './operation.js'
import {checkedParameters} from './parameters.js'
import {sharedText, templateOf} from './parsed-template.js'
import {nestedStackType, nudge, type Scene} from './scene.js'
import type {Stack, StackChange} from './stack.js'
import {StackIndex} from './stack-index.js'
import {templateAt} from './template-url.js'

/** What CreateStack and UpdateStack have in common, with the wire's names taken off. */
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
}

/** What only CreateStack knows. */
export interface CreateRequest extends StackRequest {
  disableRollback: boolean
  onFailure: Stack['onFailure']
  terminationProtection: boolean
}

/**
 * Creates a stack.
 * Source: CloudFormation API reference, CreateStack, and its error texts.
 * @throws AwsError ValidationError, AlreadyExistsException, InsufficientCapabilitiesException.
 */
export function createStack(world: World, region: Region, request: CreateRequest): Stack {
  const existing = liveStack(region, request.name)
  if (
    existing &&
    existing.clientRequestToken !== undefined &&
    existing.clientRequestToken === request.clientRequestToken
  ) {
    return existing
  }
  if (existing) throw modelled('AlreadyExistsException', `Stack [${request.name}] already exists`)
  const {text, template} = requestedTemplate(world, request)
  checkTypes(template)
  checkCapabilities(template, request.capabilities)
  const stack: Stack = {
    id: stackArn({world, region}, request.name),
    name: request.name,
    status: '',
    createdAt: world.now,
    description: template.description,
    template: text,
    parameters: asValidation(() => checkedParameters(template, givenValues(request, {}))),
    tags: request.tags ?? {},
    capabilities: [...request.capabilities],
    disableRollback: request.disableRollback,
    onFailure: request.onFailure,
    terminationProtection: request.terminationProtection,
    roleArn: request.roleArn,
    notificationArns: [...(request.notificationArns ?? [])],
    rows: {},
    outputs: [],
    imports: [],
    events: [],
    lastOperations: [],
    clientRequestToken: request.clientRequestToken,
  }
  region.stacks[stack.id] = stack
  const scene: Scene = {world, region, stack}
  beginOperation(scene, 'CREATE_STACK', 'making')
  tellStack(scene, 'CREATE_IN_PROGRESS', 'User Initiated')
  nudge(scene, stackSeconds.firstRow)
  return stack
}

/** States from which a stack can be updated. Source: CloudFormation user guide, stack status codes. */
const updatable = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE)$/

/** States that a failed operation left because rollback was disabled; an update without rollback goes on from them. */
const retriable = /^(CREATE_FAILED|UPDATE_FAILED)$/

/**
 * Updates a stack.
 * Source: CloudFormation API reference, UpdateStack, and its error texts.
 * @throws AwsError ValidationError (also "No updates are to be performed."), InsufficientCapabilitiesException.
 */
export function updateStack(world: World, region: Region, request: StackRequest): Stack {
  const stack = findStack(region, request.name)
  if (!stack || stack.status === 'DELETE_COMPLETE') throw validation(`Stack [${request.name}] does not exist`)
  const isRetry = request.disableRollback === true && retriable.test(stack.status)
  if (!updatable.test(stack.status) && !isRetry) {
    throw validation(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
  }
  const {text, template} = requestedTemplate(world, request, stack)
  checkTypes(template)
  checkCapabilities(template, request.capabilities)
  const change: StackChange = {
    template: text,
    parameters: asValidation(() => checkedParameters(template, givenValues(request, stack.parameters))),
    tags: request.tags ?? stack.tags,
  }
  const scene: Scene = {world, region, stack}
  if (!asValidation(() => changesAnything(scene, change))) {
    throw validation('No updates are to be performed.')
  }
  const before = snapshotOf(stack)
  Object.assign(stack, change, {
    capabilities: [...request.capabilities],
    clientRequestToken: request.clientRequestToken,
    description: template.description,
    updatedAt: world.now,
  })
  beginOperation(scene, 'UPDATE_STACK', 'making', before).disableRollback = request.disableRollback
  tellStack(scene, 'UPDATE_IN_PROGRESS', 'User Initiated')
  nudge(scene, stackSeconds.firstRow)
  return stack
}

/**
 * Deletes a stack; a name that does not exist is no error.
 * Source: CloudFormation API reference, DeleteStack.
 * @throws AwsError ValidationError: termination protection, an update under way.
 */
export function deleteStack(
  world: World,
  region: Region,
  request: {name: string; clientRequestToken?: string},
): void {
  const stack = findStack(region, request.name)
  if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return
  if (stack.terminationProtection) {
    throw validation(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`)
  }
  if (stack.operation && stack.status !== 'CREATE_IN_PROGRESS') {
    throw validation(`Stack [${request.name}] cannot be deleted while in status ${stack.status}`)
  }
  stack.clientRequestToken = request.clientRequestToken
  beginDeletion({world, region, stack})
}

/** By name among the living, or by id, deleted ones included. */
export function findStack(region: Region, nameOrId: string): Stack | undefined {
  return nameOrId.startsWith('arn:') ? region.stacks[nameOrId] : liveStack(region, nameOrId)
}

/** CloudFormation's one code for nearly everything. */
export function validation(message: string): AwsError {
  return new AwsError('ValidationError', message)
}

/** The template of a request, checked. @throws AwsError ValidationError. */
export function requestedTemplate(
  world: World,
  request: Pick<StackRequest, 'templateBody' | 'templateUrl' | 'usePreviousTemplate'>,
  previous?: Stack,
): {text: string; template: Template} {
  return asValidation(() => {
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

const liveStacks = new StackIndex((stack, name) => stack.name === name && stack.status !== 'DELETE_COMPLETE')

function liveStack(region: Region, name: string): Stack | undefined {
  return liveStacks.find(region, name)
}

function givenValues(request: StackRequest, previous: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    request.parameters.flatMap(({name, value, usePrevious}) => {
      const given = usePrevious ? previous[name] : value
      return given === undefined ? [] : [[name, given]]
    }),
  )
}

function checkTypes(template: Template): void {
  const unknown = Object.values(template.resources)
    .map(({type}) => type)
    .filter(type => type !== nestedStackType && !kindOf(type))
  if (unknown.length > 0) {
    throw validation(
      `Template format error: Unrecognized resource types: [${[...new Set(unknown)].join(', ')}]`,
    )
  }
}

function checkCapabilities(template: Template, given: readonly string[]): void {
  const missing = requiredCapabilities(template).filter(
    name => !given.includes(name) && !given.includes('CAPABILITY_NAMED_IAM'),
  )
  if (missing.length > 0) {
    throw modelled('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`)
  }
}

function asValidation<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError || error instanceof ResourceFailure) {
      throw new AwsError('ValidationError', error.message, {cause: error})
    }
    throw error
  }
}
