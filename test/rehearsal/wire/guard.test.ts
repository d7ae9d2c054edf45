import {connect} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {refuseStranger} from '../../../src/rehearsal/wire/guard.js'
import {requestOf} from './request-of.js'
import {startServer, type TestServer} from './test-server.js'

const hosts = (name: string) => ['d1.cloudfront.net', 'mcp.example.com'].includes(name)
const statusOf = (host: string, headers: Record<string, string> = {}, line = 'GET /') =>
  refuseStranger(requestOf(line, {host, ...headers}), hosts)?.status

describe('a request under the name', () => {
  it.each([
    '127.0.0.1:4566',
    '127.0.0.2',
    'localhost:4566',
    '[::1]:4566',
    'sts.us-west-2.amazonaws.com',
    'bucket.s3.amazonaws.com',
    'bucket.s3.us-west-2.amazonaws.com:443',
    'bucket.localhost:4566',
    'd1.cloudfront.net',
    'mcp.example.com:443',
  ])('%s is taken', host => {
    expect(statusOf(host)).toBeUndefined()
  })

  it.each([
    'evil.example',
    'evil.example:4566',
    // Not loopback for a browser, which says nothing of where such a request comes from.
    '0.0.0.0:4566',
    '[::ffff:127.0.0.1]:4566',
    '2130706433',
    'localhost.',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'amazonaws.com.evil.example',
    'notamazonaws.com',
    // As AWS gives them, but nothing here has them.
    'd2.cloudfront.net',
    'lb-1.us-west-2.elb.amazonaws.com',
    'other.example.com',
  ])('%s is refused, whatever else it says', host => {
    expect(statusOf(host)).toBe(421)
    expect(statusOf(host, {authorization: 'AWS4-HMAC-SHA256 Credential=a'}, 'POST /')).toBe(421)
  })

  it('of a page is refused for the own paths of the account, also under the names that it hosts', () => {
    for (const host of ['d1.cloudfront.net', 'mcp.example.com', 'sts.amazonaws.com']) {
      expect(statusOf(host, {}, 'POST /_mcpgw/stop')).toBe(421)
    }
    expect(statusOf('localhost', {}, 'POST /_mcpgw/stop')).toBeUndefined()
  })

  it('of loopback in a proxy’s form, with another one in the header, is refused', () => {
    const request = {...requestOf('GET /', {host: 'evil.example'}), host: '127.0.0.1'}
    expect(refuseStranger(request, hosts)?.status).toBe(421)
  })
})

/** What Chromium sends with each kind of request that a page on another port of loopback can make. */
const pages: Record<string, Record<string, string>> = {
  'an image': {'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image'},
  'a script of another site': {'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script'},
  'a fetch with CORS': {origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site'},
  'a sandboxed frame': {origin: 'null'},
  'a form': {origin: 'http://evil.example', 'sec-fetch-mode': 'navigate'},
  'a beacon': {origin: 'http://evil.example', 'content-type': 'text/plain;charset=UTF-8'},
  'a prefetch': {'sec-purpose': 'prefetch', 'sec-fetch-site': 'none'},
  'a prerender': {
    'sec-purpose': 'prefetch;prerender',
    'sec-fetch-site': 'none',
    'sec-fetch-mode': 'navigate',
  },
  'a prefetch of an older browser': {purpose: 'prefetch'},
  'a WebSocket': {upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-key': 'eA=='},
  'a link from a page that names itself': {referer: 'http://evil.example/'},
}

describe.each(Object.keys(pages))('%s', kind => {
  it.each(['127.0.0.1:4566', 'localhost:4566', 'd1.cloudfront.net', 's3.amazonaws.com'])(
    'is refused at %s, signed or not',
    host => {
      expect(statusOf(host, pages[kind])).toBe(403)
      const signed = {authorization: 'AWS4-HMAC-SHA256 Credential=a', ...pages[kind]}
      expect(statusOf(host, signed, 'POST /')).toBe(403)
      expect(statusOf('localhost', pages[kind], 'GET /_mcpgw/account')).toBe(403)
    },
  )
})

describe('what is no page', () => {
  it.each<[string, string, Record<string, string>]>([
    ['an SDK', '127.0.0.1', {authorization: 'AWS4-HMAC-SHA256 Credential=a', 'x-amz-target': 'X.Y'}],
    ['fetch of Node', '127.0.0.1', {'sec-fetch-mode': 'cors', accept: '*/*'}],
    ['an address that somebody typed', '127.0.0.1', {'sec-fetch-site': 'none', 'sec-fetch-user': '?1'}],
    ['an upgrade to HTTP/2', 'localhost', {upgrade: 'h2c', connection: 'Upgrade, HTTP2-Settings'}],
    ['a form of a hosted page', 'mcp.example.com', {referer: 'https://mcp.example.com/login'}],
  ])('is taken: %s', (_who, host, headers) => {
    expect(statusOf(host, headers)).toBeUndefined()
  })

  it('comes to a hosted page from that page alone', () => {
    expect(statusOf('mcp.example.com', {referer: 'https://evil.example/mcp.example.com'})).toBe(403)
    expect(statusOf('mcp.example.com', {referer: 'no address'})).toBe(403)
  })
})

describe('the server', () => {
  let server: TestServer
  const reached: string[] = []
  beforeAll(async () => {
    server = await startServer(
      {sts: {GetCallerIdentity: () => ({Account: '1'})}},
      {
        async onPlainRequest({path}) {
          reached.push(path)
          return {status: 200}
        },
        hosts,
      },
    )
  })
  afterAll(() => server.close())
  beforeEach(() => {
    reached.length = 0
    server.calls.length = 0
  })

  /** As it is, over a bare connection; resolves with the beginning of the answer. */
  const send = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text.replaceAll('\n', '\r\n')))
      socket.on('error', reject).once('data', data => {
        socket.destroy()
        resolve(String(data))
      })
    })

  it('refuses before it has read a body, and nothing behind it is reached', async () => {
    const head = 'POST /_mcpgw/stop HTTP/1.1\nHost: 127.0.0.1\nOrigin: null\nContent-Length: 1000000\n\n'
    expect(await send(head)).toMatch(/^HTTP\/1\.1 403 /)
    const call = 'GET /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1\nHost: 127.0.0.1\n'
    expect(await send(`${call}Sec-Fetch-Site: cross-site\n\n`)).toMatch(/^HTTP\/1\.1 403 /)
    expect([reached, server.calls]).toEqual([[], []])
    expect(await send(`${call}\n`)).toMatch(/^HTTP\/1\.1 200 /)
    expect(server.calls).toHaveLength(1)
  })

  it('becomes no WebSocket', async () => {
    const upgrade =
      'GET /_mcpgw/account HTTP/1.1\nHost: 127.0.0.1\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n'
    expect(await send(upgrade)).toMatch(/^HTTP\/1\.1 403 /)
    expect(reached).toEqual([])
  })

  it('gives no page leave to ask: its answers have no CORS header', async () => {
    const preflight =
      'OPTIONS / HTTP/1.1\nHost: 127.0.0.1\nOrigin: http://evil.example\nAccess-Control-Request-Method: POST\n\n'
    const answer = await send(preflight)
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).not.toMatch(/access-control/i)
  })
})
