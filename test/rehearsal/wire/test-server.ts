/** A server whose handlers a test can replace, with the errors that nobody meant. */
import {
  type Call,
  createDispatcher,
  createWireServer,
  type HandlerTables,
  type WireServer,
  type WireServerOptions,
} from '../../../src/rehearsal/wire/index.js'

export interface TestServer extends WireServer {
  readonly calls: Call[]
  readonly errors: unknown[]
  readonly unimplemented: string[]
}

/** Starts a server with deterministic request ids: id-1, id-2, … */
export async function startServer(
  tables: HandlerTables,
  options: Partial<WireServerOptions> = {},
): Promise<TestServer> {
  const calls: Call[] = []
  const errors: unknown[] = []
  const unimplemented: string[] = []
  const dispatch = createDispatcher(tables)
  let ids = 0
  const server = await createWireServer({
    handle: call => {
      calls.push(call)
      return dispatch(call)
    },
    onError: error => errors.push(error),
    onUnimplemented: (service, operation) => unimplemented.push(`${service}:${operation}`),
    requestId: () => `id-${++ids}`,
    ...options,
  })
  return {...server, calls, errors, unimplemented}
}
