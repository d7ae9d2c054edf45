import {failed, McpgwError} from '../errors.js'
import {
  accessDenied,
  awsFault,
  credentialsNotFetched,
  lacksLogin,
  noCredentials,
  noLogin,
  rules,
} from './error-rules.js'
import {type AwsCall, nameOf, sdkErrorOf} from './sdk-error.js'

/** A stack that is not there: CloudFormation has no error name for it, only `ValidationError` and this text. */
export function isMissingStack(error: unknown): boolean {
  const {name, message} = sdkErrorOf(error)
  return name === 'ValidationError' && /^Stack .*does not exist/.test(message)
}

/** UpdateStack found nothing to do: again `ValidationError`, told apart by its text. */
export function isNothingToUpdate(error: unknown): boolean {
  const {name, message} = sdkErrorOf(error)
  return name === 'ValidationError' && message.startsWith('No updates are to be performed')
}

/** The caller may not ask this. */
export function isDenied(error: unknown): boolean {
  return error instanceof McpgwError && error.code === 'ACCESS_DENIED'
}

/** AWS's error has one of these names: shape names as the SDK gives them, such as `ClusterNotFoundException`. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return names.includes(sdkErrorOf(error).name)
}

/** The HTTP status, which is all that a failed HEAD request tells. */
export function statusOf(error: unknown): number | undefined {
  return sdkErrorOf(error).status
}

/**
 * Turns whatever an SDK call throws into an `McpgwError` whose `cause` is the SDK's error. Names and texts as in
 * AWS's common errors and each service's API reference; the same fault has another name in each wire protocol.
 */
export function translate(error: unknown, call: AwsCall): McpgwError {
  if (error instanceof McpgwError) return error
  const sdk = sdkErrorOf(error)
  for (const rule of rules) {
    if (rule.names.includes(sdk.name) && (rule.text?.test(sdk.message) ?? true)) return rule.make(sdk, call)
  }
  if (sdk.status === 403) return accessDenied(sdk, call)
  if (sdk.status !== undefined && sdk.status >= 500) return awsFault(sdk, call)
  return failed('AWS_ERROR', `${nameOf(call)} failed: ${sdk.name}: ${sdk.message}`, {cause: error})
}

/** Of whoever was asked for credentials, or of the way there: a profile that exists is not at fault. */
const notOfTheProfile: readonly string[] = [
  'UNREACHABLE',
  'PROXY_REFUSED',
  'NOT_AWS',
  'AWS_FAULT',
  'THROTTLED',
  'INVALID_CREDENTIALS',
  'SIGNATURE_REJECTED',
]

/** What to say when the credential chain gives nothing; `profile` is the one that a flag or a variable named. */
export function credentialsUnavailable(
  error: unknown,
  profile: string | undefined,
  region: string,
): McpgwError {
  const call = {service: 'sts', operation: 'GetCallerIdentity', region, endpoint: undefined}
  const translated = translate(error, call)
  if (error instanceof McpgwError) return error
  if (lacksLogin(sdkErrorOf(error))) return noLogin(error, profile)
  // A role that may not be taken, or a wrong code.
  if (translated.code === 'ACCESS_DENIED') return translate(error, {...call, operation: 'AssumeRole'})
  if (profile !== undefined && notOfTheProfile.includes(translated.code))
    return credentialsNotFetched(translated, profile)
  return ['CREDENTIALS_EXPIRED', 'MFA_NEEDED'].includes(translated.code)
    ? translated
    : noCredentials(error, profile)
}
