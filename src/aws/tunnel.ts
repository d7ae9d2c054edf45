import {Agent, type AgentOptions} from 'node:https'
import type {Duplex} from 'node:stream'
import {connect} from 'node:tls'
import {messageOf} from '../errors.js'
import {type ProxyServer, proxyFor} from './proxy.js'

/** A proxy did not let a request through. `code` is what Node's own agent has for it. */
export class TunnelRefused extends Error {
  readonly code: string

  constructor(
    /** Without user and password. */
    readonly proxy: string,
    /** Of the proxy; undefined when it cannot be reached itself. */
    readonly status: number | undefined,
    what: string,
  ) {
    super(what)
    // A gateway's trouble passes and is asked again; a no stays a no.
    this.code = status === undefined || status >= 500 ? 'ECONNREFUSED' : 'ERR_PROXY_TUNNEL'
  }
}

/** What can be given to `connect` of an agent. */
interface Destination {
  readonly host?: string | null
  readonly port?: number | string | null
  readonly servername?: string
}

type Opened = (error: Error | null, socket?: Duplex) => void

/**
 * The agent of AWS's clients: through the proxy of an address, where it has one, believing `ca`. On every Node alike:
 * their own agents look at no proxy variables, whatever Node does with NODE_USE_ENV_PROXY.
 */
export class TunnelAgent extends Agent {
  readonly #ca: string[] | undefined

  constructor(options: AgentOptions & {ca?: string[] | undefined}) {
    super(options)
    this.#ca = options.ca
  }

  // Node's agent calls it with a callback, and waits for that when nothing is returned.
  override createConnection(options: Destination, opened: Opened): Duplex | null | undefined {
    const {host, port} = options
    const proxy = proxyFor(`https://${host}:${port ?? 443}`)
    if (proxy === undefined) return super.createConnection({...options, ca: this.#ca} as object, opened)
    void this.#through(proxy, options).then(
      socket => opened(null, socket),
      (error: Error) => opened(error),
    )
    return undefined
  }

  async #through(proxy: ProxyServer, options: Destination): Promise<Duplex> {
    const socket = await tunnel(proxy, `${options.host}:${options.port ?? 443}`, this.#ca)
    return connect({...options, socket, ca: this.#ca} as object)
  }
}

/** How long a proxy may take to open the way: it has to look up and reach the other end. */
const tunnelTimeoutMs = 10_000

/** @throws TunnelRefused */
export async function tunnel(
  proxy: ProxyServer,
  destination: string,
  ca: string[] | undefined,
): Promise<Duplex> {
  const {Client} = await import('./http-client.js')
  const {username, password} = proxy.url
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`
  const client = new Client(proxy.url.origin, {connect: {timeout: tunnelTimeoutMs, ...(ca ? {ca} : {})}})
  try {
    const {statusCode, socket} = await client.connect({
      path: destination,
      headers: {host: destination, ...(username ? {'proxy-authorization': authorization} : {})},
      signal: AbortSignal.timeout(tunnelTimeoutMs),
    })
    if (statusCode === 200) return socket
    socket.destroy()
    throw new TunnelRefused(proxy.name, statusCode, `the proxy ${proxy.name} answered HTTP ${statusCode}`)
  } catch (error) {
    if (error instanceof TunnelRefused) throw error
    throw new TunnelRefused(
      proxy.name,
      undefined,
      `the proxy ${proxy.name} gives no answer: ${messageOf(error)}`,
    )
  } finally {
    void client.close().catch(() => {})
  }
}
