import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {regions} from '../../../src/rehearsal/account/regions.js'
import type {KnownKey} from '../../../src/rehearsal/wire/index.js'
import {startServer, type TestServer} from './test-server.js'

const now = Date.UTC(2026, 0, 1, 12)
const minute = 60_000

let server: TestServer

beforeAll(async () => {
  server = await startServer(
    {
      sts: {GetCallerIdentity: () => ({Account: '1'})},
      ecs: {ListClusters: () => ({})},
      ec2: {DescribeVpcs: () => ({})},
      s3: {ListBuckets: () => ({}), HeadBucket: () => ({}), GetObject: () => ({Body: 'x'})},
    },
    {
      authentication: {
        regions,
        now: () => now,
        key: key => ({state: ['unknown', 'expired', 'badToken'].includes(key) ? key : 'open'}) as KnownKey,
      },
    },
  )
})

afterAll(() => server.close())

const basic = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')

interface Signing {
  key?: string
  at?: number
  region?: string
  scopeDate?: string
  scopeService?: string
  authorization?: string
}

type Service = 'sts' | 'ecs' | 'ec2' | 's3'

/** A request of each protocol, signed as told; nobody calculates the signature. */
function request(service: Service, signing: Signing | undefined, host?: string) {
  const headers: Record<string, string> = {...(host && {host})}
  if (signing) {
    const {key = 'rehearsal', at = now, region = 'us-west-2', scopeService = service} = signing
    const date = signing.scopeDate ?? basic(at).slice(0, 8)
    headers['x-amz-date'] = basic(at)
    headers.authorization =
      signing.authorization ??
      `AWS4-HMAC-SHA256 Credential=${key}/${date}/${region}/${scopeService}/aws4_request, SignedHeaders=host, Signature=0`
  }
  if (service === 's3') headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
  if (service === 's3') return {path: '/bucket/key', method: 'GET', headers, body: undefined}
  if (service === 'ecs') {
    headers['content-type'] = 'application/x-amz-json-1.1'
    headers['x-amz-target'] = 'AmazonEC2ContainerServiceV20141113.ListClusters'
    return {path: '/', method: 'POST', headers, body: '{}'}
  }
  headers['content-type'] = 'application/x-www-form-urlencoded'
  const [action, version] =
    service === 'sts' ? ['GetCallerIdentity', '2011-06-15'] : ['DescribeVpcs', '2016-11-15']
  return {path: '/', method: 'POST', headers, body: `Action=${action}&Version=${version}`}
}

async function ask(service: Service, signing?: Signing, path?: string) {
  const {headers, method, body, ...rest} = request(service, signing)
  const response = await fetch(server.url + (path ?? rest.path), {method, headers, body})
  const text = await response.text()
  const code = /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? /"__type":"(.*?)"/.exec(text)?.[1]
  const message = /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? /"message":"(.*?)"/.exec(text)?.[1]
  return {
    status: response.status,
    code,
    message: message?.replaceAll('&apos;', "'").replaceAll('&quot;', '"'),
    text,
  }
}

