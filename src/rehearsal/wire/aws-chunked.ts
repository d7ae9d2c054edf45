/** The aws-chunked content encoding, which SDKs use for streams: chunk sizes, signatures and trailing checksums. */
import {AwsError} from './errors.js'
import type {Chunk, Headers} from './message.js'

const CRLF = '\r\n'

const incomplete = (cause?: unknown): AwsError =>
  new AwsError('IncompleteBody', 'The request body terminated unexpectedly', {cause})

/** Both marks are seen: botocore and the JS SDK set the encoding, older clients only the hash header. */
export const isAwsChunked = (headers: Headers): boolean =>
  /\baws-chunked\b/i.test(headers['content-encoding'] ?? '') ||
  (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')

function trailersOf(text: string): Headers {
  const trailers: Headers = {}
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  return trailers
}

/** Joins the chunks; throws `IncompleteBody` if the framing is broken or a chunk is cut short. */
export function joinChunks(body: Buffer): {body: Buffer; chunks: Chunk[]; trailers: Headers} {
  const chunks: Chunk[] = []
  let position = 0
  for (;;) {
    const end = body.indexOf(CRLF, position)
    if (end < 0) throw incomplete()
    const size = /^([0-9a-f]{1,8})(?:$|;(?:.*\bchunk-signature=([0-9a-f]{64}))?)/i.exec(
      body.toString('latin1', position, Math.min(end, position + 200)),
    )
    if (!size?.[1]) throw incomplete()
    const length = Number.parseInt(size[1], 16)
    const start = end + CRLF.length
    if (start + length > body.length) throw incomplete()
    const data = body.subarray(start, start + length)
    chunks.push({data, ...(size[2] && {signature: size[2]})})
    if (length === 0) {
      const trailers = trailersOf(body.toString('latin1', start))
      return {body: Buffer.concat(chunks.map(chunk => chunk.data)), chunks, trailers}
    }
    position = start + length + CRLF.length
  }
}

/** The headers as they would be without the encoding, with the trailers among them. */
export function plainHeaders(headers: Headers, trailers: Headers, length: number): Headers {
  const rest = (headers['content-encoding'] ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '' && part.toLowerCase() !== 'aws-chunked')
  const result: Headers = {...headers, ...trailers, 'content-length': String(length)}
  delete result['content-encoding']
  if (rest.length > 0) result['content-encoding'] = rest.join(',')
  return result
}
