import {request as httpRequest} from 'node:http'
import {connect} from 'node:net'
import {networkInterfaces} from 'node:os'
import fc from 'fast-check'
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest'
import {startServer, type TestServer} from './test-server.js'

const MIB = 1024 * 1024

let server: TestServer

beforeAll(async () => {
  server = await startServer(
    {
      sts: {GetCallerIdentity: () => ({Account: '1'})},
      ecs: {ListClusters: () => ({clusterArns: []})},
      s3: {PutObject: () => ({})},
    },
    {
      onPlainRequest: async ({path}) => ({status: 200, body: `plain ${path}`}),
      hosts: name => ['d1.cloudfront.net', 'my-site.example'].includes(name),
      authentication: {regions: ['us-west-2'], now: Date.now, key: () => ({state: 'open'})},
    },
  )
})

afterAll(() => server.close())

const basic = () => new Date().toISOString().replace(/[-:]|\.\d+/g, '')
const signed = (service: string) => ({
  'x-amz-date': basic(),
  authorization: `AWS4-HMAC-SHA256 Credential=rehearsal/${basic().slice(0, 8)}/us-west-2/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})
const ecs = () => ({
  ...signed('ecs'),
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters',
})

/** Whatever happened before: a good request gets its answer. */
async function isWell() {
  const response = await fetch(server.url, {method: 'POST', headers: ecs(), body: '{}'})
  expect([response.status, await response.json()]).toEqual([200, {clusterArns: []}])
  expect(server.errors).toEqual([])
}

afterEach(isWell)

/** Writes to a socket as it is told and gives back what came until the other side closed, or `enough` said so. */
function talk(
  port: number,
  pieces: readonly (string | Uint8Array)[],
  enough = (_text: string) => false,
): Promise<string> {
  return new Promise(resolve => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
    })
    socket.on('data', data => {
      text += data.toString('latin1')
      if (enough(text)) socket.destroy()
    })
    socket.on('error', () => {}).on('close', () => resolve(text))
  })
}

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')

it('clients that never come to an end are not waited for', async () => {
  const impatient = await startServer(
    {sts: {GetCallerIdentity: () => ({Account: '1'})}},
    {patience: {headersMs: 300, requestMs: 400, checkMs: 50}},
  )
  const answers = await Promise.all(
    [
      [],
      ['POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n'],
      ['POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{'],
      ['PUT /b/k HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'],
    ].map(pieces => talk(impatient.port, pieces)),
  )
  for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/)
  expect(answers.some(answer => answer !== '')).toBe(true)
  expect(impatient.errors).toEqual([])
  await impatient.close()
})

describe('a client that', () => {
  it.each([
    ['sends no HTTP', 'nonsense\r\n\r\n', 'HTTP/1.1 400 '],
    ['sends HTTP 2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'HTTP/1.1 400 '],
    [
      'sends a length that is none',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ten\r\n\r\n',
      'HTTP/1.1 400 ',
    ],
    [
      'sends two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      'HTTP/1.1 400 ',
    ],
    ['sends a negative length', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n', 'HTTP/1.1 400 '],
    [
      'sends a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'HTTP/1.1 400 ',
    ],
    [
      'sends chunks that are none',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
      'HTTP/1.1 400 ',
    ],
    [
      'sends a giant header',
      `GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${'x'.repeat(100_000)}\r\n\r\n`,
      'HTTP/1.1 431 ',
    ],
  ])('%s is told so', async (_what, text, start) => {
    expect(await talk(server.port, [text])).toMatch(new RegExp(`^${start}`))
  })

  it('asks three things at once gets three answers in order', async () => {
    const one = (body: string) =>
      `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines(ecs())}Content-Length: ${body.length}\r\n\r\n${body}`
    const done = (text: string) =>
      text.includes('SerializationException') && text.match(/HTTP\/1\.1/g)?.length === 3
    const text = await talk(server.port, [one('{}') + one('{"maxResults":3}') + one('{')], done)
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(match => match[1])).toEqual(['200', '200', '400'])
  })

  it('asks and goes away leaves nothing behind', async () => {
    const body = '{}'
    const text = `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines(ecs())}Content-Length: ${body.length}\r\n\r\n${body}`
    await Promise.all(
      Array.from(
        {length: 10},
        () =>
          new Promise<void>(resolve => {
            const socket = connect(server.port, '127.0.0.1', () =>
              socket.write(text, () => socket.resetAndDestroy()),
            )
            socket.on('error', () => {}).on('close', () => resolve())
          }),
      ),
    )
  })
})

describe('a body', () => {
  const post = async (headers: Record<string, string>, body: Uint8Array, path = '/', method = 'POST') => {
    const response = await fetch(server.url + path, {method, headers, body})
    return [response.status, await response.text()] as const
  }

  it('longer than any call may be is refused, but for S3', async () => {
    const body = Buffer.alloc(10 * MIB + 1, 32)
    expect(await post(ecs(), body)).toEqual([413, expect.stringContaining('"RequestEntityTooLarge"')])
    expect(
      await post({...signed('s3'), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD'}, body, '/bucket/key', 'PUT'),
    ).toEqual([200, ''])
  })

  it('that is not UTF-8 is an error of the caller', async () => {
    const [status] = await post(ecs(), Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x7d]))
    expect(status).toBe(400)
  })
})

it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
  '%s where a call is a POST is harmless',
  async method => {
    const response = await fetch(server.url, {method, headers: ecs()})
    expect(response.status).toBeLessThan(500)
  },
)

it('random bytes on the wire end nothing but their own connection', async () => {
  const start = fc.constantFrom(
    '',
    'GET / HTTP/1.1\r\n',
    'POST /b/k?uploads HTTP/1.1\r\nHost: 127.0.0.1\r\n',
    'PUT /b/k HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n',
    `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nx-amz-target: AmazonEC2ContainerServiceV20141113.ListClusters\r\nContent-Length: 3\r\n\r\n`,
  )
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({maxLength: 80}), async (head, tail) => {
      await new Promise<void>(resolve => {
        const socket = connect(server.port, '127.0.0.1', () =>
          socket.end(Buffer.concat([Buffer.from(head), tail])),
        )
        socket
          .resume()
          .on('error', () => {})
          .on('close', () => resolve())
      })
      expect(server.errors).toEqual([])
    }),
    {numRuns: 100, seed: 4711},
  )
}, 30_000)

describe('the account', () => {
  const ask = (host: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{status?: number; text: string; headers: NodeJS.Dict<string | string[]>}>(
      (resolve, reject) => {
        const sent = httpRequest(server.url + path, {method, headers: {host, ...headers}}, response => {
          let text = ''
          response.on('data', data => {
            text += data
          })
          response.on('end', () => resolve({status: response.statusCode, text, headers: response.headers}))
        })
        sent.on('error', reject).end()
      },
    )

  it('says that it is not AWS: to who looks, and on every answer', async () => {
    const look = await ask('127.0.0.1', '/')
    expect(look).toMatchObject({status: 200, text: expect.stringMatching(/^THIS IS NOT AWS/)})
    const answers = [look, await ask('127.0.0.1', '/b/k', signed('s3')), await ask('d1.cloudfront.net', '/')]
    for (const {headers} of answers) {
      expect(headers).toMatchObject({
        server: 'mcpgw-embedded-account',
        'x-mcpgw-not-aws': expect.stringContaining('not AWS'),
      })
    }
  })

  it('does not answer a name that somebody made to point here', async () => {
    expect(await ask('evil.example:80', '/_mcpgw/account')).toMatchObject({status: 421})
    expect(await ask('evil.example', '/', ecs(), 'POST')).toMatchObject({status: 421})
    expect(await ask('localhost', '/_mcpgw/account')).toMatchObject({
      status: 200,
      text: 'plain /_mcpgw/account',
    })
    expect(await ask('my-site.example', '/')).toMatchObject({status: 200, text: 'plain /'})
  })

  it('lets no web page call it or steer it', async () => {
    const headers = {origin: 'http://evil.example'}
    expect(await ask('127.0.0.1', '/_mcpgw/stop', headers, 'POST')).toMatchObject({status: 403})
    expect(await ask('127.0.0.1', '/', {...ecs(), ...headers}, 'POST')).toMatchObject({status: 403})
  })

  it('listens on loopback alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap(addresses => addresses ?? [])
      .filter(({family, internal}) => family === 'IPv4' && !internal)
      .map(({address}) => address)
    // Another address of loopback itself is as good a stranger as one of the network.
    for (const address of [...others, ...(process.platform === 'linux' ? ['127.0.0.2'] : [])]) {
      const reached = await new Promise<boolean>(resolve => {
        const socket = connect({port: server.port, host: address, timeout: 1000})
        socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
        socket.on('timeout', () => resolve(false))
        socket.on('close', () => socket.destroy())
      })
      expect([address, reached]).toEqual([address, false])
    }
  })
})
