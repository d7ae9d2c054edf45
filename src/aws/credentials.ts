import type {STS} from '@aws-sdk/client-sts'
import {invalidInput, type McpgwError, messageOf} from '../errors.js'
import {checkProfile, requireProfile} from './check-profile.js'
import {credentialsOfProcess, processFailed} from './credential-process.js'
import type {Profile, SharedFiles} from './profile.js'
import {wayOf} from './sdk-profiles.js'
import {readSharedFiles} from './shared-files.js'

export type Credentials = Awaited<ReturnType<STS['config']['credentials']>>

type Provider = (properties?: Record<string, unknown>) => Promise<Credentials>

/** The SDK falls back to the console otherwise. */
const silence = {trace() {}, debug() {}, info() {}, warn() {}, error() {}}

/** The profile that a variable names. Version 2 of the AWS CLI takes AWS_PROFILE first, version 1 the other. */
export function variablesProfile(env: NodeJS.ProcessEnv): {name: string; source: string} | undefined {
  for (const source of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']) {
    const name = env[source]
    if (name) return {name, source}
  }
  return undefined
}

/** What the user decides about credentials. */
export interface CredentialOptions {
  profile: string | undefined
  /** Asks for the code of an MFA device; undefined where nobody can be asked. */
  askMfaCode?: ((serial: string) => Promise<string>) | undefined
}

/**
 * Whose credentials they are, decided as the AWS CLI decides it: a profile that was named on the command line, then
 * exported keys, then the profile of a variable, which has to be there also beside keys. The SDK by itself takes
 * AWS_PROFILE before exported keys, and half a pair of keys for none: what works with `aws` would happen in another
 * account here.
 */
export function credentialsAsTheCli(
  {profile, askMfaCode}: CredentialOptions,
  env: NodeJS.ProcessEnv = process.env,
): Provider {
  let chain: Promise<Provider> | undefined
  return async properties => {
    const named = profile === undefined ? variablesProfile(env) : {name: profile, source: '--profile'}
    if (profile === undefined && env.AWS_ACCESS_KEY_ID) {
      const keys = exportedKeys(env.AWS_ACCESS_KEY_ID, env)
      if (named !== undefined) requireProfile(await readSharedFiles(), named)
      return keys
    }
    chain ??= chainOf(named, askMfaCode)
    return (await chain)(properties)
  }
}

async function chainOf(
  named: {name: string; source: string} | undefined,
  mfaCodeProvider: CredentialOptions['askMfaCode'],
): Promise<Provider> {
  const files = await readSharedFiles()
  const profile = named?.name ?? 'default'
  checkProfile(files, named ?? {name: profile})
  const way = wayOf(files, profile)
  if (way === 'process') {
    const command = files.profiles[profile]?.credential_process ?? ''
    return () => credentialsOfProcess(profile, command)
  }
  // Not by the SDK, which does not find a profile called `constructor`.
  if (way === 'keys') return async () => keysOf(files.profiles[profile] ?? {})
  const options = {logger: silence, ...(mfaCodeProvider === undefined ? {} : {mfaCodeProvider})}
  if (way === undefined) {
    const {defaultProvider} = await import('@aws-sdk/credential-provider-node')
    return defaultProvider({...(named === undefined ? {} : {profile}), ...options})
  }
  // Asked by itself: the chain goes on after a failure, and drops what it says.
  const {fromIni} = await import('@aws-sdk/credential-provider-ini')
  const ask: Provider = fromIni({profile, ...options})
  return async properties => {
    try {
      return await ask(properties)
    } catch (error) {
      throw sourceFailed(files, profile, error) ?? ssoEnded(files, profile, error) ?? error
    }
  }
}

function keysOf(profile: Profile): Credentials {
  const {aws_access_key_id: accessKeyId = '', aws_secret_access_key: secretAccessKey = ''} = profile
  const sessionToken = profile.aws_security_token || profile.aws_session_token
  return {accessKeyId, secretAccessKey, ...(sessionToken ? {sessionToken} : {})}
}

/** A role's source may be a `credential_process`, whose command line the SDK repeats. */
function sourceFailed({profiles}: SharedFiles, profile: string, error: unknown): McpgwError | undefined {
  const [, stderr] = /^Command failed: [^\n]*\n?(.*)$/s.exec(messageOf(error)) ?? []
  if (stderr === undefined) return
  const source = profiles[profile]?.source_profile ?? profile
  return processFailed(source, {
    code: 'other than 0',
    stderr,
    command: profiles[source]?.credential_process ?? '',
  })
}

/** The SDK does not always name the profile whose SSO session it cannot use; `aws sso login` needs it. */
function ssoEnded({profiles}: SharedFiles, profile: string, error: unknown): Error | undefined {
  if (!/aws sso login'? with the corresponding profile/.test(messageOf(error))) return
  let name = profile
  while (profiles[name]?.sso_account_id === undefined) {
    const source = profiles[name]?.source_profile
    if (source === undefined || source === name) return
    name = source
  }
  return Object.assign(new Error(`the SSO session of profile=${name} has ended`, {cause: error}), {
    name: 'TokenProviderError',
  })
}

function exportedKeys(accessKeyId: string, env: NodeJS.ProcessEnv): Credentials {
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY
  if (!secretAccessKey) {
    const named = variablesProfile(env)
    throw invalidInput(
      'INVALID_CREDENTIALS',
      `AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not${named ? `; the profile ${named.name} of ${named.source} was not taken in their place` : ''}.`,
      'Set both, or unset AWS_ACCESS_KEY_ID to use a profile; --profile goes before both.',
    )
  }
  // As botocore's EnvProvider: the old name of the token goes first.
  const sessionToken = env.AWS_SECURITY_TOKEN || env.AWS_SESSION_TOKEN
  return {accessKeyId, secretAccessKey, ...(sessionToken ? {sessionToken} : {})}
}
