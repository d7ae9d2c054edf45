/** Requests and responses between the HTTP server and the protocols. */

import type {AwsError} from './errors.js'
import type {OperationModel, ServiceModel} from './model.js'
import type {ResolvedError} from './resolve-error.js'
import type {Shape} from './schema.js'

/** Header names in lower case. */
export type Headers = Record<string, string>

/** A piece of an aws-chunked body, with the signature that came with it. */
export interface Chunk {
  readonly data: Uint8Array
  readonly signature?: string
}

/** An HTTP request, read to its end; an aws-chunked body is already joined. */
export interface WireRequest {
  readonly method: string
  /** Host without port, in lower case. */
  readonly host: string
  /** As sent, still percent-encoded. */
  readonly path: string
  /** As sent, without the question mark. */
  readonly search: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: Uint8Array
  /** What an aws-chunked body was before it was joined: that is what was signed. The last chunk is empty. */
  readonly chunked?: {
    readonly headers: Headers
    readonly chunks: readonly Chunk[]
    readonly trailers: Headers
  }
}

export interface WireResponse {
  readonly status: number
  /** Several values are several lines. */
  readonly headers: Record<string, string | string[]>
  readonly body: Uint8Array | string
  /** The connection breaks when half of the body is sent. */
  readonly cut?: true
}

/** A request understood: which operation, with which SDK-shaped input. */
export interface Decoded {
  readonly operation: OperationModel
  readonly input: Shape
}

/** One wire protocol, seen from the server's side. */
export interface Protocol {
  /** The operation that a request names; throws the protocol's error for an unknown one. */
  route(model: ServiceModel, request: WireRequest): OperationModel
  /** The SDK-shaped input; throws the protocol's error for a malformed body. */
  decode(model: ServiceModel, operation: OperationModel, request: WireRequest): Shape
  /** The response for an SDK-shaped output; throws if the output does not fit its schema. */
  encode(model: ServiceModel, operation: OperationModel, output: Shape, requestId: string): WireResponse
  encodeError(
    error: ResolvedError,
    requestId: string,
    request: WireRequest,
    model?: ServiceModel,
  ): WireResponse
  /** What AWS says of an operation that it does not know. */
  unknown(operation: string): AwsError
}

const utf8 = new TextDecoder('utf-8')

/** The body as text; malformed UTF-8 becomes replacement characters. */
export const textOf = (body: Uint8Array): string => utf8.decode(body)
