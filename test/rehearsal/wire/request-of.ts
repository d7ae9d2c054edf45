import type {WireRequest} from '../../../src/rehearsal/wire/message.js'

/** A request that never was on a wire: `GET /path?query`. */
export function requestOf(line: string, headers: Record<string, string> = {}, body = ''): WireRequest {
  const [method = '', target = ''] = line.split(' ')
  const [path = '', search = ''] = target.split('?')
  const host = (headers.host ?? '127.0.0.1').replace(/:\d+$/, '')
  return {method, path, search, query: new URLSearchParams(search), host, headers, body: Buffer.from(body)}
}
