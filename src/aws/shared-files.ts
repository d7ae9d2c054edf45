import path from 'node:path'
import {readInputFile} from '../input-file.js'

/** Settings by name, as one section of a shared file has them. */
export type Profile = Readonly<Record<string, string | undefined>>

/** What ~/.aws/config and ~/.aws/credentials hold. */
export interface SharedFiles {
  readonly profiles: Readonly<Record<string, Profile>>
  readonly ssoSessions: Readonly<Record<string, Profile>>
  /** Where they were looked for, for messages. */
  readonly files: readonly string[]
}

const quotedHeader = /^(\s*)\[\s*(profile|sso-session|services)\s+(?:"([^"\n]+)"|'([^'\n]+)')\s*\](.*)$/gm

/**
 * Reads the shared files, names in quotes too: the SDK does not find `[profile 'My Class']`, which is how
 * `aws configure --profile 'My Class'` writes it. Its own later reads get the same sections under a form that it finds.
 */
export async function readSharedFiles(): Promise<SharedFiles> {
  const {externalDataInterceptor, getHomeDir, loadSharedConfigFiles, loadSsoSessionData} = await shared()
  const home = getHomeDir()
  const config = process.env.AWS_CONFIG_FILE || path.join(home, '.aws', 'config')
  const credentials = process.env.AWS_SHARED_CREDENTIALS_FILE || path.join(home, '.aws', 'credentials')
  const resolved = config.startsWith('~/') ? path.join(home, config.slice(2)) : config
  const text = textOf(resolved)
  const unquoted = text.replace(quotedHeader, (_line, indent, kind, double, single, rest) => {
    return `${indent}[${kind}.${double ?? single}]${rest}`
  })
  if (unquoted !== text) {
    // SSO sessions are read by the path as it was given, profiles by the one it leads to.
    for (const file of new Set([config, resolved])) externalDataInterceptor.interceptFile(file, unquoted)
  }
  const {configFile, credentialsFile} = await loadSharedConfigFiles()
  const profiles: Record<string, Profile> = {...configFile}
  for (const [name, own] of Object.entries(credentialsFile)) profiles[name] = {...profiles[name], ...own}
  return {profiles, ssoSessions: await loadSsoSessionData(), files: [config, credentials]}
}

/** Nothing where it cannot be read: what the SDK says of such a file counts. */
function textOf(file: string): string {
  try {
    return readInputFile(file)
  } catch {
    return ''
  }
}

async function shared() {
  return import('@smithy/core/config')
}
