import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import {afterAll, describe, expect, it, onTestFinished} from 'vitest'
import {type Clients, createClients} from '../../src/aws/clients.js'
import {MachineClock} from '../../src/aws/machine-clock.js'
import {CallCounter} from '../../src/aws/middleware.js'
import {sealedOptions} from '../../src/aws/sealed.js'
import {resolveRegion, resolveSettings} from '../../src/aws/settings.js'
import {sdkSettings} from '../helpers/sdk-settings.js'
import {virtualClock} from '../helpers/virtual-clock.js'
import {identity, json, query, type WireCall, wire, xml} from './wire.js'

const {variables, keys, options} = sdkSettings()
const folder = mkdtempSync(path.join(tmpdir(), 'mcpgw-sealed-'))
afterAll(() => rmSync(folder, {recursive: true}))

/** What people have in such settings, and what they should not have. */
const values = [
  ...[
    'true',
    'TRUE',
    'false',
    'maybe',
    '',
    '0',
    '-1',
    '2.5',
    'adaptive',
    'auto',
    'in-region',
    'required',
    'disabled',
  ],
  ...[
    'http://127.0.0.1:9',
    'localhost',
    'http://',
    'fips-us-east-1',
    'eu-west-1',
    'eu_west 1',
    'nobody',
    '*',
  ],
  ...['sigv4a', 'httpBearerAuth', 'WHEN_REQUIRED', 'AKIA\r', '/nowhere', 'arn:aws:iam::123456789012:role/x'],
]

/** The calls of a client whose services differ most in what they read, as the server sees them. */
async function callsOf(clients: Clients): Promise<unknown> {
  const sts = await clients.sts()
  await sts.getCallerIdentity({})
  await (await clients.cloudFormation()).describeStacks({})
  await (await clients.ecs()).listClusters({})
  await (await clients.s3()).putObject({Bucket: 'a-bucket', Key: 'k', Body: 'text'})
  return (await clients.credentials()).accessKeyId
}

const answer = ({operation}: WireCall) => {
  if (operation === 'GetCallerIdentity') return identity
  if (operation === 'DescribeStacks') return query(operation, '<Stacks/>')
  return operation === 'ListClusters' ? json({clusterArns: []}) : xml('')
}

/** Made anew for every request, or tells who asks: of no effect on what is asked. */
const passing = /^(host|x-amz-date|authorization|amz-sdk-.*|(x-amz-)?user-agent|connection)$/

const seen = ({method, path: url, headers, body}: WireCall) => ({
  ...{method, url, body},
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !passing.test(name))),
  signedFor: /Credential=(\S+?)\/\d+\/(\S+?),/.exec(String(headers.authorization))?.slice(1),
})

/** Does `work` in an environment that has `env` of AWS and nothing else. */
async function within<T>(env: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const before = Object.entries(process.env).filter(([name]) => /^(AWS|_X)_/.test(name))
  const clear = () => {
    for (const name of Object.keys(process.env)) if (/^(AWS|_X)_/.test(name)) delete process.env[name]
  }
  clear()
  Object.assign(process.env, env)
  try {
    return await work()
  } finally {
    clear()
    Object.assign(process.env, Object.fromEntries(before))
  }
}

/** Asks with everything that a rehearsal gives, in such an environment. */
async function asking(sealed: boolean, env: Record<string, string> = {}): Promise<unknown> {
  const {endpoint, calls} = await server()
  calls.length = 0
  const credentials = {accessKeyId: 'AKIASEALED', secretAccessKey: 'secret'}
  const connection = {region: 'us-west-2', endpoint, credentials, clock: virtualClock(), sealed}
  return within({AWS_EC2_METADATA_DISABLED: 'true', ...env}, async () => {
    const who = await callsOf(
      createClients(await resolveSettings(connection), {
        counter: new CallCounter(),
        machineClock: new MachineClock(),
      }),
    )
    return {who, calls: calls.map(seen)}
  }).catch((error: unknown) => ({failure: String(error)}))
}

let listening: ReturnType<typeof wire> | undefined
function server(): ReturnType<typeof wire> {
  if (listening === undefined) {
    listening = wire(answer)
    onTestFinished(() => {
      listening = undefined
    })
  }
  return listening
}

