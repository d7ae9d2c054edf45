import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {connect} from '../../src/aws/aws.js'
import type {McpgwError} from '../../src/errors.js'
import {awsAnswering, identity, query, queryError, wire} from './wire.js'

const credentials = {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret'}
let folder: string

/** An environment with nothing of AWS in it but what the test sets; the network is never reached. */
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mcpgw-connect-'))
  for (const name of Object.keys(process.env).filter(key => key.startsWith('AWS_')))
    vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'credentials'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, {recursive: true})
})

describe('region', () => {
  const regionOf = async (region?: string, profile?: string) =>
    (await connect({region, profile, credentials})).region

  it('is us-west-2 when nothing names one', async () => {
    expect(await regionOf()).toBe('us-west-2')
  })

  it('follows the order flag, AWS_REGION, AWS_DEFAULT_REGION, profile', async () => {
    writeFileSync(
      path.join(folder, 'config'),
      '[default]\nregion = eu-west-3\n[profile class]\nregion = eu-north-1\n',
    )
    expect(await regionOf()).toBe('eu-west-3')
    expect(await regionOf(undefined, 'class')).toBe('eu-north-1')
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-2')
    expect(await regionOf()).toBe('eu-west-2')
    vi.stubEnv('AWS_REGION', 'eu-west-1')
    expect(await regionOf()).toBe('eu-west-1')
    expect(await regionOf('ap-southeast-2')).toBe('ap-southeast-2')
  })

  it('takes the profile that AWS_PROFILE names', async () => {
    writeFileSync(path.join(folder, 'config'), '[profile class]\nregion = eu-north-1\n')
    vi.stubEnv('AWS_PROFILE', 'class')
    expect(await regionOf()).toBe('eu-north-1')
  })

  it('refuses what is no region before AWS is called', async () => {
    await expect(regionOf('oregon')).rejects.toMatchObject({code: 'INVALID_REGION', exitCode: 2})
  })
})

