import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {connect} from '../../src/aws/aws.js'
import {type Clients, createClients} from '../../src/aws/clients.js'
import {translate} from '../../src/aws/errors.js'
import {MachineClock} from '../../src/aws/machine-clock.js'
import {CallCounter} from '../../src/aws/middleware.js'
import {isTransient} from '../../src/aws/permanent-failures.js'
import {virtualClock} from '../helpers/virtual-clock.js'

interface Page {
  status: number
  type?: string
  body?: string
  headers?: Record<string, string>
}

const login = '<!DOCTYPE html><html><head><title>Welcome to the guest network</title></head></html>'

/** What stands between a laptop and AWS, in other networks than one's own. */
const pages: Record<string, Page> = {
  'a login page with status 200': {status: 200, type: 'text/html; charset=utf-8', body: login},
  'a login page as XHTML': {status: 200, type: 'application/xhtml+xml', body: login},
  'a way to a login page': {status: 302, type: 'text/html', headers: {location: 'http://127.0.0.1:9/'}},
  'the network that wants a login': {status: 511, type: 'text/html', body: login},
  'a proxy that forbids it': {status: 403, type: 'text/html', body: '<h1>Blocked by policy</h1>'},
  'a proxy that wants a password': {status: 407, type: 'text/plain', body: 'Proxy Authentication Required'},
  'a server that knows no such page': {status: 404, type: 'text/html', body: '<h1>Not Found</h1>'},
  'an empty page': {status: 200},
  'a line of text': {status: 200, type: 'text/plain', body: 'OK'},
}

let page: Page = {status: 200}
let requests = 0
const server = createServer((request, response) => {
  requests += 1
  request.resume()
  const {status, type, body = '', headers = {}} = page
  response.writeHead(status, {...(type ? {'content-type': type} : {}), ...headers})
  response.end(request.method === 'HEAD' ? undefined : body)
})
let endpoint: string
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  requests = 0
})