let files = 0
/** Shared files, in a place where the SDK has not read any before. */
function sharedFiles(content: string): Record<string, string> {
  files += 1
  const file = path.join(folder, `config-${files}`)
  writeFileSync(file, content)
  return {AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: file}
}

const profile = (settings: Record<string, string>) =>
  `[default]\n${Object.entries(settings)
    .map(([key, value]) => `${key} = ${value}`)
    .join('\n')}\n`

describe('a sealed connection', () => {
  it('gives every option that a client would look up elsewhere', () => {
    const givenAlways = ['maxAttempts', 'region', 'userAgentAppId']
    expect(options.length).toBeGreaterThan(8)
    expect(options.filter(option => !(option in sealedOptions) && !givenAlways.includes(option))).toEqual([])
  })

  it('has variables and keys to be tried with', () => {
    expect(variables).toEqual(
      expect.arrayContaining([
        'AWS_USE_FIPS_ENDPOINT',
        'AWS_DEFAULTS_MODE',
        'AWS_ENDPOINT_URL_S3',
        'AWS_PROFILE',
      ]),
    )
    expect(keys).toEqual(
      expect.arrayContaining(['use_fips_endpoint', 'retry_mode', 'role_arn', 's3_use_arn_region']),
    )
  })

  it('asks the same whatever variables there are, all of the SDK with every value', async () => {
    const plain = await asking(true)
    expect(plain).toMatchObject({who: 'AKIASEALED', calls: {length: 4}})
    const setting = fc.dictionary(fc.constantFrom(...variables), fc.constantFrom(...values), {maxKeys: 6})
    await fc.assert(
      fc.asyncProperty(setting, async env => {
        expect(await asking(true, env)).toEqual(plain)
      }),
      {numRuns: 25},
    )
    for (const value of values) {
      const all = Object.fromEntries(variables.map(name => [name, value]))
      expect([value, await asking(true, all)]).toEqual([value, plain])
    }
  })

  it('asks the same whatever the shared files say', async () => {
    const plain = await asking(true)
    const settings = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...values), {maxKeys: 6})
    await fc.assert(
      fc.asyncProperty(settings, async each => {
        expect(await asking(true, sharedFiles(profile(each)))).toEqual(plain)
      }),
      {numRuns: 15},
    )
    for (const content of [
      profile(Object.fromEntries(keys.map(key => [key, 'true']))),
      '[default]\ncredential_process = false\n',
      '[default]\nsource_profile = default\nrole_arn = arn:aws:iam::123456789012:role/x\n',
      '[__proto__]\nregion = eu-west-1\n',
      '[default]\nservices = s\n[services s]\ns3 =\n  endpoint_url = http://127.0.0.1:9\n',
      '\u0000\u0001 no configuration at all [',
    ])
      expect([content, await asking(true, sharedFiles(content))]).toEqual([content, plain])
    mkdirSync(path.join(folder, 'a-folder'))
    const noFile = {AWS_CONFIG_FILE: path.join(folder, 'a-folder'), AWS_SHARED_CREDENTIALS_FILE: folder}
    expect(await asking(true, noFile)).toEqual(plain)
  })

  it.each([
    ['AWS_USE_FIPS_ENDPOINT', 'true'],
    ['AWS_USE_DUALSTACK_ENDPOINT', 'true'],
    ['AWS_REQUEST_CHECKSUM_CALCULATION', 'WHEN_REQUIRED'],
  ])('is what makes the difference: without it %s=%s has an effect', async (name, value) => {
    expect(await asking(false, {[name]: value})).not.toEqual(await asking(false))
  })

  it('takes no region of the machine', async () => {
    const env = {AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'no region', AWS_PROFILE: 'nobody'}
    expect(await resolveRegion({sealed: true}, env)).toBe('us-west-2')
    expect((await resolveSettings({sealed: true}, env)).region).toBe('us-west-2')
    expect(await resolveRegion({sealed: true, region: 'eu-west-3'}, env)).toBe('eu-west-3')
    await expect(resolveRegion({sealed: true, region: 'oregon'}, env)).rejects.toMatchObject({
      code: 'INVALID_REGION',
    })
  })
})

describe('a connection to AWS', () => {
  it.each(['unknown', ''])('is not ended by AWS_DEFAULTS_MODE=%j', async mode => {
    expect(await asking(false, {AWS_DEFAULTS_MODE: mode})).toEqual(await asking(false))
  })
})
