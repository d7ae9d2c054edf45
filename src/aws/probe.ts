import {connect} from 'node:net'
import type {buildConnector} from 'undici'

/** What a web address answered, or why it did not. */
export type ProbeResult = {readonly status: number; readonly body: string} | {readonly failure: string}

/** How to ask. */
export interface ProbeOptions {
  readonly timeoutMs: number
  /** @default false */
  readonly followRedirects?: boolean
}

/** Gets a public URL once; never throws. */
export type Probe = (url: string, options: ProbeOptions) => Promise<ProbeResult>

/** Enough for any health answer or discovery document; the rest is not read. */
const longestBodyBytes = 256 * 1024
const longestRedirectChain = 5

/**
 * @param endpoint what stands in for AWS. When it is a loopback address, it stands in for public host names too:
 * every socket is opened to it, as plain TCP even for https, while URL and Host header keep the public name.
 */
export function createProbe(endpoint: string | undefined): Probe {
  const standIn = loopbackAddress(endpoint)
  return async (url, {timeoutMs, followRedirects = false}) => {
    const {Agent, interceptors, request} = await import('./http-client.js')
    const agent = new Agent(standIn ? {connect: plainSocketTo(standIn)} : {connect: {timeout: timeoutMs}})
    try {
      const answer = await request(url, {
        dispatcher: followRedirects
          ? agent.compose(interceptors.redirect({maxRedirections: longestRedirectChain}))
          : agent,
        headers: {'user-agent': 'mcpgw', accept: '*/*'},
        signal: AbortSignal.timeout(timeoutMs),
      })
      return {status: answer.statusCode, body: await beginningOf(answer.body)}
    } catch (error) {
      return {failure: failureOf(error, timeoutMs)}
    } finally {
      // No kept-alive socket may hold the process up.
      await agent.destroy()
    }
  }
}

/** Host and port of `endpoint` when it is this machine. */
export function loopbackAddress(endpoint: string | undefined): {host: string; port: number} | undefined {
  if (endpoint === undefined) return
  const {hostname, port, protocol} = new URL(endpoint)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (host !== 'localhost' && host !== '::1' && !/^127\./.test(host)) return
  return {host, port: Number(port) || (protocol === 'https:' ? 443 : 80)}
}

function plainSocketTo(address: {host: string; port: number}): buildConnector.connector {
  return (_options, callback) => {
    const socket = connect(address)
    socket.once('connect', () => callback(null, socket))
    socket.once('error', error => callback(error, null))
  }
}

async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= longestBodyBytes) break
  }
  return Buffer.concat(chunks).subarray(0, longestBodyBytes).toString('utf8')
}

function failureOf(error: unknown, timeoutMs: number): string {
  const {name, code, message} = (error ?? {}) as {name?: string; code?: string; message?: string}
  if (name === 'TimeoutError' || code?.endsWith('_TIMEOUT')) return `no answer within ${timeoutMs / 1000} s`
  const known = code === undefined ? undefined : failures[code]
  return known ?? (message || code || String(error))
}

const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  UND_ERR_SOCKET: 'connection closed without an answer',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be looked up',
}
