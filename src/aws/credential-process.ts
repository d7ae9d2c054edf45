import {exec} from 'node:child_process'
import {promisify} from 'node:util'
import {invalidInput, type McpgwError} from '../errors.js'
import {visible} from '../visible.js'

/** What the program prints, as the SDK names it. */
export interface ProcessCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  expiration?: Date
}

/** As far as people read it. */
const longestWords = 500

/**
 * Runs the `credential_process` of a profile. Not by the SDK, which keeps neither its exit code nor, in a chain, what it
 * says.
 * @throws McpgwError CREDENTIAL_PROCESS_FAILED, exit code 2: never with the command line, which may hold secrets
 */
export async function credentialsOfProcess(profile: string, command: string): Promise<ProcessCredentials> {
  let printed: string
  try {
    printed = (await promisify(exec)(command)).stdout
  } catch (error) {
    throw processFailed(profile, {...how(error), command})
  }
  return readCredentials(profile, printed)
}

/** What Node tells of a child that failed. */
function how(error: unknown): {code?: number | string; signal?: string; stderr?: string} {
  return error as {code?: number | string; signal?: string; stderr?: string}
}

/**
 * What the program said. Its own words may repeat its command line, so what is in that is left out; and nothing of the
 * error is kept, which holds it.
 */
export function processFailed(
  profile: string,
  {code, signal, stderr = '', command}: ReturnType<typeof how> & {command: string},
): McpgwError {
  const end = signal ? `it was ended by ${signal}` : `it ended with exit code ${code ?? 'unknown'}`
  const words = visible(withoutArguments(stderr.trim(), command).slice(0, longestWords))
  const said = words === '' ? `${end} and said nothing` : `${end} and said: ${words}`
  return failedProcess(profile, said)
}

/** What stands behind an option, or behind =, may be a secret. */
const valueOfOption = /(?:\s--?[\w-]+[\s=]|\w=)["']?([^\s"']{4,})/g

function withoutArguments(words: string, command: string): string {
  return [...command.matchAll(valueOfOption)].reduce(
    (text, [, value = '']) => text.replaceAll(value, '***'),
    words,
  )
}

/** Source: AWS SDKs and Tools reference, "Process credential provider". */
function readCredentials(profile: string, printed: string): ProcessCredentials {
  let data: Record<string, unknown>
  try {
    data = Object(JSON.parse(printed))
  } catch {
    throw failedProcess(profile, 'what it printed is no JSON')
  }
  const {Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration} = data
  if (Version !== 1) throw failedProcess(profile, 'what it printed is not of "Version": 1')
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    throw failedProcess(profile, 'what it printed has no AccessKeyId and SecretAccessKey')
  const expiration = typeof Expiration === 'string' ? new Date(Expiration) : undefined
  // Against the real time, as AWS does.
  if (expiration !== undefined && !(expiration.getTime() > Date.now()))
    throw failedProcess(profile, `what it printed has expired (Expiration ${Expiration})`)
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' && SessionToken !== '' ? {sessionToken: SessionToken} : {}),
    ...(expiration === undefined ? {} : {expiration}),
  }
}

function failedProcess(profile: string, what: string): McpgwError {
  return invalidInput(
    'CREDENTIAL_PROCESS_FAILED',
    `The credential_process of profile ${profile} gave no credentials: ${what}${/[.!?]$/.test(what) ? '' : '.'}`,
    'Do what it says, or run its command by itself; then run the same command again.',
  )
}
