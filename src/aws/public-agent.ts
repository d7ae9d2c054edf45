import {connect} from 'node:net'
import type {Agent, buildConnector, Dispatcher} from 'undici'
import {proxyFor} from './proxy.js'

/**
 * Opens connections to public host names.
 *
 * @param endpoint what stands in for AWS. When it is a loopback address, it stands in for public host names too:
 * every socket is opened to it, as plain TCP even for https, while URL and Host header keep the public name. Else
 * the way leads through the proxy of the machine's settings.
 * @param ca whom to believe beside those whom Node knows
 */
export async function publicAgent(
  endpoint: string | undefined,
  {timeoutMs, ca}: {timeoutMs: number; ca?: string[] | undefined},
): Promise<Agent> {
  const {Agent, Pool, ProxyAgent} = await import('./http-client.js')
  const standIn = loopbackAddress(endpoint)
  if (standIn) return new Agent({connect: plainSocketTo(standIn)})
  const connect = {timeout: timeoutMs, ...(ca ? {ca} : {})}
  return new Agent({
    connect,
    factory(origin, options): Dispatcher {
      const proxy = proxyFor(origin)
      if (proxy === undefined) return new Pool(origin, options)
      const {url} = proxy
      const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
      return new ProxyAgent({
        uri: url.origin,
        ...(url.username ? {token: `Basic ${Buffer.from(login).toString('base64')}`} : {}),
        requestTls: connect,
        proxyTls: connect,
      })
    },
  })
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
  const refusal = /^Proxy response \((\d+)\)/.exec(message ?? '')
  if (refusal) return `the proxy (HTTPS_PROXY, NO_PROXY) answered HTTP ${refusal[1]}`
  if (code !== undefined && unproven.test(code))
    return `${message}: when a proxy that you trust is in between, name the file with its certificate in AWS_CA_BUNDLE`
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

/** Nobody whom this machine knows vouches for who answers: codes of OpenSSL, as Node gives them. */
const unproven = /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|CERT_UNTRUSTED/

const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  UND_ERR_SOCKET: 'connection closed without an answer',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be looked up',
}
