import {request as httpRequest} from 'node:http'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {startServer, type TestServer} from './test-server.js'

const RUNS = 400

let server: TestServer

beforeAll(async () => {
  server = await startServer({
    cloudformation: {CreateStack: () => ({StackId: 's'}), DescribeStacks: () => ({})},
    ecs: {CreateService: () => ({}), DescribeServices: () => ({})},
    s3: {PutBucketLifecycleConfiguration: () => ({}), DeleteObjects: () => ({}), PutObject: () => ({})},
    ec2: {DescribeVpcs: () => ({}), CreateTags: () => {}},
  })
})

afterAll(() => server.close())

interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body: Uint8Array
}

/** Pieces that mean something to one decoder or another, in any order. */
const token = fc.oneof(
  fc.constantFrom(
    'Action=',
    'CreateStack',
    'DescribeVpcs',
    '&',
    '=',
    '.',
    '.member.1',
    '.1.',
    'Filter',
    'Tags',
    'Parameters',
  ),
  fc.constantFrom(
    'Version=2010-05-15',
    'Version=2016-11-15',
    '%',
    '%zz',
    '%E6',
    '+',
    '\0',
    '__proto__',
    'constructor',
  ),
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"services"',
    '"cluster"',
    ':',
    ',',
    'null',
    '1e999',
    '"tags"',
    '-1',
    '"__proto__"',
  ),
  fc.constantFrom(
    '<',
    '>',
    '</',
    '<Delete>',
    '</Delete>',
    '<Object>',
    '<![CDATA[',
    '<!DOCTYPE a [',
    ']>',
    '&#x0;',
    '&lt;',
    '<?xml',
  ),
  fc.constantFrom('5\r\n', '0\r\n\r\n', 'ffffffff\r\n', 'x-amz-checksum-crc32:x', ';chunk-signature=0'),
  fc.string({unit: 'binary', maxLength: 8}),
)

const body = fc.oneof(
  fc.array(token, {maxLength: 25}).map(tokens => Buffer.from(tokens.join(''))),
  fc.json().map(text => Buffer.from(text)),
  fc.uint8Array({maxLength: 60}),
)

const scope = fc.constantFrom('cloudformation', 'ec2', 'ecs', 's3', 'elasticloadbalancing', 'lambda', '')

const headers = fc.record(
  {
    authorization: scope.map(name => `AWS4-HMAC-SHA256 Credential=A/2/r/${name}/aws4_request, Signature=0`),
    'content-type': fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/x-amz-json-1.1',
      'application/xml',
    ),
    'x-amz-target': fc.constantFrom('AmazonEC2ContainerServiceV20141113.CreateService', 'a.b', '.', ''),
    'content-encoding': fc.constantFrom('aws-chunked', 'gzip'),
    'content-length-of-nothing': fc.constant('1'),
    'x-amz-copy-source': fc.constantFrom('b/k', '%zz'),
    'if-modified-since': fc.constantFrom('yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT'),
  },
  {requiredKeys: []},
) as fc.Arbitrary<Record<string, string>>

const path = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '/b',
    '/b/k',
    '/b?delete',
    '/b?lifecycle',
    '/b/k?partNumber=x&uploadId=1',
    '/%zz',
    '/b?%zz',
    '/?Action',
  ),
  fc.webPath().map(text => `/${text}`),
)

const sent: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'),
  path,
  headers,
  body,
})

const send = ({method, path, headers, body}: Sent) =>
  new Promise<number>((resolve, reject) => {
    const options = {host: '127.0.0.1', port: server.port, method, path}
    const outgoing = httpRequest(
      {...options, headers: {...headers, 'content-length': String(body.length)}},
      response => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    outgoing.on('error', reject).end(body)
  })

it('answers every malformed request with an error of the caller, never of its own', async () => {
  await fc.assert(
    fc.asyncProperty(sent, async request => {
      server.errors.length = 0
      const status = await send(request)
      expect(server.errors).toEqual([])
      expect(status).toBeGreaterThanOrEqual(200)
      // 501 is S3's word for an operation that the account lacks.
      expect(status === 501 || status < 500).toBe(true)
    }),
    {numRuns: RUNS, seed: 4711},
  )
})
