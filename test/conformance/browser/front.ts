import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {Duplex} from 'node:stream'
import {buffer} from 'node:stream/consumers'
import {type AccessKey, signedHeaders} from '../../../src/rehearsal/wire/sigv4.js'

/** A request as it came in front of the account. */
export interface Arrived {
  method: string
  url: string
  headers: Readonly<NodeJS.Dict<string | string[]>>
  body: string
  /** What the account answered. */
  status: number
}

/** A port before the account's own, which sees every request. */
export interface Front {
  port: number
  arrived: Arrived[]
  close(): Promise<void>
}

/** Headers by which a browser tells that a page is asking. */
const marks = /^(?:origin|referer|purpose|upgrade|connection|sec-.*)$/i

/**
 * Passes on to the account whatever comes, byte by byte as far as its guard looks.
 * @param isCareless takes away what tells a page's request from others, as if the account had no guard
 * @param key signs in place of the page, as if the account verified nothing
 * @param page what is served under `/page` to who asks by a name of `.example`: the page that was there before the name
 * was made to lead to the account
 */
export async function frontOf(
  accountPort: number,
  {isCareless, key, page}: {isCareless: boolean; key: AccessKey | undefined; page: () => string},
): Promise<Front> {
  const arrived: Arrived[] = []

  /** The headers as sent, in pairs. */
  const passedOn = ({rawHeaders}: IncomingMessage): string[] => {
    if (!isCareless) return rawHeaders
    const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : []))
    return pairs
      .filter(([name = '']) => !marks.test(name))
      .flatMap(([name = '', value = '']) =>
        /^host$/i.test(name) ? [name, `127.0.0.1:${accountPort}`] : [name, value],
      )
  }

  /** Header and address of a request that is signed with the account's key, whatever the page put there. */
  const signed = (key: AccessKey, method: string, path: string, body: Buffer) => {
    const url = new URL(path, `http://127.0.0.1:${accountPort}`)
    for (const name of [...url.searchParams.keys()]) if (/^x-amz-/i.test(name)) url.searchParams.delete(name)
    const scope = {region: 'us-west-2', service: 'cloudformation'}
    const headers = Object.entries(signedHeaders(key, scope, {method, url, body})).flat()
    return {path: `${url.pathname}${url.search}`, headers}
  }

  async function ask(incoming: IncomingMessage) {
    const {method = 'GET', url = '/'} = incoming
    const body = await buffer(incoming)
    const own = key && signed(key, method, url, body)
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = [...passedOn(incoming), ...(own?.headers ?? [])]
      const options = {port: accountPort, host: '127.0.0.1', method, path: own?.path ?? url, headers}
      request(options as object, resolve)
        .on('error', reject)
        .end(body)
    })
    const status = answer.statusCode ?? 0
    arrived.push({method, url, headers: incoming.headers, body: body.toString(), status})
    return {answer, status, text: await buffer(answer)}
  }

  const server = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.on('error', () => outgoing.destroy())
    if (incoming.url === '/page' && incoming.headers.host?.includes('.example')) {
      return void outgoing.writeHead(200, {'content-type': 'text/html'}).end(page())
    }
    try {
      const {answer, status, text} = await ask(incoming)
      const {'content-length': _, 'transfer-encoding': __, connection: ___, ...headers} = answer.headers
      outgoing.writeHead(status, headers).end(text)
    } catch {
      outgoing.destroy()
    }
  })
  server.on('upgrade', async (incoming: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    const {status} = await ask(incoming).catch(() => ({status: 502}))
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
