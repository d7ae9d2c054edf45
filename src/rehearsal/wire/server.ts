/** The HTTP server: one loopback port that speaks for every AWS service and for whatever the account hosts. */
import {randomUUID} from 'node:crypto'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {type AnswerOptions, answer, refuse} from './answer.js'
import type {OnPlainRequest} from './call.js'
import {AwsError, ConnectionDropped} from './errors.js'
import {refuseStranger} from './guard.js'
import type {WireRequest, WireResponse} from './message.js'
import {notAwsHeaders, welcome} from './not-aws.js'
import {type Hosts, isPlain} from './plain.js'
import {headOf, readRequest, TOO_LARGE} from './read-request.js'
import {signatureOf} from './signature.js'

export interface WireServerOptions extends AnswerOptions {
  readonly onPlainRequest?: OnPlainRequest
  /** Whether something answers under a host name besides AWS's APIs; nothing if not given. */
  readonly hosts?: Hosts
  /** Makes request ids; random UUIDs if not given. */
  readonly requestId?: () => string
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** Longest body in bytes; 64 MiB if not given. No call to another service than S3 may be longer than 10 MiB. */
  readonly bodyLimit?: number
  readonly patience?: Patience
}

/** How long the server waits for a client, in milliseconds. */
export interface Patience {
  /** For the head of a request. @default 60,000 */
  readonly headersMs: number
  /** For all of a request. @default 300,000 */
  readonly requestMs: number
  /** Between two looks at open connections. @default 30,000 */
  readonly checkMs: number
}

export interface WireServer {
  readonly port: number
  /** `http://127.0.0.1:port`; with the number and not a name, S3 clients choose path style by themselves. */
  readonly url: string
  /** Requests that somebody waits for the answer of at this moment. */
  unanswered(): number
  /** Breaks open connections and resolves when the port is free. */
  close(): Promise<void>
}

const BODY_LIMIT = 64 * 1024 * 1024

/** Far above the longest call there is: PutLogEvents takes 1 MiB. */
const CALL_LIMIT = 10 * 1024 * 1024

/** As long as Node's own. */
const PATIENCE: Patience = {headersMs: 60_000, requestMs: 300_000, checkMs: 30_000}

/** Longer than the pauses of any poller: Node's 5 seconds would close sockets under a client's feet. */
const KEEP_ALIVE = 75_000

const tooLarge = (service: string | undefined): AwsError =>
  service === 's3'
    ? new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
    : new AwsError('RequestEntityTooLarge', 'The request body is too large.', {status: 413})

const isSigned = (request: WireRequest): boolean => signatureOf(request) !== undefined

/** What a connection is told that ends before there is a request. */
function statusLine(error: NodeJS.ErrnoException): string {
  if (error.code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large'
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout'
  return '400 Bad Request'
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
    const newRequestId = this.options.requestId ?? randomUUID
    const head = headOf(this.incoming)
    const hosts = this.options.hosts ?? (() => false)
    const refusal = refuseStranger(head, hosts)
    if (refusal) return refusal
    let request: WireRequest | typeof TOO_LARGE
    try {
      request = await readRequest(this.incoming, head, this.#limit(head))
    } catch (error) {
      if (error instanceof AwsError) return refuse(this.options, head, newRequestId(), () => error)
      throw new ConnectionDropped()
    }
    if (request === TOO_LARGE) return refuse(this.options, head, newRequestId(), tooLarge)
    if (isPlain(request, hosts)) return this.#plain(request)
    const greeting = this.options.authentication && !isSigned(request) ? welcome(request) : undefined
    return greeting ?? answer(this.options, request, newRequestId())
  }

  #limit(head: WireRequest): number {
    const limit = this.options.bodyLimit ?? BODY_LIMIT
    const service = signatureOf(head)?.scope?.service ?? (head.headers['x-amz-target'] ? '' : 's3')
    return service === 's3' ? limit : Math.min(limit, CALL_LIMIT)
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

  #send({status, headers, body, cut}: WireResponse): void {
    const isHead = this.incoming.method === 'HEAD'
    const hasBody = !isHead && status !== 204 && status !== 304
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    const length = isHead ? String(headers['content-length'] ?? bytes.length) : String(bytes.length)
    const lengthHeader = status === 204 || status === 304 ? {} : {'content-length': length}
    const {'content-length': _, ...others} = headers
    const {authentication} = this.options
    // The time by which signatures are judged, so that clients can correct theirs.
    const date = authentication && {date: new Date(authentication.now()).toUTCString()}
    this.outgoing.writeHead(status, {...notAwsHeaders, ...date, ...others, ...lengthHeader})
    if (!cut) return void this.outgoing.end(hasBody ? bytes : undefined)
    this.outgoing.flushHeaders()
    const half = hasBody ? bytes.subarray(0, Math.floor(bytes.length / 2)) : ''
    this.outgoing.write(half, () => this.incoming.socket.resetAndDestroy())
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
  const {headersMs, requestMs, checkMs} = options.patience ?? PATIENCE
  const timeouts = {
    keepAliveTimeout: KEEP_ALIVE,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
  }
  const server = createServer(timeouts, (incoming, outgoing) => {
    outgoing.on('error', () => outgoing.destroy())
    void new Connection(options, incoming, outgoing).serve()
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
    // A client that does not read the refusal either must not keep the connection.
    socket.end(`HTTP/1.1 ${statusLine(error)}\r\nConnection: close\r\n\r\n`, () => socket.destroy())
  })
  let unanswered = 0
  // Not connections: clients keep those long after they have what they asked for.
  server.on('request', (_, response) => {
    unanswered += 1
    response.on('close', () => {
      unanswered -= 1
    })
  })
  const port = await listen(server, options.port ?? 0)
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    unanswered: () => unanswered,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
