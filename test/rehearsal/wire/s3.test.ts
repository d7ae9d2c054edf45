import {Agent, request} from 'node:http'
import {connect} from 'node:net'
import {Readable} from 'node:stream'
import {
  CreateMultipartUploadCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {AwsError, modelled} from '../../../src/rehearsal/wire/index.js'
import {tidyXml} from '../../../src/rehearsal/wire/xml.js'
import {config} from './clients.js'
import {startServer, type TestServer} from './test-server.js'

interface Stored {
  body: Uint8Array
  metadata: Record<string, string>
}

const objects = new Map<string, Stored>()
let server: TestServer

const find = (bucket: string | undefined, key: string | undefined): Stored => {
  const found = objects.get(`${bucket}/${key}`)
  if (!found) throw modelled('NoSuchKey', 'The specified key does not exist.', {Key: key})
  return found
}

beforeAll(async () => {
  server = await startServer({
    s3: {
      PutObject({Bucket, Key, Body, Metadata}) {
        objects.set(`${Bucket}/${Key}`, {body: Body ?? new Uint8Array(), metadata: Metadata ?? {}})
        return {ETag: 'abc'}
      },
      GetObject({Bucket, Key, Range}) {
        const {body, metadata} = find(Bucket, Key)
        if (!Range) return {Body: body, Metadata: metadata, ContentType: 'text/plain', ETag: '"abc"'}
        const part = body.subarray(0, 2)
        return {Body: part, ContentRange: `bytes 0-1/${body.length}`}
      },
      HeadObject({Bucket, Key}) {
        if (Bucket === 'elsewhere') {
          throw new AwsError('PermanentRedirect', '', {
            status: 301,
            headers: {'x-amz-bucket-region': 'eu-north-1'},
          })
        }
        return {ContentLength: find(Bucket, Key).body.length}
      },
      GetBucketLocation: ({Bucket}) => (Bucket === 'old' ? {} : {LocationConstraint: 'eu-west-1'}),
      ListBuckets: () => ({Buckets: [{Name: 'b', CreationDate: new Date(0)}]}),
      ListObjectsV2: ({Prefix}) => ({Contents: [{Key: `${Prefix}&<漢>`, Size: 3, ETag: '"x"'}], KeyCount: 1}),
      CreateMultipartUpload: ({Bucket, Key}) => ({Bucket, Key, UploadId: 'u'}),
      UploadPart: ({PartNumber, UploadId, Body}) => ({ETag: `"${UploadId}-${PartNumber}-${Body?.length}"`}),
    },
  })
})

afterAll(() => server.close())

/** Every host name leads to the test server, as DNS would for virtual-host addresses. */
class LocalAgent extends Agent {
  override createConnection() {
    return connect(server.port, '127.0.0.1')
  }
}

const pathStyle = () => new S3Client(config(server.url))
const virtualHost = () =>
  new S3Client({
    ...config(`http://s3.eu-west-1.amazonaws.com`),
    requestHandler: {httpAgent: new LocalAgent()},
  })

describe.each([
  ['path style', pathStyle],
  ['virtual-host style', virtualHost],
])('S3 in %s', (_style, client) => {
  it.each(['plain', 'a b/c+d%20&=?#', 'ü/漢字/😀', 'a//b/./..c'])('stores and returns %j', async Key => {
    const Body = Buffer.from([0, 1, 13, 10, 255])
    const put = await client().send(
      new PutObjectCommand({Bucket: 'bucket-one', Key, Body, Metadata: {some: 'x'}}),
    )
    expect(put.ETag).toBe('"abc"')
    expect([...objects.keys()]).toContain(`bucket-one/${Key}`)
    const got = await client().send(new GetObjectCommand({Bucket: 'bucket-one', Key}))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body)
    expect(got).toMatchObject({
      Metadata: {some: 'x'},
      ContentType: 'text/plain',
      ContentLength: 5,
      ETag: '"abc"',
    })
  })

  it('joins the chunks of a stream and sees its trailing checksum', async () => {
    const Body = Readable.from(['ab'.repeat(50_000), 'cd'.repeat(50_000)])
    await client().send(new PutObjectCommand({Bucket: 'b', Key: 'stream', Body, ContentLength: 200_000}))
    expect(Buffer.from(find('b', 'stream').body).toString()).toBe('ab'.repeat(50_000) + 'cd'.repeat(50_000))
    expect(server.calls.at(-1)?.headers['x-amz-checksum-crc32']).toBeDefined()
    expect(server.calls.at(-1)?.headers['content-encoding']).toBeUndefined()
  })

  it('answers a range with 206', async () => {
    await client().send(new PutObjectCommand({Bucket: 'b', Key: 'k', Body: 'hello'}))
    const got = await client().send(new GetObjectCommand({Bucket: 'b', Key: 'k', Range: 'bytes=0-1'}))
    expect(got.$metadata.httpStatusCode).toBe(206)
    expect(await got.Body?.transformToString()).toBe('he')
  })

  it('gives errors a body, except to HEAD', async () => {
    const missing = {Bucket: 'b', Key: 'missing'}
    await expect(client().send(new GetObjectCommand(missing))).rejects.toThrow(NoSuchKey)
    await expect(client().send(new HeadObjectCommand(missing))).rejects.toThrow(NotFound)
    const redirected = client().send(new HeadObjectCommand({Bucket: 'elsewhere', Key: 'k'}))
    await expect(redirected).rejects.toMatchObject({$metadata: {httpStatusCode: 301}})
  })

  it('tells the length in HEAD', async () => {
    await client().send(new PutObjectCommand({Bucket: 'b', Key: 'k', Body: 'hello'}))
    const {ContentLength} = await client().send(new HeadObjectCommand({Bucket: 'b', Key: 'k'}))
    expect(ContentLength).toBe(5)
  })

  it('lists, locates and uploads in parts', async () => {
    expect((await client().send(new ListBucketsCommand({}))).Buckets?.[0]?.Name).toBe('b')
    const list = await client().send(new ListObjectsV2Command({Bucket: 'b', Prefix: 'p/'}))
    expect(list.Contents).toEqual([{Key: 'p/&<漢>', Size: 3, ETag: '"x"'}])
    const location = await client().send(new GetBucketLocationCommand({Bucket: 'b'}))
    expect(location.LocationConstraint).toBe('eu-west-1')
    expect(
      (await client().send(new GetBucketLocationCommand({Bucket: 'old'}))).LocationConstraint,
    ).toBeUndefined()
    const {UploadId} = await client().send(new CreateMultipartUploadCommand({Bucket: 'b', Key: 'k'}))
    const part = {Bucket: 'b', Key: 'k', UploadId, PartNumber: 2, Body: 'abc'}
    expect((await client().send(new UploadPartCommand(part))).ETag).toBe('"u-2-3"')
  })
})

