/** What a handler gets to see of a request, and the shape of the things that handle calls. */
import type {ServiceName} from './services.js'

/** One decoded API call. */
export interface Call {
  readonly service: ServiceName
  readonly operation: string
  /** The SDK's input object. */
  readonly input: unknown
  /** From the credential scope; us-west-2 if the request has none. */
  readonly region: string
  readonly accessKeyId?: string
  readonly sessionToken?: string
  /** What goes back as the request id, in header and body. */
  readonly requestId: string
  readonly method: string
  /** Without port, in lower case. */
  readonly host: string
  /** As sent, percent-encoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case; of an aws-chunked body the trailers are among them. */
  readonly headers: Readonly<Record<string, string>>
  /** The whole body, chunks joined. */
  readonly rawBody: Uint8Array
}

/** An output of which the client gets half, as when a connection breaks while the answer is on its way. */
export class HalfAnswer {
  constructor(readonly output: unknown) {}
}

/** Answers every call, with the SDK's output or with half of it; `createDispatcher` makes one from tables of handlers. */
export type Handle = (call: Call) => Promise<unknown>

/** A request that is not an AWS API call: a web site behind a load balancer, a signed answer URL. */
export interface PlainRequest {
  readonly method: string
  /** Without port, in lower case. */
  readonly host: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface PlainResponse {
  readonly status: number
  /** Several values are several lines, as cookies need them. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: Uint8Array | string
}

/** Undefined means that nobody answers there: the client gets a plain 404. */
export type OnPlainRequest = (request: PlainRequest) => Promise<PlainResponse | undefined>
