import type {Profile, SharedFiles} from './profile.js'

/** How a profile comes to credentials. */
export type Way = 'role' | 'web-identity' | 'sso' | 'keys' | 'login' | 'process'

/**
 * The way that the AWS CLI goes where a profile has several. Source: the order of botocore's
 * `credentials.create_credential_resolver`, where keys of the credentials file go before `login_session` and
 * `credential_process`, and keys of the config file after them.
 */
export function wayOf(
  {profiles, keysInCredentials}: Pick<SharedFiles, 'profiles' | 'keysInCredentials'>,
  name: string,
): Way | undefined {
  const profile = profiles[name]
  if (profile === undefined) return
  if (profile.role_arn) return profile.web_identity_token_file ? 'web-identity' : 'role'
  if (profile.sso_account_id !== undefined || profile.sso_role_name !== undefined) return 'sso'
  if (keysInCredentials.has(name)) return 'keys'
  if (profile.login_session !== undefined) return 'login'
  if (profile.credential_process !== undefined) return 'process'
  return profile.aws_access_key_id === undefined ? undefined : 'keys'
}

const keys = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']

/** Settings of other ways, which the SDK would go instead. A role may have its own profile's keys for a source. */
const losing: Readonly<Record<Way, readonly string[]>> = {
  role: ['credential_process', 'login_session'],
  'web-identity': [...keys, 'credential_process', 'login_session', 'source_profile', 'credential_source'],
  sso: [...keys, 'credential_process', 'login_session'],
  keys: ['credential_process', 'login_session'],
  login: [...keys, 'credential_process'],
  process: [...keys, 'login_session'],
}

/** The profiles as text that the SDK reads as they are meant: names of any form, and no way but the one to go. */
export function textForSdk(files: SharedFiles, services: Readonly<Record<string, Profile>>): string {
  const {profiles, ssoSessions} = files
  return [
    ...Object.entries(profiles).map(([name, profile]) => {
      const way = wayOf(files, name)
      const left = Object.entries(profile).filter(([key]) => way === undefined || !losing[way].includes(key))
      return section(name === 'default' ? name : `profile.${name}`, Object.fromEntries(left))
    }),
    ...Object.entries(ssoSessions).map(([name, session]) => section(`sso-session.${name}`, session)),
    ...Object.entries(services).map(([name, service]) => section(`services.${name}`, service)),
  ].join('\n')
}

/** A value that goes on below is a section of its own, such as `s3`. */
function section(header: string, settings: Profile): string {
  const lines = Object.entries(settings).map(
    ([key, value = '']) => `${key} = ${value.replace(/\n/g, '\n  ')}`,
  )
  return [`[${header}]`, ...lines].join('\n')
}