describe.each<[Service, Record<string, [number, string | undefined, RegExp?]>]>([
  [
    'sts',
    {
      none: [403, 'MissingAuthenticationToken', /^Request is missing Authentication Token$/],
      unknown: [403, 'InvalidClientTokenId', /^The security token included in the request is invalid\.$/],
      badToken: [403, 'InvalidClientTokenId'],
      expired: [403, 'ExpiredToken', /^The security token included in the request is expired$/],
      late: [
        403,
        'SignatureDoesNotMatch',
        /^Signature expired: 20260101T115400Z is now earlier than 20260101T115500Z \(20260101T120000Z - 5 min\.\)$/,
      ],
      early: [
        403,
        'SignatureDoesNotMatch',
        /^Signature not yet current: 20260101T120600Z is still later than 20260101T120500Z/,
      ],
      region: [
        403,
        'SignatureDoesNotMatch',
        /^Credential should be scoped to a valid region, not 'mars-1'\. $/,
      ],
      day: [
        403,
        'SignatureDoesNotMatch',
        /^Date in Credential scope does not match YYYYMMDD .* '20251231' != '20260101', from '20260101T120000Z'\.$/,
      ],
      torn: [
        400,
        'IncompleteSignature',
        /^Authorization header requires 'SignedHeaders' parameter\. Authorization header requires 'Signature' parameter\.$/,
      ],
      short: [
        400,
        'IncompleteSignature',
        /^Credential must have exactly 5 slash-delimited elements, .*got 'a\/b'$/,
      ],
    },
  ],
  [
    'ecs',
    {
      none: [400, 'MissingAuthenticationTokenException'],
      unknown: [
        400,
        'UnrecognizedClientException',
        /^The security token included in the request is invalid\.$/,
      ],
      badToken: [400, 'UnrecognizedClientException'],
      expired: [400, 'ExpiredTokenException', /^The security token included in the request is expired$/],
      late: [400, 'InvalidSignatureException', /^Signature expired: /],
      early: [400, 'InvalidSignatureException', /^Signature not yet current: /],
      region: [400, 'InvalidSignatureException', /'mars-1'/],
      day: [400, 'InvalidSignatureException'],
      torn: [400, 'IncompleteSignatureException'],
      short: [400, 'IncompleteSignatureException'],
    },
  ],
  [
    'ec2',
    {
      none: [400, 'MissingAuthenticationToken'],
      unknown: [401, 'AuthFailure', /^AWS was not able to validate the provided access credentials$/],
      badToken: [401, 'AuthFailure'],
      expired: [400, 'RequestExpired', /^Request has expired\.$/],
      late: [401, 'AuthFailure'],
      early: [401, 'AuthFailure'],
      region: [401, 'AuthFailure'],
      day: [401, 'AuthFailure'],
      torn: [400, 'IncompleteSignature'],
      short: [400, 'IncompleteSignature'],
    },
  ],
  [
    's3',
    {
      none: [403, 'AccessDenied', /^Access Denied$/],
      unknown: [
        403,
        'InvalidAccessKeyId',
        /^The AWS Access Key Id you provided does not exist in our records\.$/,
      ],
      badToken: [400, 'InvalidToken', /^The provided token is malformed or otherwise invalid\.$/],
      expired: [400, 'ExpiredToken', /^The provided token has expired\.$/],
      // S3 allows for clocks that are a quarter of an hour off.
      late: [200, undefined],
      early: [200, undefined],
      region: [400, 'AuthorizationHeaderMalformed', /the region 'mars-1' is wrong; expecting 'us-west-2'$/],
      day: [
        400,
        'AuthorizationHeaderMalformed',
        /Invalid credential date "20251231"\. .* X-Amz-Date: "20260101"\.$/,
      ],
      torn: [
        400,
        'AuthorizationHeaderMalformed',
        /three components: Credential, SignedHeaders, and Signature\.$/,
      ],
      short: [400, 'AuthorizationHeaderMalformed', /the Credential is mal-formed; expecting /],
    },
  ],
])('%s says of a request', (service, expected) => {
  it.each<[string, string, Signing | undefined]>([
    ['without a signature', 'none', undefined],
    ['of a key that nobody has', 'unknown', {key: 'unknown'}],
    ['with a session token of somebody else', 'badToken', {key: 'badToken'}],
    ['of a session that is over', 'expired', {key: 'expired'}],
    ['signed six minutes ago', 'late', {at: now - 6 * minute}],
    ['signed six minutes from now', 'early', {at: now + 6 * minute}],
    ['for a region that there is not', 'region', {region: 'mars-1'}],
    ['scoped to another day', 'day', {scopeDate: '20251231'}],
    [
      'with half a signature',
      'torn',
      {authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-west-2/SERVICE/aws4_request'},
    ],
    [
      'with a credential that is none',
      'short',
      {authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0'},
    ],
  ])('%s', async (_what, kind, signing) => {
    const authorization = signing?.authorization?.replace('SERVICE', service)
    const [status, code, message] = expected[kind] ?? []
    const answer = await ask(service, signing && {...signing, ...(authorization && {authorization})})
    expect(answer).toMatchObject({status, ...(code && {code})})
    if (message) expect(answer.message).toMatch(message)
    expect(server.errors).toEqual([])
  })

  it('that is signed as it should be: nothing', async () => {
    expect(await ask(service, {})).toMatchObject({status: 200})
    expect(await ask(service, {at: now - 4 * minute, region: 'eu-west-1'})).toMatchObject({status: 200})
  })
})

describe('S3', () => {
  it('says how far the clocks are apart beyond a quarter of an hour', async () => {
    expect(await ask('s3', {at: now - 16 * minute})).toMatchObject({
      status: 403,
      code: 'RequestTimeTooSkewed',
      text: expect.stringContaining('<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>'),
    })
  })

  it('knows its own scope from that of another service', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=a/20260101/us-west-2/s3/aws4_request/more, SignedHeaders=host, Signature=0'
    expect(await ask('s3', {authorization})).toMatchObject({code: 'AuthorizationHeaderMalformed'})
  })

  const presigned = (changes: Record<string, string | undefined> = {}) => {
    const parameters = {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'rehearsal/20260101/us-west-2/s3/aws4_request',
      'X-Amz-Date': basic(now - 10 * minute),
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': '0',
      ...changes,
    }
    const given = Object.entries(parameters).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return `/bucket/key?${new URLSearchParams(given)}`
  }

  it.each<[string, Record<string, string | undefined>, number, string | undefined, RegExp?]>([
    ['takes a presigned URL', {}, 200, undefined],
    ['refuses one after its time', {'X-Amz-Expires': '599'}, 403, 'AccessDenied', /^Request has expired$/],
    [
      'refuses one before its time',
      {'X-Amz-Date': basic(now + 20 * minute)},
      403,
      'AccessDenied',
      /not valid yet/,
    ],
    [
      'refuses a life beyond a week',
      {'X-Amz-Expires': '604801'},
      400,
      'AuthorizationQueryParametersError',
      /less than a week/,
    ],
    [
      'refuses a life that is no number',
      {'X-Amz-Expires': 'long'},
      400,
      'AuthorizationQueryParametersError',
      /should be a number/,
    ],
    [
      'refuses half of one',
      {'X-Amz-Date': undefined},
      400,
      'AuthorizationQueryParametersError',
      /requires the X-Amz-Algorithm/,
    ],
    [
      'refuses one of an unknown key',
      {'X-Amz-Credential': 'unknown/20260101/us-west-2/s3/aws4_request'},
      403,
      'InvalidAccessKeyId',
    ],
  ])('%s', async (_what, changes, status, code, message) => {
    const answer = await ask('s3', undefined, presigned(changes))
    expect(answer).toMatchObject({status, ...(code && {code})})
    if (message) expect(answer.message).toMatch(message)
  })
})

it('whatever the signature says, the answer is an error of the caller', async () => {
  const part = fc.oneof(
    fc.constantFrom('', 'a', '20260101', 'us-west-2', 's3', 'ecs', 'aws4_request', '/', ','),
    fc.string({maxLength: 6}),
  )
  const credential = fc.array(part, {maxLength: 7}).map(parts => parts.join('/').replace(/[^\x20-\x7E]/g, ''))
  const shape = fc.constantFrom('AWS4-HMAC-SHA256 ', 'AWS4-ECDSA-P256-SHA256 ', 'AWS ', 'Bearer ', '')
  await fc.assert(
    fc.asyncProperty(shape, credential, fc.boolean(), async (start, text, torn) => {
      const authorization = `${start}Credential=${text}${torn ? '' : ', SignedHeaders=host, Signature=0'}`
      const {status} = await ask('ecs', {authorization})
      expect(server.errors).toEqual([])
      expect(status === 200 || (status >= 400 && status < 500)).toBe(true)
    }),
    {numRuns: 100, seed: 4711},
  )
})

describe('an address that is signed with a key which everybody knows', () => {
  const signed = (service: Service) => {
    const query = {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `test/${basic(now).slice(0, 8)}/us-west-2/${service}/aws4_request`,
      'X-Amz-Date': basic(now),
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': '0',
    }
    return new URLSearchParams(query).toString()
  }
  /** As of an address that was typed in, or that a page which was typed in leads to. */
  const typed = {'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document'}

  const send = (method: string, path: string, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {method, headers})

  it.each([
    ['of a browser', typed],
    ['of a browser that says nothing', {}],
  ])('does nothing in a request %s', async (_, headers) => {
    const action = 'Action=GetCallerIdentity&Version=2011-06-15'
    for (const method of ['GET', 'POST', 'HEAD']) {
      const answer = await send(method, `/?${action}&${signed('sts')}`, headers)
      expect(answer.status, method).toBe(403)
    }
    const put = await send('PUT', `/bucket/key?${signed('s3')}`, headers)
    expect(put.status).toBe(403)
  })

  it('reads objects, as those who pass such addresses on expect', async () => {
    const answer = await send('GET', `/bucket/key?${signed('s3')}`)
    expect(answer.status).toBe(200)
  })
})
