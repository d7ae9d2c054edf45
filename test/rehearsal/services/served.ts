import {createDispatcher, createWireServer, type HandlerTables} from '../../../src/rehearsal/wire/index.js'

export interface Served {
  /** What an SDK client needs to speak to the handlers. */
  client: {
    region: string
    endpoint: string
    credentials: {accessKeyId: string; secretAccessKey: string}
    maxAttempts: number
  }
  close(): Promise<void>
}

/** Serves handlers over the real wire, so that names, types and encodings are checked by the SDK's own client. */
export async function served(tables: HandlerTables): Promise<Served> {
  const errors: unknown[] = []
  const server = await createWireServer({
    handle: createDispatcher(tables),
    onPlainRequest: async () => undefined,
    onError: error => errors.push(error),
  })
  return {
    client: {
      region: 'us-west-2',
      endpoint: server.url,
      credentials: {accessKeyId: 'TEST', secretAccessKey: 'test'},
      maxAttempts: 1,
    },
    async close() {
      await server.close()
      if (errors.length > 0) throw new AggregateError(errors, 'Handlers had defects')
    },
  }
}
