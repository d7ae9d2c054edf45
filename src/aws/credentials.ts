import type {STS} from '@aws-sdk/client-sts'
import {invalidInput, type McpgwError, messageOf} from '../errors.js'
import {checkProfile} from './check-profile.js'
import {readSharedFiles} from './shared-files.js'

export type Credentials = Awaited<ReturnType<STS['config']['credentials']>>

type Provider = (properties?: Record<string, unknown>) => Promise<Credentials>

/** The SDK falls back to the console otherwise. */
const silence = {trace() {}, debug() {}, info() {}, warn() {}, error() {}}

/** The profile that a variable names: the AWS CLI looks at AWS_DEFAULT_PROFILE first (botocore, `configprovider.py`). */
export function variablesProfile(env: NodeJS.ProcessEnv): {name: string; source: string} | undefined {
  for (const source of ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE']) {
    const name = env[source]
    if (name) return {name, source}
  }
  return undefined
}

/**
 * Whose credentials they are, decided as the AWS CLI decides it: a profile that was named on the command line, then
 * exported keys, then the profile of a variable. The SDK by itself takes AWS_PROFILE before exported keys, and half a
 * pair of keys for none: what works with `aws` would happen in another account here.
 */
export function credentialsAsTheCli(
  {profile}: {profile: string | undefined},
  env: NodeJS.ProcessEnv = process.env,
): Provider {
  let chain: Promise<Provider> | undefined
  return async properties => {
    if (profile === undefined && env.AWS_ACCESS_KEY_ID) return exportedKeys(env.AWS_ACCESS_KEY_ID, env)
    const named = profile === undefined ? variablesProfile(env) : {name: profile, source: '--profile'}
    chain ??= chainOf(named)
    return (await chain)(properties)
  }
}

async function chainOf(named: {name: string; source: string} | undefined): Promise<Provider> {
  const files = await readSharedFiles()
  const profile = named?.name ?? 'default'
  checkProfile(files, named ?? {name: profile})
  const {credential_process: command, ...rest} = files.profiles[profile] ?? {}
  // Asked by itself: the chain drops what it says.
  if (command && !rest.aws_access_key_id && !rest.role_arn && !rest.sso_session) {
    const {fromProcess} = await import('@aws-sdk/credential-provider-process')
    const ask: Provider = fromProcess({profile, logger: silence})
    return async properties => {
      try {
        return await ask(properties)
      } catch (error) {
        throw processFailed(error, profile)
      }
    }
  }
  const {defaultProvider} = await import('@aws-sdk/credential-provider-node')
  return defaultProvider({...(named === undefined ? {} : {profile}), logger: silence})
}

/** As far as people read it. */
const longestWords = 500

/** What the program said, without its command line, which may hold secrets; nor is the error that holds it kept. */
function processFailed(error: unknown, profile: string): McpgwError {
  const text = messageOf(error)
  const [, words] = /^Command failed: [^\n]*\n?(.*)$/s.exec(text) ?? [undefined, text]
  const said = words.trim().slice(0, longestWords) || 'it ended with an error and said nothing'
  return invalidInput(
    'CREDENTIAL_PROCESS_FAILED',
    `The credential_process of profile ${profile} gave no credentials: ${said}${/[.!?]$/.test(said) ? '' : '.'}`,
    'Do what it says, or run its command by itself; then run the same command again.',
  )
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
