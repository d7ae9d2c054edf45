/** From Node's request to one that is read to its end. */
import type {IncomingMessage} from 'node:http'
import {isAwsChunked, joinChunks, plainHeaders} from './aws-chunked.js'
import type {Headers, WireRequest} from './message.js'

/** The body was longer than allowed; it has been read and thrown away, so that the client gets to see the answer. */
export const TOO_LARGE = Symbol('too large')

async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | typeof TOO_LARGE> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  return length > limit ? TOO_LARGE : Buffer.concat(chunks)
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers: Headers = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

/** Host without port; the brackets of an IPv6 address stay. */
const hostOf = (headers: Headers): string => (headers.host ?? '').toLowerCase().replace(/:\d+$/, '')

/** The path and query as sent. A proxy request names the whole URL, whose host then counts. */
function targetOf(url: string): {host?: string; path: string; search: string} {
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url)
  const [host, target] = absolute
    ? [absolute[1]?.toLowerCase().replace(/:\d+$/, ''), absolute[2] ?? '']
    : [undefined, url]
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  return {host, path: path || '/', search: mark < 0 ? '' : target.slice(mark + 1)}
}

/** A request without its body, as far as it is needed to say that the body was too long. */
export function headOf(incoming: IncomingMessage): WireRequest {
  const headers = headersOf(incoming)
  const {host, path, search} = targetOf(incoming.url ?? '/')
  return {
    method: incoming.method ?? 'GET',
    host: host ?? hostOf(headers),
    path,
    search,
    query: new URLSearchParams(search),
    headers,
    body: Buffer.alloc(0),
  }
}

/**
 * Reads a request to its end and joins an aws-chunked body. Throws `IncompleteBody` for broken chunks, and
 * whatever the socket throws if the client goes away.
 */
export async function readRequest(
  incoming: IncomingMessage,
  head: WireRequest,
  limit: number,
): Promise<WireRequest | typeof TOO_LARGE> {
  const body = await readBody(incoming, limit)
  if (body === TOO_LARGE) return TOO_LARGE
  if (!isAwsChunked(head.headers)) return {...head, body}
  const {chunks, trailers, ...joined} = joinChunks(body)
  const announced = (head.headers['x-amz-trailer'] ?? '').toLowerCase().split(/\s*,\s*/)
  // A header in the guise of a trailer would be one that nobody signed.
  const told = Object.entries(trailers).filter(([name]) => announced.includes(name))
  return {
    ...head,
    body: joined.body,
    headers: plainHeaders(head.headers, Object.fromEntries(told), joined.body.length),
    chunked: {headers: head.headers, chunks, trailers},
  }
}
