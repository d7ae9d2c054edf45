import {stackNameOf} from '../../aws/arn.js'
import {accountWords, type Clock} from '../../clock.js'
import {type FailureDetails, McpgwError} from '../../errors.js'

/**
 * What to report when AWS refuses to be asked in the middle of an operation: it continues all the same. The code stays
 * what it was, the exit code is 4 whatever it would be before anything was started.
 */
export function monitoringFailed(
  error: McpgwError,
  operation: {id: string; resumeCommand: string; timeLabel?: Clock['label']},
): McpgwError {
  const message = `${error.message} The operation on stack ${stackNameOf(operation.id)} continues in ${accountWords(operation.timeLabel)}, but mcpgw can no longer see it.`
  const hint = `${remedyOf(error)} Then run \`${operation.resumeCommand}\` to attach to it again.`
  const {resource, cause} = error
  return withCode(error.code, message, {hint, resource, cause})
}

function remedyOf(error: McpgwError): string {
  // Its own hint names "the same command", and ours names the command.
  if (error.code === 'CREDENTIALS_EXPIRED') return 'Renew the credentials (for example aws sso login).'
  return error.hint ?? 'Correct what the message says.'
}

/** Every code in full, because docs/errors.md is held to what the source says. */
function withCode(
  code: string,
  message: string,
  details: Omit<FailureDetails, 'code' | 'exitCode'>,
): McpgwError {
  switch (code) {
    case 'CREDENTIALS_EXPIRED':
      return new McpgwError(message, {...details, code: 'CREDENTIALS_EXPIRED', exitCode: 4})
    case 'NO_CREDENTIALS':
      return new McpgwError(message, {...details, code: 'NO_CREDENTIALS', exitCode: 4})
    case 'INVALID_CREDENTIALS':
      return new McpgwError(message, {...details, code: 'INVALID_CREDENTIALS', exitCode: 4})
    case 'SIGNATURE_REJECTED':
      return new McpgwError(message, {...details, code: 'SIGNATURE_REJECTED', exitCode: 4})
    default:
      return new McpgwError(message, {...details, code: 'ACCESS_DENIED', exitCode: 4})
  }
}
