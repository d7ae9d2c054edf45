/** Types for tables of handlers: every operation of a service, with the SDK's own input and output types. */
import type {Call} from './call.js'
import type {ServiceModules, ServiceName} from './services.js'

type Awaitable<T> = T | Promise<T>

/** Streams arrive and leave as whole bodies: `Body` is bytes here, whatever stream the SDK's type names. */
type Bytes<T> = Omit<T, 'Body' | '$metadata'> &
  ('Body' extends keyof T
    ? Uint8Array extends T['Body']
      ? {Body?: Uint8Array}
      : Pick<T, 'Body' & keyof T>
    : unknown)

type OutBytes<T> = Omit<T, 'Body' | '$metadata'> &
  ('Body' extends keyof T ? {Body?: Uint8Array | string} : unknown)

/** What a handler returns: the SDK's output without metadata, or nothing where all of it is optional. */
export type OutputOf<T> = Record<never, never> extends OutBytes<T> ? OutBytes<T> | undefined : OutBytes<T>

/** A handler gets the decoded input and the call around it; it throws `AwsError` or `modelled(…)`. */
export type Handler<Input, Output> = (input: Bytes<Input>, call: Call) => Awaitable<OutputOf<Output>>

interface CommandOf<Input, Output> {
  readonly input: Input
  resolveMiddleware(...args: never[]): (args: never) => Promise<{output: Output}>
}

type HandlerOf<Command> = Command extends abstract new (
  ...args: never[]
) => CommandOf<infer Input, infer Output>
  ? Handler<Input, Output>
  : never

type OperationsIn<Module> = {
  [Name in keyof Module as Name extends `${infer Operation}Command` ? Operation : never]?: HandlerOf<
    Module[Name]
  >
}

/**
 * The handlers of one service, all optional: `const ecs: Operations<'ecs'> = {DescribeServices(input, call) {…}}`
 * checks names, inputs and outputs against the SDK.
 */
export type Operations<Service extends ServiceName> = OperationsIn<ServiceModules[Service]>

/** The input that a handler of this operation receives: `Input<'ecs', 'DescribeServices'>`. */
export type Input<Service extends ServiceName, Operation extends keyof Operations<Service>> = Parameters<
  Extract<Operations<Service>[Operation], (...args: never[]) => unknown>
>[0]

/** What a handler of this operation returns: `Output<'ecs', 'DescribeServices'>`. */
export type Output<Service extends ServiceName, Operation extends keyof Operations<Service>> = Exclude<
  Awaited<ReturnType<Extract<Operations<Service>[Operation], (...args: never[]) => unknown>>>,
  undefined
>
