import {invalidInput, type McpgwError} from '../errors.js'
import {nearestName} from '../template/nearest-name.js'
import {visible} from '../visible.js'
import type {Profile, SharedFiles} from './profile.js'
import {wayOf} from './sdk-profiles.js'

/** A profile, and what named it, such as --profile. */
export interface NamedProfile {
  name: string
  source: string
}

/**
 * Refuses a profile that is not there, or lacks what its way to credentials needs, by file, section and key: the SDK has
 * one sentence for all of it, or falls back to another way without a word.
 * @throws McpgwError PROFILE_NOT_FOUND, PROFILE_INCOMPLETE or PROFILE_INVALID, exit code 2
 */
export function checkProfile(files: SharedFiles, named: Partial<NamedProfile> & {name: string}): void {
  const {name, source} = named
  const profile = own(files.profiles, name)
  if (profile === undefined) {
    if (source !== undefined) requireProfile(files, {name, source})
    return
  }
  checkValues(files, name, profile)
  const at = `The profile ${name}`
  // Without account and role it is for tokens, which nothing here wants; still nothing else is meant by it.
  if (profile.sso_session !== undefined) checkSession(files, name, profile)
  switch (wayOf(files, name)) {
    case undefined:
      return checkNames(files, name, profile)
    case 'sso':
      return checkSso(files, name, profile)
    case 'keys':
      if (profile.aws_secret_access_key) return
      throw incomplete(`${at} has aws_access_key_id and no aws_secret_access_key`, files)
    case 'role':
      return checkRole(files, name, [])
  }
}

/**
 * The AWS CLI wants a profile that a variable names to be there even where exported keys are used in its place.
 * @throws McpgwError PROFILE_NOT_FOUND
 */
export function requireProfile(files: SharedFiles, {name, source}: NamedProfile): void {
  if (own(files.profiles, name) === undefined)
    throw notFound(files, `The profile ${JSON.stringify(name)} that ${source} names`)
}

/** A role's sources, up to the one that has credentials of its own. */
function checkRole(files: SharedFiles, name: string, visited: readonly string[]): void {
  const {
    role_arn: role,
    source_profile: from,
    credential_source: place,
    ...profile
  } = files.profiles[name] ?? {}
  if (!role || profile.web_identity_token_file) return
  if (!from && !place) {
    throw incomplete(
      `The profile ${name} has role_arn and no source_profile, credential_source or web_identity_token_file`,
      files,
    )
  }
  if (from && place) throw invalid(`The profile ${name} has both source_profile and credential_source`, files)
  if (place && !places.includes(place)) {
    throw invalid(
      `credential_source of the profile ${name} is ${place}, and it can be ${places.join(', ')}`,
      files,
    )
  }
  if (!from) return
  const source = own(files.profiles, from)
  if (source === undefined)
    throw notFound(files, `The profile ${JSON.stringify(from)} that source_profile of ${name} names`)
  if (source.aws_access_key_id) return
  if ([...visited, name].includes(from))
    throw invalid(`The profile ${name} has source_profile = ${from}, which leads back to itself`, files)
  checkRole(files, from, [...visited, name])
}

/** Source: AWS SDKs and Tools reference, "Assume role credential provider". */
const places = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer']

/** What a comment behind a value spoils. */
const single =
  /^(aws_(access_key_id|secret_access_key|session_token)|role_arn|source_profile|mfa_serial|sso_\w+)$/

function checkValues(files: SharedFiles, name: string, profile: Profile): void {
  const spoilt = Object.keys(profile).find(key => single.test(key) && /\s[#;]/.test(profile[key] ?? ''))
  if (spoilt === undefined) return
  throw invalid(
    `In the profile ${name} a comment follows ${spoilt}, and the AWS CLI reads it as part of the value`,
    files,
    'Give the comment a line of its own.',
  )
}

const ways = ['aws_access_key_id', 'aws_secret_access_key', 'role_arn', 'credential_process', 'login_session']
const known = [
  ...ways,
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'source_profile',
  'credential_source',
]

/** Without any way the machine's own credentials are looked for; not where a way was meant. */
function checkNames(files: SharedFiles, name: string, profile: Profile): void {
  for (const key of Object.keys(profile)) {
    const meant = known.includes(key)
      ? undefined
      : (known.find(one => key.length > 6 && one.startsWith(key)) ?? nearestName(key, known))
    if (meant !== undefined)
      throw incomplete(
        `The profile ${name} has the unknown key ${visible(key)}; ${meant} may be meant`,
        files,
        'Correct it',
      )
  }
}

function checkSso(files: SharedFiles, name: string, profile: Profile): void {
  if (profile.sso_session === undefined) requireKeys(profile, sessionKeys, `The profile ${name}`, files)
  requireKeys(
    profile,
    ['sso_account_id', 'sso_role_name'],
    `The profile ${name} has settings of SSO and`,
    files,
  )
}

const sessionKeys = ['sso_region', 'sso_start_url']

function checkSession(files: SharedFiles, name: string, profile: Profile): void {
  const called = profile.sso_session ?? ''
  const session = own(files.ssoSessions, called)
  const header = `[sso-session ${called}]`
  if (session === undefined)
    throw incomplete(
      `The profile ${name} names sso_session = ${called}, and there is no section ${header}`,
      files,
    )
  requireKeys(session, sessionKeys, `The section ${header}`, files)
  const other = sessionKeys.find(key => profile[key] !== undefined && profile[key] !== session[key])
  if (other !== undefined)
    throw invalid(`${other} of the profile ${name} is another one than that of ${header}`, files)
}

function requireKeys(section: Profile, keys: readonly string[], which: string, files: SharedFiles): void {
  const missing = keys.find(key => !section[key])
  if (missing !== undefined)
    throw incomplete(`${which.endsWith(' and') ? which : `${which} has`} no ${missing}`, files)
}

function own(sections: Readonly<Record<string, Profile>>, name: string): Profile | undefined {
  return Object.hasOwn(sections, name) ? sections[name] : undefined
}

const mostNames = 10

function notFound({profiles, files}: SharedFiles, which: string): McpgwError {
  const names = Object.keys(profiles)
  const there = names.length > mostNames ? [...names.slice(0, mostNames), '…'] : names
  return invalidInput(
    'PROFILE_NOT_FOUND',
    `${which} is neither in ${files.join(' nor in ')}.`,
    there.length > 0
      ? `There are: ${there.join(', ')}.`
      : '`aws configure` or `aws configure sso` makes one.',
  )
}

function incomplete(what: string, {files}: SharedFiles, remedy = 'Add it'): McpgwError {
  return invalidInput(
    'PROFILE_INCOMPLETE',
    `${what} (${files[0]}).`,
    `${remedy}, or name another profile with --profile.`,
  )
}

function invalid(
  what: string,
  {files}: SharedFiles,
  hint = 'Correct it, or name another profile with --profile.',
): McpgwError {
  return invalidInput('PROFILE_INVALID', `${what} (${files[0]}).`, hint)
}
