/** The HTTP server: one loopback port that speaks for every AWS service and for whatever the account hosts. */
import {randomUUID} from 'node:crypto'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {type AnswerOptions, answer, refuse} from './answer.js'
import type {OnPlainRequest} from './call.js'
import {AwsError, ConnectionDropped} from './errors.js'
import {identify} from './identify.js'
import type {WireRequest, WireResponse} from './message.js'
import {isPlain} from './plain.js'
import {headOf, readRequest, TOO_LARGE} from './read-request.js'

export interface WireServerOptions extends AnswerOptions {
  readonly onPlainRequest?: OnPlainRequest
  /** Makes request ids; random UUIDs if not given. */
  readonly requestId?: () => string
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** Longest body in bytes; 64 MiB if not given. */
  readonly bodyLimit?: number
}

export interface WireServer {
  readonly port: number
  /** `http://127.0.0.1:port`; with the number and not a name, S3 clients choose path style by themselves. */
  readonly url: string
  /** Breaks open connections and resolves when the port is free. */
  close(): Promise<void>
}

const BODY_LIMIT = 64 * 1024 * 1024

/** Longer than the pauses of any poller: Node's 5 seconds would close sockets under a client's feet. */
const KEEP_ALIVE = 75_000

const tooLarge = (service: string | undefined): AwsError =>
  service === 's3'
    ? new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
    : new AwsError('RequestEntityTooLarge', 'The request body is too large.', {status: 413})

/** A form that cannot be read is an API call's problem; here it only means that there is no signature. */
function isSigned(request: WireRequest): boolean {
  try {
    return identify(request).signed
  } catch {
    return false
  }
}

class Connection {
  constructor(
    private readonly options: WireServerOptions,
    private readonly incoming: IncomingMessage,
    private readonly outgoing: ServerResponse,
  ) {}

  /** Never rejects: what goes wrong with a connection ends that connection only. */
  async serve(): Promise<void> {
    try {
      const response = await this.#respond()
      if (!this.outgoing.destroyed) this.#send(response)
    } catch (error) {
      if (!(error instanceof ConnectionDropped) && !this.incoming.destroyed) {
        this.options.onError?.(error, {})
      }
      this.outgoing.destroy()
    }
  }

  async #respond(): Promise<WireResponse> {
    const requestId = (this.options.requestId ?? randomUUID)()
    const head = headOf(this.incoming)
    let request: WireRequest | typeof TOO_LARGE
    try {
      request = await readRequest(this.incoming, head, this.options.bodyLimit ?? BODY_LIMIT)
    } catch (error) {
      if (error instanceof AwsError) return refuse(this.options, head, requestId, () => error)
      throw new ConnectionDropped()
    }
    if (request === TOO_LARGE) return refuse(this.options, head, requestId, tooLarge)
    return isPlain(request, isSigned(request))
      ? this.#plain(request)
      : answer(this.options, request, requestId)
  }

  async #plain({method, host, path, query, headers, body}: WireRequest): Promise<WireResponse> {
    const text = (status: number, message: string): WireResponse => ({
      status,
      headers: {'content-type': 'text/plain'},
      body: `${message}\n`,
    })
    try {
      const found = await this.options.onPlainRequest?.({method, host, path, query, headers, body})
      return found
        ? {status: found.status, headers: {...found.headers}, body: found.body ?? ''}
        : text(404, 'Not Found')
    } catch (error) {
      if (error instanceof ConnectionDropped) throw error
      this.options.onError?.(error, {})
      return text(500, 'Internal Server Error')
    }
  }

  #send({status, headers, body}: WireResponse): void {
    const isHead = this.incoming.method === 'HEAD'
    const hasBody = !isHead && status !== 204 && status !== 304
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    const length = isHead ? (headers['content-length'] ?? String(bytes.length)) : String(bytes.length)
    const lengthHeader = status === 204 || status === 304 ? {} : {'content-length': length}
    const {'content-length': _, ...others} = headers
    this.outgoing.writeHead(status, {...others, ...lengthHeader})
    this.outgoing.end(hasBody ? bytes : undefined)
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}

/** Starts the server on 127.0.0.1. Rejects if the port is taken. */
export async function createWireServer(options: WireServerOptions): Promise<WireServer> {
  const server = createServer({keepAliveTimeout: KEEP_ALIVE}, (incoming, outgoing) => {
    outgoing.on('error', () => outgoing.destroy())
    void new Connection(options, incoming, outgoing).serve()
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  const port = await listen(server, options.port ?? 0)
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
