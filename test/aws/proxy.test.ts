import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi} from 'vitest'
import {connect} from '../../src/aws/aws.js'
import {proxyFor} from '../../src/aws/proxy.js'
import {certificateIn, connectProxy, emptyFile, tlsServer} from './proxy-server.js'
import {identity, wire} from './wire.js'

const credentials = {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret'}
let folder: string
let certificate: ReturnType<typeof certificateIn>
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mcpgw-proxy-'))
  certificate = certificateIn(folder, 'aws.test', 'localhost')
})
afterAll(() => rmSync(folder, {recursive: true}))

beforeEach(() => {
  for (const name of Object.keys(process.env).filter(key => /^AWS_|_proxy$/i.test(key)))
    vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_CONFIG_FILE', emptyFile(folder))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'no-credentials'))
})
afterEach(() => vi.unstubAllEnvs())

/** AWS under a name that only a proxy finds; its certificate is of no known authority. */
async function hiddenAws(host = 'aws.test'): Promise<string> {
  const port = await tlsServer(certificate, (_request, response) => {
    response.writeHead(200, {'x-amzn-requestid': 'r', ...identity.headers}).end(identity.body)
  })
  return `https://${host}:${port}`
}

const whoAmI = async (endpoint: string) => (await connect({endpoint, credentials})).identity.whoAmI()

describe('AWS behind a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('is reached by the proxy of %s, with its login', async name => {
    const proxy = await connectProxy()
    const endpoint = await hiddenAws()
    vi.stubEnv(name, `http://user:p%40ss@${proxy.address}`)
    vi.stubEnv('AWS_CA_BUNDLE', certificate.file)
    expect(await whoAmI(endpoint)).toMatchObject({account: '123456789012'})
    const authorization = `Basic ${Buffer.from('user:p@ss').toString('base64')}`
    expect(proxy.asked).toEqual([{destination: new URL(endpoint).host, authorization}])
  })

  it.each([407, 403])('is not blamed for what the proxy refuses with HTTP %i', async status => {
    const proxy = await connectProxy(status)
    vi.stubEnv('HTTPS_PROXY', `http://user:hidden@${proxy.address}`)
    const failure: unknown = await whoAmI('https://aws.test:443').catch(error => error)
    expect(failure).toMatchObject({
      code: 'PROXY_REFUSED',
      message: expect.stringContaining(
        `did not reach AWS: the proxy http://${proxy.address} (HTTPS_PROXY) answered HTTP ${status}`,
      ),
    })
    expect(JSON.stringify([failure, String(failure)])).not.toContain('hidden')
    expect(proxy.asked).toHaveLength(1)
  })

  it('is not reached when the proxy itself is not, which is said', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1')
    await expect(whoAmI('https://aws.test')).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('the proxy http://127.0.0.1:1 (HTTPS_PROXY) gives no answer'),
      hint: expect.stringMatching(
        /^Correct the address of the proxy, http:\/\/127\.0\.0\.1:1 \(HTTPS_PROXY\)/,
      ),
    })
  })

  it('has to prove who it is, and the variable that names an authority is told', async () => {
    const proxy = await connectProxy()
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.address}`)
    await expect(whoAmI(await hiddenAws())).rejects.toMatchObject({
      code: 'NOT_AWS',
      hint: expect.stringContaining('AWS_CA_BUNDLE'),
    })
  })

  it('is on this machine in a rehearsal, and then no proxy is asked', async () => {
    const proxy = await connectProxy()
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, `http://${proxy.address}`)
    vi.stubEnv('AWS_CA_BUNDLE', '/nowhere')
    const {endpoint} = await wire(() => identity)
    const aws = await connect({endpoint, credentials, region: 'us-west-2', sealed: true})
    expect(await aws.identity.whoAmI()).toMatchObject({account: '123456789012'})
    expect(await aws.probe('https://a.cloudfront.net/', {timeoutMs: 1000})).toMatchObject({status: 200})
    expect(proxy.asked).toEqual([])
  })
})

