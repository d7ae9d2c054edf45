import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import type {ProviderRequest} from '../../resources/resource-provider.js'
import {ResourceFailure} from '../../resources/resource-provider.js'
import {number, record, text} from '../../resources/values.js'
import {findFunction, unsupported} from '../lambda/functions.js'
import {invokeLater} from '../lambda/invocations.js'

/** What CloudFormation waits for, in `resource.data.pending`. */
export interface PendingAnswer {
  /** The secret part of the answer's address. */
  token: string
  requestId: string
  /** When CloudFormation stops waiting. */
  deadline: number
  answer?: CustomAnswer
}

/** What a provider answers. Source: CloudFormation user guide, "Custom resource response objects". */
export interface CustomAnswer {
  status: 'SUCCESS' | 'FAILED'
  reason?: string
  physicalResourceId?: string
  attributes: Record<string, unknown>
}

export type RequestType = 'Create' | 'Update' | 'Delete'

/** CloudFormation waits an hour unless the template says otherwise. */
const defaultTimeoutSeconds = 3600

/** An answer may be this long. */
const answerLimitBytes = 4096

/** Address of an answer below the account's own endpoint. */
export const answerPath = '/_mcpgw/answers/'

/** What the account signs an address with; it keeps no list of the addresses whose answers it has had. */
const tokenLength = 40
const isToken = new RegExp(`^[0-9a-f]{${tokenLength}}$`)

/** What is sent to the provider, beside the address of the answer. */
export interface CustomRequest {
  type: RequestType
  physicalId?: string
  oldProperties?: Record<string, unknown>
}

/**
 * Sends a request to the function that provides a custom resource, and returns what to wait for.
 * @throws ResourceFailure when the account cannot run the provider: rather than an hour of silence.
 */
export function sendRequest(
  request: ProviderRequest,
  resourceType: string,
  endpoint: string,
  {type, physicalId, oldProperties}: CustomRequest,
): PendingAnswer {
  const {world, region, properties} = request
  const token = text(properties.ServiceToken) ?? ''
  const lambda = findFunction(world, region, token)
  const refusal = lambda ? unsupported(lambda) : undefined
  if (refusal && type !== 'Delete') throw new ResourceFailure(refusal)
  if (!lambda && type !== 'Delete') throw new ResourceFailure(`Function not found: ${token}`)
  const pending: PendingAnswer = {
    token: world.newSecretHex(tokenLength),
    requestId: world.newUuid(),
    deadline: world.now + (number(properties.ServiceTimeout) ?? defaultTimeoutSeconds) * 1000,
  }
  const event = {
    RequestType: type,
    ServiceToken: token,
    ResponseURL: `${endpoint}${answerPath}${pending.token}`,
    StackId: request.stack.id,
    RequestId: pending.requestId,
    LogicalResourceId: request.logicalId,
    ...(physicalId === undefined ? {} : {PhysicalResourceId: physicalId}),
    ResourceType: resourceType,
    ResourceProperties: asText(properties),
    ...(oldProperties === undefined ? {} : {OldResourceProperties: asText(oldProperties)}),
  }
  // Of a function that is gone nobody will hear: the wait runs to its end, as in AWS.
  if (lambda) invokeLater(world, region, lambda.physicalId, event, 1)
  return pending
}

export function pendingOf(resource: Resource): PendingAnswer | undefined {
  return resource.data.pending as PendingAnswer | undefined
}

/**
 * Takes an answer that was put at an answer's address; returns the HTTP status that S3 would.
 * An answer nobody waits for is taken without effect, as S3 takes it.
 */
export function receiveAnswer(world: World, token: string, body: string): number {
  const pending = findPending(world, token)
  if (!pending) return isToken.test(token) ? 200 : 403
  if (Buffer.byteLength(body) > answerLimitBytes) {
    pending.answer = {status: 'FAILED', reason: 'Response object is too long.', attributes: {}}
    return 200
  }
  pending.answer ??= parseAnswer(body, pending)
  return 200
}

function findPending(world: World, token: string): PendingAnswer | undefined {
  for (const region of Object.values(world.account.regions)) {
    for (const resource of Object.values(region.resources)) {
      const pending = pendingOf(resource)
      if (pending?.token === token) return pending
    }
  }
  return undefined
}

function parseAnswer(body: string, pending: PendingAnswer): CustomAnswer {
  let answer: Record<string, unknown>
  try {
    answer = record(JSON.parse(body))
  } catch {
    return {status: 'FAILED', reason: 'Invalid Response object: Value of type JSON expected', attributes: {}}
  }
  if (answer.RequestId !== pending.requestId) {
    return {status: 'FAILED', reason: 'Invalid Response object: RequestId does not match', attributes: {}}
  }
  const status = answer.Status
  if (status !== 'SUCCESS' && status !== 'FAILED') {
    const reason = `Invalid Response object: Value of property Status must be one of [SUCCESS, FAILED]`
    return {status: 'FAILED', reason, attributes: {}}
  }
  return {
    status,
    reason: text(answer.Reason),
    physicalResourceId: text(answer.PhysicalResourceId) || undefined,
    attributes: record(answer.Data),
  }
}

/** Every leaf as text, as CloudFormation sends properties. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asText(member)]))
  }
  return value === null || value === undefined ? value : String(value)
}

/** Where the account's own API answers, as the process that carries it has last told. */
export function endpointOf(world: World): string {
  return endpoints.get(world)?.() ?? 'http://127.0.0.1:4566'
}

/** Tells where the account's API answers in this process. */
export function useEndpoint(world: World, endpoint: () => string): void {
  endpoints.set(world, endpoint)
}

/** Not part of the account: another process that takes it over answers elsewhere. */
const endpoints = new WeakMap<World, () => string>()
