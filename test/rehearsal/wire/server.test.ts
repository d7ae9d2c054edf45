import {request as httpRequest} from 'node:http'
import {connect} from 'node:net'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {AwsError, createWireServer, modelled} from '../../../src/rehearsal/wire/index.js'
import {startServer, type TestServer} from './test-server.js'

const LIMIT = 100_000
const FORM = {'content-type': 'application/x-www-form-urlencoded'}
const JSON_1_1 = {'content-type': 'application/x-amz-json-1.1'}
const ECS = {...JSON_1_1, 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters'}

let server: TestServer

beforeAll(async () => {
  server = await startServer(
    {
      cloudformation: {
        DescribeStacks() {
          throw new AwsError('ValidationError', 'a < b', {extra: {Detail: 7}})
        },
        DescribeChangeSet() {
          throw modelled('ChangeSetNotFoundException', 'gone')
        },
        DeleteStack() {},
        CancelUpdateStack: () => ({}),
      },
      ec2: {
        DescribeVpcs() {
          throw new AwsError('InvalidVpcID.NotFound', 'gone')
        },
        DescribeSubnets: () => ({Subnets: [{SubnetId: 'subnet-1'}]}),
      },
      ecs: {
        ListClusters: ({maxResults}) => ({clusterArns: [], nextToken: String(maxResults)}),
        DescribeServices() {
          throw modelled('ClusterNotFoundException', 'Cluster not found.')
        },
      },
      s3: {
        GetObject() {
          throw modelled('NoSuchKey', 'The specified key does not exist.', {})
        },
        PutObject: () => ({}),
      },
    },
    {
      bodyLimit: LIMIT,
      hosts: name => ['d1.cloudfront.net', 'mcp.example.com'].includes(name),
      async onPlainRequest({method, host, path, query, body}) {
        if (path === '/nobody') return undefined
        if (path === '/broken') throw new Error('a mistake in the hook')
        const text = `${method} ${host} ${path} ${query.get('q')} ${Buffer.from(body)}`
        return {status: 201, headers: {'x-from': 'plain'}, body: text}
      },
    },
  )
})

afterAll(() => server.close())

const query = (action: string, version = '2010-05-15') =>
  fetch(server.url, {method: 'POST', headers: FORM, body: `Action=${action}&Version=${version}`})

describe('what goes over the wire', () => {
  it.each([
    [
      'DescribeStacks',
      400,
      '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>a &lt; b</Message><Detail>7</Detail></Error><RequestId>@ID@</RequestId></ErrorResponse>',
    ],
    [
      'DescribeChangeSet',
      404,
      '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ChangeSetNotFound</Code><Message>gone</Message></Error><RequestId>@ID@</RequestId></ErrorResponse>',
    ],
    [
      'CancelUpdateStack',
      200,
      '<CancelUpdateStackResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ResponseMetadata><RequestId>@ID@</RequestId></ResponseMetadata></CancelUpdateStackResponse>',
    ],
  ])('Query: %s', async (action, status, xml) => {
    const response = await query(action)
    const id = response.headers.get('x-amzn-requestid') ?? ''
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${xml.replace('@ID@', id)}`)
  })

  it.each([
    [
      'DescribeVpcs',
      400,
      '<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>gone</Message></Error></Errors><RequestID>@ID@</RequestID></Response>',
    ],
    [
      'DescribeSubnets',
      200,
      '<DescribeSubnetsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15"><requestId>@ID@</requestId><subnetSet><item><subnetId>subnet-1</subnetId></item></subnetSet></DescribeSubnetsResponse>',
    ],
  ])('EC2: %s', async (action, status, xml) => {
    const response = await query(action, '2016-11-15')
    const id = response.headers.get('x-amzn-requestid') ?? ''
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${xml.replace('@ID@', id)}`)
  })

  it('JSON', async () => {
    const headers = {...ECS, 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DescribeServices'}
    const response = await fetch(server.url, {method: 'POST', headers, body: '{"services":[]}'})
    expect([response.status, await response.text()]).toEqual([
      400,
      '{"__type":"ClusterNotFoundException","message":"Cluster not found."}',
    ])
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1')
  })

  it('S3', async () => {
    const response = await fetch(`${server.url}/b/k`)
    const id = response.headers.get('x-amz-request-id') ?? ''
    expect(response.status).toBe(404)
    expect(await response.text()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><RequestId>${id}</RequestId><HostId>${response.headers.get('x-amz-id-2')}</HostId></Error>`,
    )
  })
})

describe('bodies that do not parse', () => {
  it.each(['{', '[]', '"x"', '{"maxResults":"ten"}', '{"nextToken":{}}', '[['.repeat(50_000)])(
    'JSON %.20s',
    async body => {
      const response = await fetch(server.url, {method: 'POST', headers: ECS, body})
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({__type: 'SerializationException'})
    },
  )

  it('form', async () => {
    const response = await query('Describe%zz')
    expect(await response.text()).toContain('<Code>MalformedQueryString</Code>')
  })

  it('numbers in a form', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: FORM,
      body: 'Action=DescribeSubnets&Version=2016-11-15&MaxResults=ten',
    })
    expect(await response.text()).toContain('<Code>MalformedInput</Code>')
  })

  it.each(['<Delete', '<Delete><Object>', 'plain', '<a>'.repeat(10_000)])('XML %.20s', async body => {
    const response = await fetch(`${server.url}/b?delete`, {method: 'POST', body})
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('<Code>MalformedXML</Code>'),
    ])
  })

  it('chunks', async () => {
    const headers = {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    }
    const response = await fetch(`${server.url}/b/k`, {method: 'PUT', headers, body: '5\r\nabc'})
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('<Code>IncompleteBody</Code>'),
    ])
  })

  it.each([
    ['/b/k', {}, '<Code>EntityTooLarge</Code>'],
    ['/', ECS, '"RequestEntityTooLarge"'],
  ])('too long, at %s', async (path, headers, text) => {
    const body = Buffer.alloc(LIMIT + 1)
    const response = await fetch(server.url + path, {method: path === '/' ? 'POST' : 'PUT', headers, body})
    expect(await response.text()).toContain(text)
    const whole = await fetch(`${server.url}/b/k`, {method: 'PUT', body: body.subarray(1)})
    expect(whole.status).toBe(200)
  })
})

describe('requests for others', () => {
  const get = (host: string, path: string, method = 'GET', body = '') =>
    new Promise<{status?: number; text: string}>((resolve, reject) => {
      const headers = {host, 'content-length': String(Buffer.byteLength(body))}
      const sent = httpRequest(server.url + path, {method, headers}, response => {
        let text = ''
        response.on('data', chunk => {
          text += chunk
        })
        response.on('end', () => resolve({status: response.statusCode, text}))
      })
      sent.on('error', reject).end(body)
    })

  it('go to the hook', async () => {
    const site = await get('d1.cloudfront.net', '/a%20b?q=1')
    expect(site).toEqual({status: 201, text: 'GET d1.cloudfront.net /a%20b 1 '})
    const answer = await get('127.0.0.1', '/_mcpgw/answer?q=2&X-Amz-Signature=0', 'PUT', '{}')
    expect(answer.text).toBe('PUT 127.0.0.1 /_mcpgw/answer 2 {}')
    expect((await get('mcp.example.com', '/nobody')).status).toBe(404)
    expect((await get('mcp.example.com', '/broken')).status).toBe(500)
  })

  it.each([
    ['a Query service', FORM, 'Action=DescribeDBInstances&Version=2014-10-31', '<Code>InvalidAction</Code>'],
    ['a JSON service', {'x-amz-target': 'DynamoDB_20120810.ListTables'}, '{}', '"UnknownOperationException"'],
  ])('that are for %s get its words', async (_what, headers, body, text) => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body,
    })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(text)])
  })
})

describe('the server', () => {
  it('survives clients that go away or talk nonsense', async () => {
    for (const text of [
      '',
      'nonsense\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc',
      'GET // HTTP/1.1\r\nHost: a\r\n\r\n',
    ]) {
      await new Promise<void>(resolve => {
        const socket = connect(server.port, '127.0.0.1', () => {
          socket.write(text)
          setTimeout(() => socket.destroy(), 20)
        })
        socket.on('error', () => {}).on('close', () => resolve())
      })
    }
    expect((await query('DeleteStack')).status).toBe(200)
  })

  it('frees its port when it closes, with connections open', async () => {
    const other = await createWireServer({handle: async () => ({})})
    const socket = connect(other.port, '127.0.0.1')
    await new Promise(resolve => socket.on('connect', resolve))
    await other.close()
    const again = await createWireServer({handle: async () => ({}), port: other.port})
    expect(again.url).toBe(`http://127.0.0.1:${other.port}`)
    await expect(createWireServer({handle: async () => ({}), port: other.port})).rejects.toThrow('EADDRINUSE')
    await again.close()
    socket.destroy()
  })
})
