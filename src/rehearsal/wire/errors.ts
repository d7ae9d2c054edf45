/** Errors that handlers throw; each protocol encodes them its own way. */

/** Who is at fault, in the words of the Query protocol. */
export type Fault = 'Sender' | 'Receiver'

export interface AwsErrorOptions extends ErrorOptions {
  /** HTTP status; 400 if not given. */
  status?: number
  /** Receiver from status 500 on, if not given. */
  fault?: Fault
  /** Further members of the error as the client sees them, such as `BucketName` in S3. */
  extra?: Record<string, unknown>
  /** Further response headers, such as `x-amz-bucket-region` of an S3 redirect. */
  headers?: Record<string, string>
}

/** An error with the code that goes over the wire, whether or not a model knows it. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  readonly fault: Fault
  readonly extra: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message, options)
    this.name = 'AwsError'
    this.code = code
    this.status = options.status ?? 400
    this.fault = options.fault ?? (this.status >= 500 ? 'Receiver' : 'Sender')
    this.extra = options.extra ?? {}
    this.headers = options.headers ?? {}
  }
}

/** An exception of a service's model, named by its shape; code and status are looked up when it is encoded. */
export class ModelledError extends AwsError {
  readonly shape: string

  constructor(shape: string, message: string, extra?: Record<string, unknown>) {
    super(shape, message, {extra})
    this.name = 'ModelledError'
    this.shape = shape
  }
}

/**
 * An exception by the name of its shape, which is the class name in the SDK: ELBv2's
 * `TargetGroupNotFoundException` goes over the wire as `TargetGroupNotFound`, with the model's status.
 */
export const modelled = (shape: string, message: string, extra?: Record<string, unknown>): ModelledError =>
  new ModelledError(shape, message, extra)

/** Thrown by `handle` for an operation that it lacks: the client sees what AWS says of an unknown one. */
export class NotImplementedByAccount extends Error {
  constructor(service: string, operation: string) {
    super(`The embedded account does not implement ${service}:${operation}.`)
    this.name = 'NotImplementedByAccount'
  }
}

/** Thrown by `handle` to break the connection without an answer, as a failing network would. */
export class ConnectionDropped extends Error {
  constructor() {
    super('The connection is dropped on purpose.')
    this.name = 'ConnectionDropped'
  }
}
