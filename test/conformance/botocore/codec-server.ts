/** A server that has codecs and no account: it answers every call with what it was told to, and tells what it decoded. */
import {createWireServer, OWN_PATH, type WireServer} from '../../../src/rehearsal/wire/index.js'

/** JSON has neither bytes nor dates. */
function tagged(value: unknown): unknown {
  if (value instanceof Uint8Array) return {$bytes: Buffer.from(value).toString('base64')}
  if (value instanceof Date) return {$date: value.toISOString()}
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(tagged)
  // Numbers with an exact text of their own are objects too.
  if (typeof value !== 'object' || value === null || value instanceof String) return value?.valueOf()
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, tagged(item)]))
}

const untagged = (_name: string, value: any): unknown => {
  if (typeof value?.$bytes === 'string') return new Uint8Array(Buffer.from(value.$bytes, 'base64'))
  if (typeof value?.$date === 'string') return new Date(value.$date)
  return value
}

/**
 * Serves the wire on a free port. `POST /_mcpgw/exchange` takes `{"next": …}`, what the next call is answered with,
 * and answers `{"seen": …}`, the input of the last one.
 */
export function serveCodecs(onError: (error: unknown) => void): Promise<WireServer> {
  let seen: unknown
  let next: object = {}
  return createWireServer({
    handle: async ({input}) => {
      seen = input
      return next
    },
    onPlainRequest: async ({path, body}) => {
      if (path !== `${OWN_PATH}exchange`) return undefined
      const answer = JSON.stringify({seen: tagged(seen) ?? null})
      next = JSON.parse(Buffer.from(body).toString('utf8'), untagged).next
      seen = undefined
      return {status: 200, headers: {'content-type': 'application/json'}, body: answer}
    },
    onError,
  })
}
