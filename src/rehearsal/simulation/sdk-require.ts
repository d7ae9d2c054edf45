/** What an SDK client inside a function gets, where the function's code does not say otherwise. */
export interface ClientDefaults {
  region: string
  endpoint: string
  credentials: {accessKeyId: string; secretAccessKey: string}
}

interface Client {
  destroy(): void
}

type ClientClass = new (configuration?: Record<string, unknown>) => Client

/**
 * A `require` whose AWS SDK clients speak to the embedded account: the SDK reads the environment of this
 * process, which is not the function's. `close` ends the connections that a run has opened.
 */
export function sdkRequire(
  require: (name: string) => unknown,
  defaults: ClientDefaults,
): {require: (name: string) => unknown; close: () => void} {
  const opened: Client[] = []
  return {
    require(name) {
      const loaded = require(name)
      return name.startsWith('@aws-sdk/client-') ? withDefaults(loaded as object, defaults, opened) : loaded
    },
    close() {
      for (const client of opened) client.destroy()
    },
  }
}

/** The module with every client class replaced by one that has the defaults. */
function withDefaults(loaded: object, defaults: ClientDefaults, opened: Client[]): object {
  return new Proxy(loaded, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof name !== 'string' || typeof member !== 'function' || !isClient(name, member)) return member
      const Base = member as ClientClass
      return class extends Base {
        constructor(configuration: Record<string, unknown> = {}) {
          super({...defaults, ...configuration})
          opened.push(this)
        }
      }
    },
  })
}

function isClient(name: string, member: {prototype?: object}): boolean {
  return member.prototype !== undefined && 'send' in member.prototype && !name.startsWith('__')
}
