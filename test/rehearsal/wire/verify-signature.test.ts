import {request as httpRequest} from 'node:http'
import {CloudFrontClient, GetDistributionCommand} from '@aws-sdk/client-cloudfront'
import {DescribeVpcsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {ECSClient, ListClustersCommand} from '@aws-sdk/client-ecs'
import {GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import fc from 'fast-check'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {newKey} from '../../../src/rehearsal/account/access-key.js'
import {regions} from '../../../src/rehearsal/account/regions.js'
import {joinChunks} from '../../../src/rehearsal/wire/aws-chunked.js'
import type {WireRequest} from '../../../src/rehearsal/wire/message.js'
import {checkS3Payload} from '../../../src/rehearsal/wire/s3-payload.js'
import {signatureOf} from '../../../src/rehearsal/wire/signature.js'
import {basicDate, sha256, signedHeaders} from '../../../src/rehearsal/wire/sigv4.js'
import {verifySignature} from '../../../src/rehearsal/wire/verify-signature.js'
import {startServer, type TestServer} from './test-server.js'

describe("AWS's own examples", () => {
  /** Of the S3 API reference and of the suite of signature version 4. */
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  const suiteSecret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
  const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

  function example(line: string, headers: Record<string, string>, body = ''): WireRequest {
    const [method = '', target = ''] = line.split(' ')
    const url = new URL(target, 'http://x')
    return {
      ...{method, host: headers.host ?? '', path: url.pathname, search: url.search.slice(1)},
      ...{query: url.searchParams, headers, body: Buffer.from(body)},
    }
  }
  const authorization = (names: string, signature: string) =>
    `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${signature}`
  const dated = {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-content-sha256': emptyHash,
  }
  const usual = 'host;x-amz-content-sha256;x-amz-date'

  function verify(request: WireRequest, key = secret, protocol: 's3' | 'query' = 's3') {
    const signature = signatureOf(request)
    if (!signature) throw new Error('it has no signature')
    verifySignature(request, signature, key, protocol)
    if (protocol === 's3') checkS3Payload(request, signature)
  }

  it.each<[string, WireRequest]>([
    [
      'GET of an object',
      example('GET /test.txt', {
        ...dated,
        range: 'bytes=0-9',
        authorization: authorization(
          'host;range;x-amz-content-sha256;x-amz-date',
          'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
        ),
      }),
    ],
    [
      'PUT of an object',
      example(
        'PUT /test%24file.text',
        {
          ...dated,
          date: 'Fri, 24 May 2013 00:00:00 GMT',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
          authorization: authorization(
            'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
            '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
          ),
        },
        'Welcome to Amazon S3.',
      ),
    ],
    [
      'GET of a sub-resource',
      example('GET /?lifecycle', {
        ...dated,
        authorization: authorization(
          usual,
          'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
        ),
      }),
    ],
    [
      'GET of a list',
      example('GET /?prefix=J&max-keys=2', {
        ...dated,
        authorization: authorization(
          usual,
          '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
        ),
      }),
    ],
    [
      'a presigned URL',
      example(
        'GET /test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
        {host: dated.host},
      ),
    ],
  ])('are found good: %s', (_what, request) => {
    expect(() => verify(request)).not.toThrow()
    const other = {...request, headers: {...request.headers, host: 'otherbucket.s3.amazonaws.com'}}
    expect(() => verify(other)).toThrow(expect.objectContaining({code: 'SignatureDoesNotMatch'}))
    expect(() => verify(request, suiteSecret)).toThrow(expect.objectContaining({status: 403}))
  })

  const chunked = {
    host: 's3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
  }
  const piece = (size: number, signature: string) =>
    `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}\r\n`
  const streamed = (headers: Record<string, string>, ...pieces: string[]): WireRequest => {
    const {body, chunks, trailers} = joinChunks(Buffer.from(pieces.join('')))
    return {
      ...example('PUT /examplebucket/chunkObject.txt', headers),
      body,
      chunked: {headers, chunks, trailers},
    }
  }
  const signedChunks = [
    piece(65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
    piece(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
    piece(0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
  ]
  const streamedHeaders = {
    ...chunked,
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    authorization: authorization(
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
      '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    ),
  }

  it('are found good: a body in signed chunks, each of which counts', () => {
    expect(() => verify(streamed(streamedHeaders, ...signedChunks))).not.toThrow()
    const spoiled = (change: (pieces: string[]) => string[]) => () =>
      verify(streamed(streamedHeaders, ...change(signedChunks)))
    const refusal = expect.objectContaining({code: 'SignatureDoesNotMatch'})
    expect(spoiled(([a, b = '', c]) => [a ?? '', b.replace('a\r\n', 'b\r\n'), c ?? ''])).toThrow(refusal)
    expect(spoiled(([a, , c]) => [a ?? '', c ?? ''])).toThrow(refusal)
    expect(spoiled(([a, b, c]) => [b ?? '', a ?? '', c ?? ''])).toThrow(refusal)
    expect(spoiled(pieces => pieces.map(each => each.replace(/;chunk-signature=\w+/, '')))).toThrow(refusal)
    expect(
      spoiled(([a, b, c]) => [a ?? '', b ?? '', `${c?.trimEnd()}\r\nx-amz-acl:public-read\r\n\r\n`]),
    ).toThrow(refusal)
  })

  it('are found good: a body in signed chunks with a trailer, which counts too', () => {
    const headers = {
      ...chunked,
      'x-amz-trailer': 'x-amz-checksum-crc32c',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      authorization: authorization(
        'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
        '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
      ),
    }
    const trailer = (checksum: string) =>
      `0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\nx-amz-checksum-crc32c:${checksum}\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n`
    const pieces = [
      piece(65_536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
      piece(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
    ]
    expect(() => verify(streamed(headers, ...pieces, trailer('sOO8/Q==')))).not.toThrow()
    expect(() => verify(streamed(headers, ...pieces, trailer('sOO8/A==')))).toThrow(
      expect.objectContaining({code: 'SignatureDoesNotMatch'}),
    )
  })

  it('are found good: a request of another service, whose path is taken without its dots', () => {
    const headers = {
      host: 'example.amazonaws.com',
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    }
    for (const path of ['/', '//', '/./', '/example/..']) {
      const request = {...example('GET /', headers), path}
      expect(() => verify(request, suiteSecret, 'query'), path).not.toThrow()
    }
    expect(() => verify({...example('GET /', headers), path: '/x'}, suiteSecret, 'query')).toThrow(
      expect.objectContaining({code: 'SignatureDoesNotMatch'}),
    )
  })
})

const key = newKey()
const stranger = {...key, secretAccessKey: newKey().secretAccessKey}
let server: TestServer

beforeAll(async () => {
  server = await startServer(
    {
      sts: {GetCallerIdentity: () => ({Account: '1'})},
      ecs: {ListClusters: () => ({})},
      ec2: {DescribeVpcs: () => ({})},
      cloudfront: {GetDistribution: () => ({})},
      s3: {
        ListObjectsV2: () => ({}),
        PutObject: () => ({}),
        GetObject: () => ({Body: 'x'}),
      },
    },
    {
      authentication: {
        regions,
        now: Date.now,
        key: id =>
          id === key.accessKeyId
            ? {state: 'known', secretAccessKey: key.secretAccessKey}
            : {state: 'unknown'},
      },
    },
  )
})

afterAll(async () => {
  await server.close()
  expect(server.errors).toEqual([])
})

beforeEach(() => {
  server.calls.length = 0
})

const settings = (credentials: typeof key) => ({
  ...{endpoint: server.url, region: 'us-west-2', credentials, maxAttempts: 1},
})

describe('the SDK with the secret of the account is answered, and with another one refused', () => {
  const calls: [string, (config: ReturnType<typeof settings>) => Promise<unknown>, string, number][] = [
    [
      'sts',
      config => new STSClient(config).send(new GetCallerIdentityCommand({})),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'ecs',
      config => new ECSClient(config).send(new ListClustersCommand({})),
      'InvalidSignatureException',
      400,
    ],
    ['ec2', config => new EC2Client(config).send(new DescribeVpcsCommand({})), 'AuthFailure', 401],
    [
      'cloudfront',
      config =>
        new CloudFrontClient({...config, region: 'us-east-1'}).send(
          new GetDistributionCommand({Id: 'E 1/ü'}),
        ),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      's3',
      config =>
        new S3Client(config).send(
          new ListObjectsV2Command({Bucket: 'demo', Prefix: 'a b+c/ü&=', MaxKeys: 3}),
        ),
      'SignatureDoesNotMatch',
      403,
    ],
  ]
  it.each(calls)('%s', async (_service, call, name, httpStatusCode) => {
    await call(settings(key))
    await expect(call(settings(stranger))).rejects.toMatchObject({name, $metadata: {httpStatusCode}})
    expect(server.calls).toHaveLength(1)
  })
})

describe('S3', () => {
  it('takes keys of every kind, as they are', async () => {
    const client = new S3Client(settings(key))
    const segment = fc.constantFrom(
      'a',
      ' ',
      '..',
      '.',
      '',
      '+',
      '%',
      '%20',
      'ü',
      '漢',
      "!'()*",
      '~',
      '$&=@:,;?',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(segment, {minLength: 1, maxLength: 4}), async segments => {
        const Key = `k${segments.join('/')}`
        await client.send(new PutObjectCommand({Bucket: 'demo', Key, Body: 'x', Metadata: {a: 'b  c'}}))
        await client.send(new GetObjectCommand({Bucket: 'demo', Key}))
        expect(server.calls.at(-1)?.input).toMatchObject({Key})
      }),
      {numRuns: 40, seed: 4711},
    )
  })

  it('takes a stream, with a checksum at its end', async () => {
    const {Readable} = await import('node:stream')
    const client = new S3Client(settings(key))
    const put = {Bucket: 'demo', Key: 'k', Body: Readable.from(['one', 'two']), ContentLength: 6}
    await client.send(new PutObjectCommand(put))
    expect(Buffer.from(server.calls.at(-1)?.rawBody ?? []).toString()).toBe('onetwo')
    expect(server.calls.at(-1)?.headers['x-amz-checksum-crc32']).toMatch(/^[\w+/]+=*$/)
  })

  /** A PUT as the SDK would sign it, with changes after it was signed. */
  async function put(
    {hash, signed = {}}: {hash?: string; signed?: Record<string, string>},
    after: {body?: string; headers?: Record<string, string>; path?: string} = {},
  ) {
    const client = new S3Client(settings(key))
    const host = new URL(server.url).host
    const headers = {host, ...(hash !== undefined && {'x-amz-content-sha256': hash}), ...signed}
    const unsigned = {
      ...{method: 'PUT', protocol: 'http:', hostname: '127.0.0.1', port: server.port, path: '/demo/k'},
      ...{query: {}, headers, body: 'good'},
    }
    const signer = await client.config.signer()
    const request = await signer.sign(unsigned as never)
    const sent = {...request.headers, ...after.headers}
    if (hash === undefined) delete (sent as Record<string, string>)['x-amz-content-sha256']
    const response = await fetch(`${server.url}${after.path ?? '/demo/k'}`, {
      method: 'PUT',
      headers: sent,
      body: after.body ?? 'good',
    })
    const text = await response.text()
    return {status: response.status, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1], text}
  }

  it('compares the body with what was signed of it', async () => {
    expect(await put({hash: sha256('good')})).toMatchObject({status: 200})
    expect(await put({hash: 'UNSIGNED-PAYLOAD'}, {body: 'evil'})).toMatchObject({status: 200})
    expect(await put({hash: sha256('good')}, {body: 'evil'})).toMatchObject({
      status: 400,
      code: 'XAmzContentSHA256Mismatch',
      text: expect.stringContaining(`<ClientComputedContentSHA256>${sha256('good')}<`),
    })
    expect(await put({hash: 'GOOD'})).toMatchObject({status: 400, code: 'InvalidArgument'})
    expect(await put({})).toMatchObject({status: 400, code: 'InvalidRequest'})
  })

  it('takes no header beyond those that are signed, and no other path', async () => {
    const hash = 'UNSIGNED-PAYLOAD'
    expect(await put({hash}, {headers: {'x-amz-copy-source': '/demo/other'}})).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      text: expect.stringContaining('<HeadersNotSigned>x-amz-copy-source<'),
    })
    expect(
      await put({hash, signed: {'x-amz-acl': 'private'}}, {headers: {'x-amz-acl': 'public'}}),
    ).toMatchObject({
      code: 'SignatureDoesNotMatch',
      text: expect.stringMatching(
        /<StringToSign>AWS4-HMAC-SHA256&#x0A;.*<CanonicalRequest>PUT&#x0A;\/demo\/k&#x0A;/s,
      ),
    })
    expect(await put({hash}, {path: '/demo/other'})).toMatchObject({code: 'SignatureDoesNotMatch'})
    expect(await put({hash}, {path: '/demo/k?acl'})).toMatchObject({code: 'SignatureDoesNotMatch'})
  })

  it('takes no header in the guise of a trailer that was not announced', async () => {
    const client = new S3Client(settings(key))
    const {Readable} = await import('node:stream')
    client.middlewareStack.add(
      next => async (args: any) => {
        const {body} = args.request
        const chunks: Buffer[] = []
        for await (const chunk of body) chunks.push(Buffer.from(chunk))
        const text = Buffer.concat(chunks).toString('latin1')
        args.request.body = Buffer.from(
          text.replace(/\r\n\r\n$/, '\r\nx-amz-copy-source:/demo/other\r\n\r\n'),
        )
        return next(args)
      },
      {step: 'finalizeRequest', priority: 'low'},
    )
    const put = {Bucket: 'demo', Key: 'k', Body: Readable.from(['one']), ContentLength: 3}
    await client.send(new PutObjectCommand(put))
    expect(server.calls.at(-1)).toMatchObject({operation: 'PutObject'})
    expect(server.calls.at(-1)?.headers).not.toHaveProperty('x-amz-copy-source')
  })
})

describe('a presigned URL', () => {
  async function presigned(credentials: typeof key): Promise<string> {
    const client = new S3Client(settings(credentials))
    const signer = (await client.config.signer()) as unknown as {
      presign(request: object, options: object): Promise<{query: Record<string, string>}>
    }
    const {query} = await signer.presign(
      {
        ...{method: 'GET', protocol: 'http:', hostname: '127.0.0.1', port: server.port, path: '/demo/a%20b'},
        ...{
          query: {'response-content-type': 'text/plain'},
          headers: {host: `127.0.0.1:${server.port}`, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD'},
        },
      },
      {expiresIn: 60},
    )
    return `${server.url}/demo/a%20b?${new URLSearchParams(query)}`
  }

  it('is good for what it was signed for', async () => {
    const url = await presigned(key)
    expect((await fetch(url)).status).toBe(200)
    expect((await fetch(url.replace('a%20b', 'a%20c'))).status).toBe(403)
    expect((await fetch(url.replace('text%2Fplain', 'text%2Fhtml'))).status).toBe(403)
    expect((await fetch(url, {method: 'PUT', body: 'x'})).status).toBe(403)
    expect((await fetch(await presigned(stranger))).status).toBe(403)
  })

  it('calls other services as well, when it is signed', async () => {
    const client = new STSClient(settings(key))
    const signer = (await client.config.signer()) as unknown as {
      presign(request: object, options: object): Promise<{query: Record<string, string>}>
    }
    const {query} = await signer.presign(
      {
        ...{method: 'GET', protocol: 'http:', hostname: '127.0.0.1', port: server.port, path: '/'},
        ...{
          query: {Action: 'GetCallerIdentity', Version: '2011-06-15'},
          headers: {host: `127.0.0.1:${server.port}`},
        },
      },
      {expiresIn: 60},
    )
    const url = `${server.url}/?${new URLSearchParams(query)}`
    expect((await fetch(url)).status).toBe(200)
    const other = await fetch(url.replace(/(X-Amz-Signature=)..../, '$10000'))
    expect([other.status, await other.text()]).toEqual([
      403,
      expect.stringContaining('SignatureDoesNotMatch'),
    ])
  })
})

describe('a call of another service', () => {
  const form = 'Action=GetCallerIdentity&Version=2011-06-15'
  const scope = {region: 'us-west-2', service: 'sts'}
  const headersFor = (more: Record<string, string> = {}) =>
    signedHeaders(key, scope, {
      ...{method: 'POST', url: new URL(server.url), body: form},
      headers: {'content-type': 'application/x-www-form-urlencoded', ...more},
    })
  const post = (headers: Record<string, string>, body = form) =>
    new Promise<{status?: number; text: string}>((resolve, reject) => {
      const sent = httpRequest(server.url, {method: 'POST', headers}, response => {
        let text = ''
        response.on('data', data => {
          text += data
        })
        response.on('end', () => resolve({status: response.statusCode, text}))
      })
      sent.on('error', reject).end(body)
    })

  it('is taken with the body that was signed, and no other', async () => {
    expect(await post(headersFor())).toMatchObject({status: 200})
    expect(await post(headersFor(), `${form}&x=1`)).toMatchObject({
      status: 403,
      text: expect.stringMatching(
        /SignatureDoesNotMatch.*The request signature we calculated does not match/s,
      ),
    })
    const hash = {'x-amz-content-sha256': 'UNSIGNED-PAYLOAD'}
    expect(await post(headersFor(hash), `${form}&x=1`)).toMatchObject({status: 403})
  })

  it('names the headers that have to be signed', async () => {
    expect(await post({...headersFor(), 'x-amz-target': 'Other.Thing'})).toMatchObject({
      status: 403,
      text: expect.stringContaining('&apos;x-amz-target&apos; must be a &apos;SignedHeader&apos;'),
    })
  })

  it.each(['AWS4-HMAC-SHA1', 'AWS4-ECDSA-P256-SHA256'])('in %s is refused', async algorithm => {
    const {authorization = '', ...headers} = headersFor()
    const text = authorization.replace('AWS4-HMAC-SHA256', algorithm)
    expect(await post({...headers, authorization: text})).toMatchObject({
      status: 400,
      text: expect.stringMatching(/IncompleteSignature.*Unsupported AWS &apos;algorithm&apos;/s),
    })
  })

  it('is refused, whatever byte of its signature is another one', async () => {
    const {authorization = '', ...headers} = headersFor()
    await fc.assert(
      fc.asyncProperty(fc.nat({max: 63}), fc.constantFrom(...'0123456789abcdefg'), async (at, digit) => {
        const value = authorization.slice(-64)
        const other = `${value.slice(0, at)}${digit}${value.slice(at + 1)}`
        const {status} = await post({...headers, authorization: authorization.slice(0, -64) + other})
        expect(status).toBe(other === value ? 200 : 403)
      }),
      {numRuns: 30, seed: 4711},
    )
    expect(basicDate(0)).toBe('19700101T000000Z')
  })

  it('of S3 in version 2 is refused: S3 takes version 4 alone', async () => {
    const headers = {authorization: `AWS ${key.accessKeyId}:c2lnbmF0dXJl`, date: new Date().toUTCString()}
    const answer = await fetch(`${server.url}/demo/k`, {headers})
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringMatching(/InvalidRequest.*Please use AWS4-HMAC-SHA256\./s),
    ])
  })
})