const credentials = {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret'}
const clientsHere = () =>
  createClients(
    {
      ...{region: 'us-west-2', profile: undefined, endpoint, s3Endpoint: endpoint, credentials},
      ...{effectiveEndpoint: endpoint, clock: virtualClock(), sealed: false},
    },
    {counter: new CallCounter(), machineClock: new MachineClock()},
  )

/** One read of every client. */
const reads: {[name in Exclude<keyof Clients, 'credentials'>]: (clients: Clients) => Promise<unknown>} = {
  autoScaling: async clients =>
    (await clients.autoScaling()).describeScalableTargets({ServiceNamespace: 'ecs'}),
  bedrock: async clients => (await clients.bedrock()).getInferenceProfile({inferenceProfileIdentifier: 'a'}),
  certificates: async clients => (await clients.certificates()).listCertificates({}),
  cloudControl: async clients => (await clients.cloudControl()).listResources({TypeName: 'AWS::SNS::Topic'}),
  lambda: async clients => (await clients.lambda()).listFunctions({}),
  cloudFormation: async clients => (await clients.cloudFormation()).describeStacks({}),
  cloudFront: async clients => (await clients.cloudFront()).listDistributions({}),
  codeBuild: async clients => (await clients.codeBuild()).batchGetBuilds({ids: ['a:b']}),
  ec2: async clients => (await clients.ec2()).describeVpcs({}),
  ecr: async clients => (await clients.ecr()).describeRepositories({}),
  ecs: async clients => (await clients.ecs()).describeClusters({}),
  efs: async clients => (await clients.efs()).describeFileSystems({}),
  globalTagging: async clients => (await clients.globalTagging()).getResources({}),
  iam: async clients => (await clients.iam()).listAccountAliases({}),
  kms: async clients => (await clients.kms()).describeKey({KeyId: 'a'}),
  loadBalancing: async clients => (await clients.loadBalancing()).describeLoadBalancers({}),
  logs: async clients => (await clients.logs()).describeLogGroups({}),
  quotas: async clients => (await clients.quotas()).getServiceQuota({ServiceCode: 'vpc', QuotaCode: 'L-1'}),
  rds: async clients => (await clients.rds()).describeDBClusters({}),
  route53: async clients => (await clients.route53()).getHostedZone({Id: 'Z1'}),
  s3: async clients => (await clients.s3()).headBucket({Bucket: 'a-bucket'}),
  secrets: async clients => (await clients.secrets()).getSecretValue({SecretId: 'a'}),
  serviceDiscovery: async clients => (await clients.serviceDiscovery()).listServices({}),
  ssm: async clients => (await clients.ssm()).describeParameters({}),
  sts: async clients => (await clients.sts()).getCallerIdentity({}),
  taggingIn: async clients => (await clients.taggingIn('eu-west-1')).getResources({}),
  tagging: async clients => (await clients.tagging()).getResources({}),
}
const names = Object.keys(reads).sort() as (keyof typeof reads)[]

describe('an answer that is not AWS’s', () => {
  it.each(Object.keys(pages))('is told as that by every client: %s', async name => {
    page = pages[name] ?? page
    const clients = clientsHere()
    expect(names).toEqual(
      Object.keys(clients)
        .filter(client => client !== 'credentials')
        .sort(),
    )
    for (const client of names) {
      const error: unknown = await reads[client](clients).catch((error: unknown) => error)
      expect([client, error]).toEqual([
        client,
        expect.objectContaining({
          code: 'NOT_AWS',
          exitCode: 1,
          message: expect.stringContaining(
            `(HTTP ${page.status}, ${page.type?.split(';')[0] ?? 'no content type'})`,
          ),
        }),
      ])
      expect(isTransient(error)).toBe(true)
    }
    // It will say the same in a second.
    expect(requests).toBe(names.length)
  })

  it('stops a command at its first call, and says that nothing was changed and what to do', async () => {
    page = {status: 200, type: 'text/html', body: login}
    const aws = await connect({region: 'us-west-2', endpoint, credentials})
    await expect(aws.identity.whoAmI()).rejects.toMatchObject({
      code: 'NOT_AWS',
      message:
        'sts:GetCallerIdentity was answered by something that is not AWS (HTTP 200, text/html). Nothing was changed.',
      hint: expect.stringContaining(endpoint),
    })
  })

  it.each([
    ['no member', '<GetCallerIdentityResponse/>'],
    ['no account', '<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>'],
    [
      'another one',
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>guest</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    ],
  ])('is an identity with %s, whatever else speaks for it', async (_, body) => {
    page = {status: 200, type: 'text/xml', body, headers: {'x-amzn-requestid': 'one'}}
    const aws = await connect({region: 'us-west-2', endpoint, credentials})
    await expect(aws.identity.whoAmI()).rejects.toMatchObject({
      code: 'NOT_AWS',
      message: expect.stringContaining('names no account'),
    })
  })

  it('is JSON where XML is spoken, and XML where JSON is', async () => {
    page = {status: 200, type: 'application/json', body: '{"error": "login"}'}
    await expect(reads.cloudFormation(clientsHere())).rejects.toMatchObject({code: 'NOT_AWS'})
    page = {status: 200, type: 'text/xml', body: '<login/>'}
    await expect(reads.ecs(clientsHere())).rejects.toMatchObject({code: 'NOT_AWS'})
  })

  it('is no stack that is not there', async () => {
    page = {status: 200, type: 'text/html', body: login}
    const aws = await connect({region: 'us-west-2', endpoint, credentials})
    await expect(aws.stacks.describe('demo')).rejects.toMatchObject({code: 'NOT_AWS'})
  })

  it('is what speaks plain HTTP where TLS is spoken', async () => {
    const secure = endpoint.replace('http:', 'https:')
    const aws = await connect({region: 'us-west-2', endpoint: secure, credentials})
    await expect(aws.identity.whoAmI()).rejects.toMatchObject({
      code: 'NOT_AWS',
      message: expect.stringContaining('does not prove to be AWS'),
    })
  })

  it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'])(
    'is one whose certificate fails with %s',
    code => {
      const call = {service: 'sts', operation: 'GetCallerIdentity', region: 'us-west-2', endpoint: undefined}
      expect(translate(Object.assign(new Error('certificate'), {code}), call)).toMatchObject({
        code: 'NOT_AWS',
        hint: expect.stringMatching(/network may want a login.*AWS_CA_BUNDLE/),
      })
    },
  )

  it('is repeated when it looks like a fault, and what stays is not said to be of AWS alone', async () => {
    page = {status: 502, type: 'text/html', body: '<h1>Bad Gateway</h1>'}
    await expect(reads.sts(clientsHere())).rejects.toMatchObject({
      code: 'AWS_FAULT',
      message: expect.stringContaining('failed inside AWS or on the way to it (HTTP 502)'),
    })
    expect(requests).toBe(5)
  })
})

describe('an answer of AWS or of what stands in for it', () => {
  const identity =
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'

  it.each<[string, keyof typeof reads, Page]>([
    [
      'as AWS has it',
      'sts',
      {status: 200, type: 'text/xml', body: identity, headers: {'x-amzn-requestid': 'one'}},
    ],
    ['S3’s, without a content type', 's3', {status: 200, headers: {'x-amz-request-id': 'one'}}],
    [
      'an object that is a page',
      's3',
      {status: 200, type: 'text/html', headers: {'x-amz-request-id': 'one'}},
    ],
    [
      'moto’s JSON',
      'kms',
      {status: 200, type: 'text/html', body: '{}', headers: {'x-amzn-requestid': 'one'}},
    ],
    ['XML without a request id', 'sts', {status: 200, type: 'application/xml', body: identity}],
    ['JSON to a GET, without a request id', 'efs', {status: 200, type: 'application/json', body: '{}'}],
    ['JSON without a request id', 'ecs', {status: 200, type: 'application/x-amz-json-1.1', body: '{}'}],
  ])('is taken: %s', async (_, client, answer) => {
    page = answer
    await expect(reads[client](clientsHere())).resolves.toBeDefined()
  })
})
