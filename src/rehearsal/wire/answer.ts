/** From a complete HTTP request to its response: the path that every API call takes. */
import {type AuthenticationRules, authenticate} from './authenticate.js'
import {type Call, HalfAnswer, type Handle} from './call.js'
import {commonErrorOf} from './common-errors.js'
import {type AwsError, ConnectionDropped, NotImplementedByAccount} from './errors.js'
import {type Identity, identify} from './identify.js'
import {jsonProtocol} from './json.js'
import type {Protocol, WireRequest, WireResponse} from './message.js'
import {loadModel, loadServedModel, type OperationModel, type ServiceModel, usesEventStream} from './model.js'
import {ec2Protocol, queryProtocol} from './query.js'
import {resolveError} from './resolve-error.js'
import {restJsonProtocol} from './rest-json.js'
import {restXmlProtocol} from './rest-xml.js'
import {s3Protocol} from './s3.js'
import {isShape, type Shape} from './schema.js'
import type {ProtocolName, ServiceName} from './services.js'
import {likelyProtocol, unknownService} from './unknown-service.js'

/** Where an error came up that the client only sees as an internal failure. */
export interface ErrorContext {
  readonly service?: ServiceName
  readonly operation?: string
  /** Absent where a connection failed and not a call. */
  readonly requestId?: string
}

export interface AnswerOptions {
  readonly handle: Handle
  /** Without rules every caller is taken for who they say they are, also who says nothing. */
  readonly authentication?: AuthenticationRules
  /** Told of errors that no handler meant to throw. */
  readonly onError?: (error: unknown, context: ErrorContext) => void
  /** Told of operations that the account lacks. */
  readonly onUnimplemented?: (service: ServiceName, operation: string) => void
}

const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  query: queryProtocol,
  ec2: ec2Protocol,
  json: jsonProtocol,
  s3: s3Protocol,
  'rest-xml': restXmlProtocol,
  'rest-json': restJsonProtocol,
}

class Answering {
  #model: ServiceModel | undefined
  #operation: OperationModel | undefined

  constructor(
    private readonly options: AnswerOptions,
    private readonly request: WireRequest,
    private readonly requestId: string,
  ) {}

  async run(): Promise<WireResponse> {
    try {
      return await this.#succeed(identify(this.request))
    } catch (error) {
      if (error instanceof ConnectionDropped) throw error
      return this.#fail(error)
    }
  }

  /** Answers with an error before the body was understood, in the protocol of the service that the head names. */
  async refuse(error: (service: ServiceName | undefined) => AwsError): Promise<WireResponse> {
    let service: ServiceName | undefined
    try {
      service = identify(this.request).service
      if (service) this.#model = await loadServedModel(service)
    } catch (cause) {
      return this.#fail(cause)
    }
    return this.#fail(error(service))
  }

  get #protocolName(): ProtocolName {
    return this.#model?.protocol ?? likelyProtocol(this.request)
  }

  get #protocol(): Protocol {
    return PROTOCOLS[this.#protocolName]
  }

  async #succeed(identity: Identity): Promise<WireResponse> {
    const {authentication} = this.options
    if (identity.service) this.#model = await loadServedModel(identity.service)
    if (authentication) authenticate(this.request, identity, this.#protocolName, authentication)
    if (!identity.service) throw unknownService(this.request)
    const [model, operation] = await this.#route(identity.service)
    this.#operation = operation
    if (usesEventStream(operation)) throw new NotImplementedByAccount(model.name, operation.name)
    const input = this.#protocol.decode(model, operation, this.request)
    const output = await this.options.handle(this.#call(identity, model, operation, input))
    const isHalf = output instanceof HalfAnswer
    const shape = isHalf ? output.output : output
    const response = this.#protocol.encode(model, operation, isShape(shape) ? shape : {}, this.requestId)
    return isHalf ? {...response, cut: true} : response
  }

  /** The whole model is asked only about what the served part of it does not know. */
  async #route(service: ServiceName): Promise<[ServiceModel, OperationModel]> {
    const served = await loadServedModel(service)
    this.#model = served
    try {
      return [served, this.#protocol.route(served, this.request)]
    } catch (error) {
      const whole = await loadModel(service)
      if (whole === served) throw error
      this.#model = whole
      return [whole, this.#protocol.route(whole, this.request)]
    }
  }

  #call(identity: Identity, model: ServiceModel, operation: OperationModel, input: Shape): Call {
    const {method, host, path, query, headers, body} = this.request
    const {region, accessKeyId, sessionToken} = identity
    return {
      ...{service: model.name, operation: operation.name, input, region, accessKeyId, sessionToken},
      ...{requestId: this.requestId, method, host, path, query, headers, rawBody: body},
    }
  }

  #fail(error: unknown): WireResponse {
    const resolved = resolveError(this.#translate(error), this.#model) ?? this.#internal(error)
    try {
      return this.#protocol.encodeError(resolved, this.requestId, this.request, this.#model)
    } catch (encoding) {
      // The error's own members do not fit its schema.
      return this.#protocol.encodeError(this.#internal(encoding), this.requestId, this.request, this.#model)
    }
  }

  #translate(error: unknown): unknown {
    if (!(error instanceof NotImplementedByAccount) || !this.#model || !this.#operation) return error
    this.options.onUnimplemented?.(this.#model.name, this.#operation.name)
    return this.#protocol.unknown(this.#operation.name)
  }

  #internal(error: unknown) {
    this.options.onError?.(error, {
      service: this.#model?.name,
      operation: this.#operation?.name,
      requestId: this.requestId,
    })
    const failure = commonErrorOf(this.#protocolName, 'serverFault')
    const resolved = resolveError(failure, this.#model)
    if (!resolved) throw error
    return resolved
  }
}

/** Answers an API call. Rejects only with `ConnectionDropped`: every other failure is a response. */
export const answer = (
  options: AnswerOptions,
  request: WireRequest,
  requestId: string,
): Promise<WireResponse> => new Answering(options, request, requestId).run()

/** Refuses a request whose body could not be read; never rejects. */
export const refuse = (
  options: AnswerOptions,
  head: WireRequest,
  requestId: string,
  error: (service: ServiceName | undefined) => AwsError,
): Promise<WireResponse> => new Answering(options, head, requestId).refuse(error)