describe('S3 without a client', () => {
  it('asks for the body with 100-continue', async () => {
    const headers = {Expect: '100-continue', 'content-length': '2'}
    const put = request(`${server.url}/b/continued`, {method: 'PUT', headers})
    put.on('continue', () => put.end('ok'))
    put.flushHeaders()
    const status = await new Promise(resolve => put.on('response', response => resolve(response.statusCode)))
    expect(status).toBe(200)
    expect(Buffer.from(find('b', 'continued').body).toString()).toBe('ok')
  })

  it('understands the credentials of a presigned URL', async () => {
    objects.set('b/signed', {body: Buffer.from('x'), metadata: {}})
    const query =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260101%2Feu-west-3%2Fs3%2Faws4_request'
    const response = await fetch(`${server.url}/b/signed?${query}&X-Amz-Signature=0`)
    expect(await response.text()).toBe('x')
    expect(server.calls.at(-1)).toMatchObject({
      operation: 'GetObject',
      region: 'eu-west-3',
      accessKeyId: 'AKID',
    })
  })

  it('has no answer to unknown methods and to what the account lacks', async () => {
    const patch = await fetch(`${server.url}/b/k`, {method: 'PATCH'})
    expect([patch.status, await patch.text()]).toEqual([
      405,
      expect.stringContaining('<Code>MethodNotAllowed</Code>'),
    ])
    const acl = await fetch(`${server.url}/b?acl`)
    expect([acl.status, await acl.text()]).toEqual([
      501,
      expect.stringContaining('<Code>NotImplemented</Code>'),
    ])
  })

  it('writes metadata that no header can hold as an encoded word', async () => {
    objects.set('b/words', {body: Buffer.from(''), metadata: {word: '漢'}})
    const response = await fetch(`${server.url}/b/words`)
    expect(response.headers.get('x-amz-meta-word')).toBe('=?UTF-8?B?5ryi?=')
  })
})

describe('tidyXml', () => {
  it('escapes line breaks in attributes and leaves text alone', () => {
    expect(tidyXml('<a b="1\n2">x\ny=&quot;\n&quot;</a>')).toBe('<a b="1&#xA;2">x\ny=&quot;\n&quot;</a>')
    expect(tidyXml('a\u0000\u001b\ud800b😀\ufffe')).toBe('ab😀')
  })
})
