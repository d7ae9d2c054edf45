/** What a service can do, read from its client package's exported schemas on first use. */
import {type ErrorSchema, type OperationSchema, type Schema, schemaOf, type Traits} from './schema.js'
import {type ProtocolName, SERVICES, type ServiceEntry, type ServiceName} from './services.js'

/** An HTTP binding: method, path template with static query, success status. */
export type HttpBinding = readonly [method: string, template: string, status: number]

/** One operation of a service. */
export interface OperationModel {
  readonly name: string
  readonly input: Schema
  readonly output: Schema
  readonly http?: HttpBinding
  /** Only operations whose request goes to a host of its own have one (S3 WriteGetObjectResponse). */
  readonly hostPrefix: boolean
}

/** A loaded service. */
export interface ServiceModel {
  readonly name: ServiceName
  readonly protocol: ProtocolName
  readonly version: string
  readonly xmlns?: string
  readonly target?: string
  readonly operations: ReadonlyMap<string, OperationModel>
  /** Modelled exceptions by shape name. */
  readonly errors: ReadonlyMap<string, Schema>
}

const isOperation = (value: unknown): value is OperationSchema => Array.isArray(value) && value[0] === 9
const isError = (value: unknown): value is ErrorSchema => Array.isArray(value) && value[0] === -3

class LazyOperation implements OperationModel {
  readonly name: string
  readonly #schema: OperationSchema
  readonly #traits: Exclude<Traits, number>

  constructor(schema: OperationSchema) {
    this.name = schema[2]
    this.#schema = schema
    this.#traits = typeof schema[3] === 'object' ? schema[3] : {}
  }

  get input(): Schema {
    return schemaOf(this.#schema[4])
  }

  get output(): Schema {
    return schemaOf(this.#schema[5])
  }

  get http(): HttpBinding | undefined {
    return this.#traits.http
  }

  get hostPrefix(): boolean {
    return this.#traits.endpoint !== undefined
  }
}

/** Whether an operation sends or receives an event stream, which this server does not speak. */
export const usesEventStream = (operation: OperationModel): boolean =>
  operation.input.getEventStreamMember() !== '' || operation.output.getEventStreamMember() !== ''

/** Builds the tables of a service from the exports of its client package. */
export function buildModel(name: ServiceName, exports: object): ServiceModel {
  const {protocol, version, xmlns, target} = SERVICES[name]
  const operations = new Map<string, OperationModel>()
  const errors = new Map<string, Schema>()
  const values: unknown[] = Object.values(exports)
  for (const value of values) {
    if (isOperation(value)) operations.set(value[2], new LazyOperation(value))
    if (isError(value)) errors.set(value[2], schemaOf(value))
  }
  return {name, protocol, version, xmlns, target, operations, errors}
}

const loaded = new Map<ServiceEntry['load'], Promise<ServiceModel>>()

/** Loads a service's client package once and for the whole process; a failed import is tried again next time. */
export const loadModel = (name: ServiceName): Promise<ServiceModel> => loadOnce(name, SERVICES[name].load)

/** Loads what the account has of a service: all of it, or the part that is worth being loaded alone. */
export const loadServedModel = (name: ServiceName): Promise<ServiceModel> =>
  loadOnce(name, SERVICES[name].loadServed ?? SERVICES[name].load)

function loadOnce(name: ServiceName, load: ServiceEntry['load']): Promise<ServiceModel> {
  let model = loaded.get(load)
  if (!model) {
    model = load().then(exports => buildModel(name, exports))
    model.catch(() => loaded.delete(load))
    loaded.set(load, model)
  }
  return model
}
