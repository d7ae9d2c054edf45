/** From tables of handlers to the one function that the server calls. */
import type {Call, Handle} from './call.js'
import {NotImplementedByAccount} from './errors.js'
import type {Operations} from './operations.js'
import type {ServiceName} from './services.js'

/** The handlers of every service that the account has. */
export type HandlerTables = {readonly [Service in ServiceName]?: Operations<Service>}

type AnyHandler = (input: unknown, call: Call) => unknown

/** Calls the handler of each operation; throws `NotImplementedByAccount` where there is none. */
export function createDispatcher(tables: HandlerTables): Handle {
  return async call => {
    const table: object | undefined = tables[call.service]
    const handler =
      table && Object.hasOwn(table, call.operation)
        ? (table as Record<string, AnyHandler | undefined>)[call.operation]
        : undefined
    if (!handler) throw new NotImplementedByAccount(call.service, call.operation)
    return handler.call(table, call.input, call)
  }
}