describe('public addresses behind a proxy', () => {
  const elsewhere = {endpoint: 'https://aws.test', credentials}

  it('are probed and fetched through it', async () => {
    const proxy = await connectProxy()
    const site = await hiddenAws()
    vi.stubEnv('HTTPS_PROXY', proxy.address)
    vi.stubEnv('AWS_CA_BUNDLE', certificate.file)
    const aws = await connect(elsewhere)
    expect(await aws.probe(site, {timeoutMs: 2000, followRedirects: true})).toMatchObject({status: 200})
    expect(await aws.web(async ({fetch}) => (await fetch(site)).status)).toBe(200)
    expect(proxy.asked).toHaveLength(2)
  })

  it('tell what the proxy says', async () => {
    const proxy = await connectProxy(407)
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.address}`)
    const aws = await connect(elsewhere)
    expect(await aws.probe('https://a.cloudfront.net/', {timeoutMs: 2000})).toEqual({
      failure: expect.stringMatching(/the proxy .*HTTP 407/),
    })
  })
})

describe('the authorities', () => {
  it('are those of ca_bundle of the profile too', async () => {
    const config = path.join(folder, 'with-bundle')
    writeFileSync(config, `[default]\nca_bundle = ${certificate.file}\n`)
    vi.stubEnv('AWS_CONFIG_FILE', config)
    expect(await whoAmI(await hiddenAws('localhost'))).toMatchObject({account: '123456789012'})
  })

  it.each(['/nowhere/ca.pem', '/etc/hostname'])('are not %s', async file => {
    vi.stubEnv('AWS_CA_BUNDLE', file)
    await expect(whoAmI('https://aws.test')).rejects.toMatchObject({
      code: 'INVALID_CA_BUNDLE',
      exitCode: 2,
      message: expect.stringContaining(`AWS_CA_BUNDLE names ${file}`),
    })
  })
})

describe('the proxy of an address', () => {
  const env = {HTTPS_PROXY: 'proxy.corp:3128', HTTP_PROXY: 'http://other.corp'}
  it.each([
    ['https://sts.amazonaws.com', '', 'http://proxy.corp:3128 (HTTPS_PROXY)'],
    ['http://a.example.com', '', 'http://other.corp (HTTP_PROXY)'],
    ['https://sts.us-west-2.amazonaws.com', 'amazonaws.com', undefined],
    ['https://sts.us-west-2.amazonaws.com', '.amazonaws.com', undefined],
    ['https://sts.us-west-2.amazonaws.com', '*.amazonaws.com', undefined],
    ['https://notamazonaws.com', 'amazonaws.com', 'http://proxy.corp:3128 (HTTPS_PROXY)'],
    ['https://a.example.com', 'b, *', undefined],
    ['https://a.example.com:8443', 'example.com:443', 'http://proxy.corp:3128 (HTTPS_PROXY)'],
    ['https://a.example.com', 'EXAMPLE.com:443', undefined],
    ['http://127.0.0.1:4566', '', undefined],
    ['http://[::1]:4566', '', undefined],
    ['https://localhost', '', undefined],
  ])('%s with NO_PROXY=%s is %s', (address, NO_PROXY, proxy) => {
    expect(proxyFor(address, {...env, NO_PROXY})?.name).toBe(proxy)
    expect(proxyFor(address, {...env, no_proxy: NO_PROXY})?.name).toBe(proxy)
  })

  it('that is no URL of one is refused without being repeated', async () => {
    vi.stubEnv('HTTPS_PROXY', 'socks5://user:hidden@proxy')
    const failure: unknown = await connect({credentials}).catch(error => error)
    expect(failure).toMatchObject({code: 'INVALID_PROXY', exitCode: 2})
    expect(String(failure)).not.toContain('hidden')
  })
})
