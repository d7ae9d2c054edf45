/** The AWS wire: an HTTP server that decodes API calls, hands them to handlers and encodes what they return. */
export type {ErrorContext} from './answer.js'
export type {AuthenticationRules, KnownKey} from './authenticate.js'
export {
  type Call,
  HalfAnswer,
  type Handle,
  type OnPlainRequest,
  type PlainRequest,
  type PlainResponse,
} from './call.js'
export {type CommonError, commonError, commonErrorOf} from './common-errors.js'
export {createDispatcher, type HandlerTables} from './dispatcher.js'
export {
  AwsError,
  type AwsErrorOptions,
  ConnectionDropped,
  type Fault,
  ModelledError,
  modelled,
  NotImplementedByAccount,
} from './errors.js'
export {DEFAULT_REGION} from './identify.js'
export type {Handler, Input, Operations, Output} from './operations.js'
export {isSignedWith} from './own-signature.js'
export {OWN_PATH} from './plain.js'
export {createWireServer, type WireServer, type WireServerOptions} from './server.js'
export type {ProtocolName, ServiceName} from './services.js'
export type {AccessKey} from './sigv4.js'
