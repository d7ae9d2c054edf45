import {connect} from 'node:net'
import type {Agent, buildConnector} from 'undici'

/**
 * Opens connections to public host names.
 *
 * @param endpoint what stands in for AWS. When it is a loopback address, it stands in for public host names too:
 * every socket is opened to it, as plain TCP even for https, while URL and Host header keep the public name.
 */
export async function publicAgent(endpoint: string | undefined, timeoutMs: number): Promise<Agent> {
  const {Agent} = await import('./http-client.js')
  const standIn = loopbackAddress(endpoint)
  return new Agent(standIn ? {connect: plainSocketTo(standIn)} : {connect: {timeout: timeoutMs}})
}

/** Host and port of `endpoint` when it is this machine. */
export function loopbackAddress(endpoint: string | undefined): {host: string; port: number} | undefined {
  if (endpoint === undefined) return
  const {hostname, port, protocol} = new URL(endpoint)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (host !== 'localhost' && host !== '::1' && !/^127\./.test(host)) return
  return {host, port: Number(port) || (protocol === 'https:' ? 443 : 80)}
}

/** Why an HTTP request got no answer, in words for people; `fetch` hides the reason in `cause`. */
export function webFailure(error: unknown, timeoutMs: number): string {
  const {name, code, message, cause} = (error ?? {}) as Partial<NodeJS.ErrnoException & {cause: unknown}>
  if (name === 'TimeoutError' || code?.endsWith('_TIMEOUT')) return `no answer within ${timeoutMs / 1000} s`
  const known = code === undefined ? undefined : failures[code]
  if (known !== undefined) return known
  if (cause instanceof Error) return webFailure(cause, timeoutMs)
  return message || code || String(error)
}

function plainSocketTo(address: {host: string; port: number}): buildConnector.connector {
  return (_options, callback) => {
    const socket = connect(address)
    socket.once('connect', () => callback(null, socket))
    socket.once('error', error => callback(error, null))
  }
}

const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  UND_ERR_SOCKET: 'connection closed without an answer',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be looked up',
}
