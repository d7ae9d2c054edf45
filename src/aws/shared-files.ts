import path from 'node:path'
import {invalidInput, type McpgwError} from '../errors.js'
import {readInputFile} from '../input-file.js'
import {IniError, parseIni, type Section} from './ini-file.js'
import type {SharedFiles} from './profile.js'
import {textForSdk} from './sdk-profiles.js'

/**
 * Reads the shared files as the AWS CLI does, and gives the SDK the same profiles in a form that it reads alike, each
 * with the one way to credentials that the AWS CLI would go.
 * @throws McpgwError SHARED_FILE_INVALID, exit code 2, where the AWS CLI cannot read them either
 */
export async function readSharedFiles(): Promise<SharedFiles> {
  const {externalDataInterceptor, getHomeDir} = await import('@smithy/core/config')
  const home = getHomeDir()
  const given = [
    process.env.AWS_CONFIG_FILE || path.join(home, '.aws', 'config'),
    process.env.AWS_SHARED_CREDENTIALS_FILE || path.join(home, '.aws', 'credentials'),
  ] as const
  const [config, credentials] = given.map(file =>
    file.startsWith('~/') ? path.join(home, file.slice(2)) : file,
  ) as [string, string]
  const {profiles, ssoSessions, services} = sorted(sectionsIn(config))
  const keysInCredentials = new Set<string>()
  for (const [name, settings] of sectionsIn(credentials)) {
    const hasKeys = settings.aws_access_key_id !== undefined
    if (hasKeys) keysInCredentials.add(name)
    // A pair of keys is of one file: the credentials file's, if it has the first of them.
    const other = hasKeys ? profiles[name] : settings
    for (const key of ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']) delete other?.[key]
    profiles[name] = {...profiles[name], ...settings}
  }
  const found = {profiles, ssoSessions, keysInCredentials, files: given}
  // SSO sessions are read by the path as it was given, profiles by the one it leads to.
  for (const file of [given[0], config])
    externalDataInterceptor.interceptFile(file, textForSdk(found, services))
  for (const file of [given[1], credentials]) externalDataInterceptor.interceptFile(file, '')
  return found
}

type Sections = Record<string, Section>

/** By kind and name; a name may be in quotes. Others have no meaning: [name] alone is no profile in this file. */
function sorted(sections: Map<string, Section>): {
  profiles: Sections
  ssoSessions: Sections
  services: Sections
} {
  const byKind = {profile: named(), 'sso-session': named(), services: named()}
  for (const [header, settings] of sections) {
    if (header === 'default') byKind.profile.default = settings
    const [, kind, double, single, bare] = headerPattern.exec(header) ?? []
    const name = double ?? single ?? bare
    if (kind !== undefined && name !== undefined) byKind[kind as keyof typeof byKind][name] = settings
  }
  return {profiles: byKind.profile, ssoSessions: byKind['sso-session'], services: byKind.services}
}

const headerPattern = /^(profile|sso-session|services)\s+(?:"([^"]+)"|'([^']+)'|([^\s"'\\]+))\s*$/

/** Names are other people's: `constructor` is one. */
function named(): Sections {
  return Object.create(null) as Sections
}

function sectionsIn(file: string): Map<string, Section> {
  try {
    return parseIni(textOf(file))
  } catch (error) {
    throw error instanceof IniError ? invalid(file, error) : error
  }
}

/** Nothing where it cannot be read, as for the AWS CLI. */
function textOf(file: string): string {
  try {
    return readInputFile(file)
  } catch {
    return ''
  }
}

function invalid(file: string, error: IniError): McpgwError {
  return invalidInput(
    'SHARED_FILE_INVALID',
    `${file} cannot be read: ${error.message}. The AWS CLI does not read it either.`,
    'Correct that line, and run the command again.',
    error,
  )
}
