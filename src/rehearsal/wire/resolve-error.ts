/** From whatever a handler threw to what goes over the wire. */
import {AwsError, type Fault, ModelledError} from './errors.js'
import type {ServiceModel} from './model.js'
import {membersOf, type Schema, type SchemaRef, STRING} from './schema.js'

/** An error ready to be encoded. `members` and `values` describe what it has besides code and message. */
export interface ResolvedError {
  readonly code: string
  readonly message: string
  readonly status: number
  readonly fault: Fault
  readonly members: readonly (readonly [string, SchemaRef])[]
  readonly values: Record<string, unknown>
  /** The model's name for the message: `message` or `Message`. */
  readonly messageMember: string
  readonly headers: Record<string, string>
}

interface SdkException extends Error {
  $fault: 'client' | 'server'
}

const isSdkException = (error: unknown): error is SdkException => error instanceof Error && '$fault' in error

const isMessage = (name: string): boolean => name.toLowerCase() === 'message'

function unmodelled(error: AwsError): ResolvedError {
  const present = Object.entries(error.extra).filter(([, value]) => value !== undefined && value !== null)
  return {
    code: error.code,
    message: error.message,
    status: error.status,
    fault: error.fault,
    members: present.map(([name]) => [name, STRING] as const),
    values: Object.fromEntries(present.map(([name, value]) => [name, String(value)])),
    messageMember: 'message',
    headers: error.headers,
  }
}

function fromSchema(
  schema: Schema,
  {protocol}: ServiceModel,
  name: string,
  message: string,
  values: Record<string, unknown>,
): ResolvedError {
  const traits = schema.getMergedTraits() as {
    awsQueryError?: readonly [string, number]
    httpError?: number
    error?: 'client' | 'server'
  }
  const members = membersOf(schema)
  // S3's NotFound is the one exception without a status of its own that is not a 400.
  const fallback = traits.error === 'server' ? 500 : name === 'NotFound' ? 404 : 400
  return {
    // Only Query has wire codes of its own: a JSON service may carry the trait and still sends the shape's name.
    code: (protocol === 'query' && traits.awsQueryError?.[0]) || name,
    message,
    // JSON services answer with 400 or 500, whatever status their model names. Source: the errors in their API
    // references, such as KMS NotFoundException and Systems Manager ParameterNotFound, "HTTP Status Code: 400".
    status: protocol === 'json' ? fallback : (traits.awsQueryError?.[1] ?? traits.httpError ?? fallback),
    fault: traits.error === 'server' ? 'Receiver' : 'Sender',
    members: members.filter(([member]) => !isMessage(member)),
    values,
    messageMember: members.find(([member]) => isMessage(member))?.[0] ?? 'message',
    headers: {},
  }
}

/**
 * Resolves an `AwsError`, a `modelled` one or an exception class of the SDK against the service's model.
 * Anything else, and a modelled name that the model lacks, is undefined: a mistake in the handler.
 */
export function resolveError(error: unknown, model: ServiceModel | undefined): ResolvedError | undefined {
  if (error instanceof ModelledError) {
    const schema = model?.errors.get(error.shape)
    return schema && model && fromSchema(schema, model, error.shape, error.message, error.extra)
  }
  if (error instanceof AwsError) return unmodelled(error)
  if (isSdkException(error)) {
    const schema = model?.errors.get(error.name)
    return schema && model && fromSchema(schema, model, error.name, error.message, {...error})
  }
  return undefined
}
