import {invalidInput, type McpgwError} from '../errors.js'
import type {Profile, SharedFiles} from './shared-files.js'

/**
 * Refuses a profile that is not there, or lacks what its way to credentials needs, by file, section and key: the SDK has
 * one sentence for all of it, or falls back to another way without a word.
 * @param source what named it, such as --profile
 * @throws McpgwError PROFILE_NOT_FOUND or PROFILE_INCOMPLETE, exit code 2
 */
export function checkProfile(files: SharedFiles, {name, source}: {name: string; source?: string}): void {
  const profile = own(files.profiles, name)
  if (profile === undefined) {
    if (source === undefined) return
    throw notFound(files, `The profile ${JSON.stringify(name)} that ${source} names`)
  }
  const at = `The profile ${name}`
  if (profile.sso_session !== undefined) checkSession(files, name, profile)
  if (profile.aws_access_key_id && !profile.aws_secret_access_key)
    throw incomplete(`${at} has aws_access_key_id and no aws_secret_access_key`, files)
  const {role_arn: role, source_profile: from} = profile
  if (role && !from && !profile.credential_source && !profile.web_identity_token_file) {
    throw incomplete(
      `${at} has role_arn and no source_profile, credential_source or web_identity_token_file`,
      files,
    )
  }
  if (role && from && own(files.profiles, from) === undefined)
    throw notFound(files, `The profile ${JSON.stringify(from)} that source_profile of ${name} names`)
}

function checkSession(files: SharedFiles, name: string, profile: Profile): void {
  const called = profile.sso_session ?? ''
  const session = own(files.ssoSessions, called)
  if (session === undefined) {
    throw incomplete(
      `The profile ${name} names sso_session = ${called}, and there is no section [sso-session ${called}]`,
      files,
    )
  }
  for (const key of ['sso_region', 'sso_start_url'])
    if (!session[key]) throw incomplete(`The section [sso-session ${called}] has no ${key}`, files)
  if (!profile.sso_role_name && !profile.sso_account_id) return
  for (const key of ['sso_account_id', 'sso_role_name'])
    if (!profile[key]) throw incomplete(`The profile ${name} has sso_session and no ${key}`, files)
}

function own(sections: Readonly<Record<string, Profile>>, name: string): Profile | undefined {
  return Object.hasOwn(sections, name) ? sections[name] : undefined
}

const mostNames = 10

function notFound({profiles, files}: SharedFiles, which: string): McpgwError {
  const names = Object.keys(profiles).filter(name => !/^(sso-session|services)\./.test(name))
  const there = names.length > mostNames ? [...names.slice(0, mostNames), '…'] : names
  return invalidInput(
    'PROFILE_NOT_FOUND',
    `${which} is neither in ${files.join(' nor in ')}.`,
    there.length > 0
      ? `There are: ${there.join(', ')}.`
      : '`aws configure` or `aws configure sso` makes one.',
  )
}

function incomplete(what: string, {files}: SharedFiles): McpgwError {
  return invalidInput(
    'PROFILE_INCOMPLETE',
    `${what} (${files[0]}).`,
    'Add it, or name another profile with --profile.',
  )
}