describe('credentials', () => {
  it('are missed with one clear line before AWS is called', async () => {
    const {endpoint, calls} = await wire(() => identity)
    await expect(connect({endpoint})).rejects.toMatchObject({
      code: 'NO_CREDENTIALS',
      exitCode: 2,
      message: expect.stringMatching(
        /^No AWS credentials were found: set AWS_ACCESS_KEY_ID .*--profile.*--rehearse/,
      ),
    })
    expect(calls).toHaveLength(0)
  })

  it('come from the environment and serve every client', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    const {endpoint, calls} = await wire(call =>
      call.operation === 'GetCallerIdentity' ? identity : query('DescribeStacks', '<Stacks/>'),
    )
    const aws = await connect({endpoint})
    await aws.identity.whoAmI()
    await aws.stacks.describe('demo')
    expect(calls.map(({headers}) => headers.authorization)).toEqual([
      expect.stringContaining('AKIAENVIRONMENT'),
      expect.stringContaining('AKIAENVIRONMENT'),
    ])
  })

  it('come from the profile that the user names, silently, even when the environment has others', async () => {
    writeFileSync(
      path.join(folder, 'credentials'),
      '[class]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n',
    )
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    const warn = vi.spyOn(console, 'warn')
    const {endpoint, calls} = await wire(() => identity)
    const aws = await connect({endpoint, profile: 'class'})
    await aws.identity.whoAmI()
    expect(calls[0]?.headers.authorization).toContain('AKIAPROFILE')
    expect(warn).not.toHaveBeenCalled()
  })

  it.each(['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'])(
    'are the exported keys rather than those of the profile in %s, as for the AWS CLI',
    async variable => {
      writeFileSync(
        path.join(folder, 'credentials'),
        '[class]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n',
      )
      vi.stubEnv(variable, 'class')
      const {endpoint, calls} = await wire(() => identity)
      await (await connect({endpoint})).identity.whoAmI()
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT')
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
      vi.stubEnv('AWS_SESSION_TOKEN', 'a-token')
      await (await connect({endpoint})).identity.whoAmI()
      expect(calls.map(({headers}) => headers.authorization)).toEqual([
        expect.stringContaining('AKIAPROFILE'),
        expect.stringContaining('AKIAENVIRONMENT'),
      ])
      expect(calls[1]?.headers['x-amz-security-token']).toBe('a-token')
    },
  )

  it('are not the profile of AWS_PROFILE where half of a pair of keys is exported', async () => {
    writeFileSync(
      path.join(folder, 'credentials'),
      '[class]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n',
    )
    vi.stubEnv('AWS_PROFILE', 'class')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT')
    await expect(connect({})).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
      exitCode: 2,
      message: expect.stringMatching(/AWS_SECRET_ACCESS_KEY is not.*class of AWS_PROFILE/),
      hint: expect.stringContaining('--profile'),
    })
  })

  it('of a named profile go to the endpoint of that profile', async () => {
    const {endpoint, calls} = await wire(() => identity)
    writeFileSync(path.join(folder, 'config'), `[profile class]\nendpoint_url = ${endpoint}\n`)
    writeFileSync(
      path.join(folder, 'credentials'),
      '[class]\naws_access_key_id = AKIACLASS\naws_secret_access_key = secret\n',
    )
    const aws = await connect({profile: 'class'})
    expect(aws.endpoint).toBe(endpoint)
    await aws.identity.whoAmI()
    expect(calls).toHaveLength(1)
  })

  it.each([
    ['nobody', 'PROFILE_NOT_FOUND', /"nobody" that --profile names.*neither in/],
    ['typo', 'PROFILE_INCOMPLETE', /typo has the unknown key aws_access_key; aws_access_key_id may be meant/],
    ['lost', 'PROFILE_INCOMPLETE', /no section \[sso-session nowhere\]/],
    ['half', 'PROFILE_INCOMPLETE', /half has aws_access_key_id and no aws_secret_access_key/],
    ['role', 'PROFILE_INCOMPLETE', /role has role_arn and no source_profile/],
    ['mfa', 'MFA_NEEDED', /profile mfa requires a code/],
    [
      'proc',
      'CREDENTIAL_PROCESS_FAILED',
      /of profile proc gave no credentials: it ended with exit code 7 and said: run corp-login\. Do/,
    ],
    ['sso', 'CREDENTIALS_EXPIRED', /aws sso login/],
    ['console', 'CREDENTIALS_EXPIRED', /Profile console signs in by `aws login`.*no valid session/],
    ['quoted', 'CREDENTIALS_EXPIRED', /aws sso login/],
    ['old', 'CREDENTIALS_EXPIRED', /profile=old has ended.*aws sso login --profile old/],
    ['over', 'CREDENTIALS_EXPIRED', /profile=old has ended.*aws sso login --profile old/],
  ])('of profile %s end with %s', async (profile, code, message) => {
    writeFileSync(
      path.join(folder, 'config'),
      `[profile typo]
aws_access_key = AKIATYPO
[profile lost]
sso_session = nowhere
[profile half]
aws_access_key_id = AKIAHALF
[profile role]
role_arn = arn:aws:iam::111122223333:role/x
aws_access_key_id = AKIAROLE
aws_secret_access_key = s
[profile mfa]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = My Class
mfa_serial = arn:aws:iam::111122223333:mfa/someone
[profile 'My Class']
aws_access_key_id = AKIAMYCLASS
aws_secret_access_key = s
[profile proc]
credential_process = echo run corp-login >&2; exit 7 # --password hidden
[profile console]
login_session = arn:aws:iam::111122223333:user/someone
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
[profile old]
sso_start_url = https://d-0.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Admin
[profile over]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = old
[profile quoted]
sso_session = My SSO
sso_account_id = 111122223333
sso_role_name = Admin
[sso-session corp]
sso_region = eu-central-1
sso_start_url = https://d-0.awsapps.com/start
[sso-session 'My SSO']
sso_region = eu-central-1
sso_start_url = https://d-0.awsapps.com/start
`,
    )
    const failure: unknown = await connect({profile}).catch(error => error)
    expect(failure).toMatchObject({code, exitCode: 2})
    expect(`${failure} ${(failure as McpgwError).hint}`).toMatch(message)
    expect(String(failure)).not.toContain('hidden')
  })

  it.each([
    ['the console', "aws login --profile 'the console'", {}],
    [undefined, 'aws login --profile class-7', {AWS_PROFILE: 'class-7'}],
  ])('of a session of `aws login` that lacks name the profile %s to renew', async (profile, command, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const session = 'login_session = arn:aws:iam::111122223333:user/someone\n'
    writeFileSync(
      path.join(folder, 'config'),
      `[profile "the console"]\n${session}[profile class-7]\n${session}`,
    )
    await expect(connect({profile})).rejects.toMatchObject({
      code: 'CREDENTIALS_EXPIRED',
      hint: expect.stringContaining(`\`${command}\``),
    })
  })

  it('are none where AWS_PROFILE names a profile that is not there, beside exported keys too, as for the AWS CLI', async () => {
    vi.stubEnv('AWS_PROFILE', 'nobody')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    await expect(connect({})).rejects.toMatchObject({
      code: 'PROFILE_NOT_FOUND',
      message: expect.stringContaining('AWS_PROFILE'),
    })
  })

  it('of a role with an MFA device are asked for with the code that a person gives', async () => {
    writeFileSync(
      path.join(folder, 'config'),
      `[profile mfa]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = own
mfa_serial = arn:aws:iam::111122223333:mfa/someone
[profile own]
aws_access_key_id = AKIAOWN
aws_secret_access_key = s
`,
    )
    const {endpoint, calls} = await wire(call =>
      call.operation === 'AssumeRole'
        ? query(
            'AssumeRole',
            '<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>',
          )
        : identity,
    )
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint)
    const asked: string[] = []
    const askMfaCode = async (serial: string) => {
      asked.push(serial)
      return '123456'
    }
    const aws = await connect({profile: 'mfa', askMfaCode})
    await aws.identity.whoAmI()
    expect(asked).toEqual(['arn:aws:iam::111122223333:mfa/someone'])
    expect(calls[0]).toMatchObject({operation: 'AssumeRole'})
    expect(JSON.stringify(calls[0])).toContain('123456')
    expect(calls[1]?.headers.authorization).toContain('ASIAROLE')
  })

  it('never repeat what a credential_process was given, and show what it says', async () => {
    writeFileSync(
      path.join(folder, 'config'),
      `[profile proc]
credential_process = sh -c 'printf "\\033[31mno: $1" "$1" >&2; exit 3' x --password hunter22
`,
    )
    const failure = await connect({profile: 'proc'}).catch((error: Error) => error)
    expect(failure).toMatchObject({message: expect.stringMatching(/exit code 3 and said: \\x1b\[31mno/)})
    expect(JSON.stringify(failure) + String(failure)).not.toContain('hunter22')
  })

  it.each([`'My Class'`, `"My Class"`])('come from a profile whose name is in quotes, %s', async name => {
    writeFileSync(
      path.join(folder, 'config'),
      `[profile ${name}]\nregion = eu-north-1\naws_access_key_id = AKIAMYCLASS\naws_secret_access_key = s\n`,
    )
    const {endpoint, calls} = await wire(() => identity)
    const aws = await connect({endpoint, profile: 'My Class'})
    await aws.identity.whoAmI()
    expect([aws.region, calls[0]?.headers.authorization]).toEqual([
      'eu-north-1',
      expect.stringContaining('AKIAMYCLASS'),
    ])
  })
})

