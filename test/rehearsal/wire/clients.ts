/** SDK clients for any service, pointed at a test server. */
import type {ServiceName} from '../../../src/rehearsal/wire/index.js'
import {SERVICES} from '../../../src/rehearsal/wire/services.js'

export const CREDENTIALS = {accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'session'}

export const config = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: CREDENTIALS,
  maxAttempts: 1,
})

/** A client whose commands are named at run time. */
export interface AnyClient {
  send(operation: string, input: object): Promise<unknown>
  destroy(): void
}

interface SdkClient {
  send(command: object): Promise<unknown>
  destroy(): void
}

type Constructor = new (argument: object) => object

/** Loads the client package of a service. */
export async function clientOf(
  service: ServiceName,
  endpoint: string,
  settings: object = {},
): Promise<AnyClient> {
  const exports = (await SERVICES[service].load()) as Record<string, Constructor>
  const name = Object.keys(exports).find(key => /^[A-Za-z0-9]+Client$/.test(key))
  const Client = exports[name ?? ''] as Constructor
  const client = new Client({...config(endpoint), ...settings}) as SdkClient
  return {
    send: (operation, input) => {
      const Command = exports[`${operation}Command`] as Constructor
      return client.send(new Command(input))
    },
    destroy: () => client.destroy(),
  }
}