describe('endpoint', () => {
  it('is the explicit one rather than AWS_ENDPOINT_URL', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1')
    const {endpoint} = await wire(() => identity)
    const aws = await connect({endpoint, credentials})
    expect(aws.endpoint).toBe(endpoint)
    await expect(aws.identity.whoAmI()).resolves.toMatchObject({account: '123456789012'})
  })

  it('comes from AWS_ENDPOINT_URL, for S3 too, with path-style addresses', async () => {
    const {endpoint, calls} = await wire(call => (call.operation === '' ? {} : identity))
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint)
    const aws = await connect({credentials})
    expect(aws.endpoint).toBe(endpoint)
    expect(await aws.buckets.exists('a-bucket')).toBe('ours')
    expect(calls.map(({path: url}) => url)).toEqual(['/', '/a-bucket/'])
  })

  it('is none by default, and when AWS_IGNORE_CONFIGURED_ENDPOINT_URLS says so', async () => {
    expect((await connect({credentials})).endpoint).toBeUndefined()
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1')
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true')
    expect((await connect({credentials})).endpoint).toBeUndefined()
  })

  it('must be a URL', async () => {
    await expect(connect({endpoint: 'localhost:4566', credentials})).rejects.toMatchObject({
      code: 'INVALID_ENDPOINT',
      exitCode: 2,
    })
  })
})

describe('calls', () => {
  it('are counted attempt by attempt, and given up after five', async () => {
    const {aws} = await awsAnswering(call =>
      call.operation === 'GetCallerIdentity' ? identity : queryError('InternalFailure', 'oops', 500),
    )
    await aws.identity.whoAmI()
    await aws.identity.whoAmI()
    await expect(aws.stacks.describe('demo')).rejects.toMatchObject({code: 'AWS_FAULT'})
    expect(aws.apiCalls()).toEqual({'cloudformation:DescribeStacks': 5, 'sts:GetCallerIdentity': 1})
  })

  it('are repeated after a fault', async () => {
    const {aws} = await awsAnswering((_call, index) =>
      index === 0 ? queryError('InternalFailure', 'oops', 500) : identity,
    )
    expect(await aws.identity.whoAmI()).toEqual({
      account: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/admin/me',
      partition: 'aws',
    })
    expect(aws.apiCalls()).toEqual({'sts:GetCallerIdentity': 2})
  })

  it('name mcpgw as the caller', async () => {
    const {aws, calls} = await awsAnswering(() => identity)
    await aws.identity.whoAmI()
    expect(calls[0]?.headers['user-agent']).toContain('app/mcpgw')
  })

  it('say so when nothing listens at the endpoint', async () => {
    const aws = await connect({endpoint: 'http://127.0.0.1:1', credentials})
    await expect(aws.identity.whoAmI()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      hint: expect.stringContaining('http://127.0.0.1:1'),
    })
  })

  it('advise what whoever gave the endpoint advises when nothing listens there', async () => {
    const unreachableHint = 'Run the same command again.'
    const aws = await connect({endpoint: 'http://127.0.0.1:1', credentials, unreachableHint})
    await expect(aws.identity.whoAmI()).rejects.toMatchObject({code: 'UNREACHABLE', hint: unreachableHint})
  })
})
