import {HttpResponse} from '@smithy/core/protocols'
import {failed, invalidInput, McpgwError, messageOf, refused} from '../errors.js'
import {shell} from './command-line.js'
import {actionOf} from './iam-actions.js'
import {clockDifference, refusedAheadMs, setClock} from './machine-clock.js'
import {notAwsCertificate, strangersAnswer} from './not-aws.js'
import {type AwsCall, nameOf, type SdkError} from './sdk-error.js'

/** Which of AWS's errors become which of ours. */
interface Rule {
  readonly names: readonly string[]
  readonly text?: RegExp
  make(error: SdkError, call: AwsCall): McpgwError
}

/** What the SDK says of a session of `aws login` that is not there, or that cannot be renewed any more. */
const noLoginText = /^Failed to load (a )?token |aws login/

/** The first rule that fits wins. */
export const rules: readonly Rule[] = [
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'],
    make: credentialsExpired,
  },
  {
    // Of `aws login`: its session is not on this machine, or has ended.
    names: ['CredentialsProviderError'],
    text: noLoginText,
    make: error => noLogin(error.cause),
  },
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    text: /expired|session.*(invalid|has ended)|sso login/i,
    make: credentialsExpired,
  },
  {
    names: ['CredentialsProviderError'],
    text: /requires multi-factor authentication/,
    make: mfaNeeded,
  },
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    make: error => noCredentials(error.cause),
  },
  {
    names: ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'AuthFailure'],
    make: (error, {region}) =>
      invalidInput(
        'INVALID_CREDENTIALS',
        `AWS does not accept the credentials: ${error.message}`,
        `Check the access key (and the session token) in your environment or profile, and that the region ${region} is enabled for the account.`,
        error.cause,
      ),
  },
  {
    names: [
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'RequestTimeTooSkewed',
      'IncompleteSignature',
    ],
    make: signatureRejected,
  },
  {
    names: [
      'AccessDenied',
      'AccessDeniedException',
      'UnauthorizedOperation',
      'NotAuthorized',
      'AuthorizationError',
    ],
    make: accessDenied,
  },
  {
    names: ['OptInRequired', 'SubscriptionRequiredException'],
    make: (error, call) =>
      failed('SERVICE_NOT_ENABLED', `${nameOf(call)} is not available to this account: ${error.message}`, {
        hint: `Enable the service, or the region ${call.region}, for the account; a new account may need a few minutes.`,
        cause: error.cause,
      }),
  },
  {
    names: [
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
    ],
    make: (error, call) =>
      failed('THROTTLED', `AWS limits the rate of ${nameOf(call)}: ${error.message}, after several tries.`, {
        hint: 'Other tools may be calling AWS in the same account. Wait a minute and run the command again.',
        cause: error.cause,
      }),
  },
  {
    names: ['LimitExceededException'],
    make: (error, call) =>
      failed('QUOTA_EXCEEDED', `${nameOf(call)} meets a quota of the account: ${error.message}`, {
        hint: `Delete what is not needed in ${call.region}, or raise the quota in the Service Quotas console.`,
        cause: error.cause,
      }),
  },
  {
    names: ['ERR_PROXY_TUNNEL'],
    make: proxyRefused,
  },
  {
    names: [
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ETIMEDOUT',
      'EPIPE',
      // What came was no HTTP: somebody else answers there, or the connection was garbled.
      'HPE_INVALID_CONSTANT',
      'TimeoutError',
    ],
    make: unreachable,
  },
  {
    // Of Node's TLS; EPROTO is what it makes of plain HTTP.
    names: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CERT_UNTRUSTED',
      'EPROTO',
    ],
    make: (error, call) => notAwsCertificate(firstLine(error.message), call, error.cause),
  },
  {
    names: ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'],
    make: (error, {region}) =>
      invalidInput(
        'WRONG_REGION',
        `The bucket is not in ${region}: ${error.message}`,
        'Use a bucket of the same region, or give its region with --region.',
        error.cause,
      ),
  },
  {
    names: ['ValidationError'],
    text: /TerminationProtection is enabled/i,
    make: error =>
      refused(
        'TERMINATION_PROTECTED',
        `${sentence(error.message)}`,
        'Turn termination protection off for the stack if it may really go, then run the command again.',
        error.cause,
      ),
  },
  {
    names: ['ValidationError'],
    text: /(is in \w+ state and can ?not be|cannot be deleted while in status|cannot be called from current stack status)/i,
    make: error =>
      failed('STACK_BUSY', sentence(error.message), {
        hint: 'Wait until the operation that runs has ended, then run the command again.',
        cause: error.cause,
      }),
  },
  {
    // CloudFormation hands on what S3 answers when it reads a TemplateURL.
    names: ['ValidationError'],
    text: /^S3 error: The specified (bucket|key) does not exist/,
    make: (error, call) => bucketGone(`CloudFormation cannot read the template for ${call.operation}`, error),
  },
  {
    names: ['NoSuchBucket'],
    make: (error, call) => bucketGone(`${nameOf(call)} failed`, error),
  },
  {
    names: ['ValidationError', 'InsufficientCapabilitiesException'],
    make: (error, call) =>
      call.service === 'cloudformation'
        ? failed(
            'REJECTED_BY_CLOUDFORMATION',
            `CloudFormation did not accept ${call.operation}: ${sentence(error.message)}`,
            {
              hint: 'Correct the parameter or template that the message names, then run the command again.',
              cause: error.cause,
            },
          )
        : failed('AWS_ERROR', `${nameOf(call)} failed: ${error.message}`, {cause: error.cause}),
  },
  {
    names: ['AlreadyExistsException'],
    make: error =>
      failed('ALREADY_EXISTS', sentence(error.message), {
        hint: 'Someone else may have started it at the same time. Run the command again: it continues with what is there.',
        cause: error.cause,
      }),
  },
]

/** No credentials at all: one line on what to set. */
export function noCredentials(cause: unknown, profile?: string): McpgwError {
  const detail = messageOf(cause)
  const why = /could not load credentials from any providers/i.test(detail) ? '' : ` (${detail})`
  const where = profile ? ` in profile ${profile}` : ''
  return invalidInput(
    'NO_CREDENTIALS',
    `No AWS credentials were found${where}${why}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile with --profile, or add --rehearse to try mcpgw without an account.`,
    'aws configure and aws sso login make a profile.',
    cause,
  )
}

/** A role, an SSO session or a token was not exchanged for credentials, for a reason that is not the profile's. */
export function credentialsNotFetched(failure: McpgwError, profile: string): McpgwError {
  failure.message = `The credentials of profile ${profile} cannot be fetched: ${sentence(messageOf(failure.cause))}`
  return failure
}

/** Nobody can be asked for a code: what the AWS CLI asked for once can be handed on. */
function mfaNeeded({message, cause}: SdkError): McpgwError {
  const profile = /^Profile (.+) requires/.exec(message)?.[1] ?? ''
  return invalidInput(
    'MFA_NEEDED',
    `The role of profile ${profile} requires a code from its MFA device (mfa_serial), which cannot be asked for here.`,
    `Run mcpgw in a terminal and without --json to be asked. Or let the AWS CLI ask: \`${shell`aws configure export-credentials --profile ${profile} --format env`}\` prints the credentials as lines for your shell. Then run the same command without --profile.`,
    cause,
  )
}

/** GetCallerIdentity is the first call of every command: when it fails, nothing was changed. */
function credentialsExpired(error: SdkError, {operation}: AwsCall): McpgwError {
  const first = operation === 'GetCallerIdentity'
  // The SDK names the profile of an SSO session that has ended.
  const profile = /profile=(.+?) (?:was not found|has ended)/.exec(error.message)?.[1]
  const renew =
    profile === undefined
      ? 'Renew them (for example aws sso login)'
      : `Run \`${shell`aws sso login --profile ${profile}`}\``
  return new McpgwError(`The AWS credentials have expired: ${sentence(error.message)}`, {
    code: 'CREDENTIALS_EXPIRED',
    exitCode: first ? 2 : 4,
    hint: first
      ? `${renew} and run the command again.`
      : `${renew} and run the same command again: what was started continues, and the command attaches to it.`,
    cause: error.cause,
  })
}

/** @param profile the one that signs in so, where it is known: `aws login` alone would renew another one's session */
export function noLogin(cause: unknown, profile?: string): McpgwError {
  const renew = profile === undefined ? 'aws login' : shell`aws login --profile ${profile}`
  return invalidInput(
    'CREDENTIALS_EXPIRED',
    `${profile === undefined ? 'The profile' : `Profile ${profile}`} signs in by \`aws login\`, and there is no valid session of it on this machine.`,
    `Run \`${renew}\`${profile === undefined ? ' for this profile' : ''}, then the same command again.`,
    cause,
  )
}

/** Whether an error of the SDK says that. */
export function lacksLogin({name, message}: SdkError): boolean {
  return name === 'CredentialsProviderError' && noLoginText.test(message)
}

/** AWS knows who calls and does not allow it: the action is what the reader needs. */
export function accessDenied(error: SdkError, call: AwsCall): McpgwError {
  const action = /not authorized to perform:? ([\w-]+:\w+)/.exec(error.message)?.[1] ?? actionOf(nameOf(call))
  return failed('ACCESS_DENIED', `This identity may not call ${action}: ${sentence(error.message)}`, {
    hint: `Allow ${action} in a policy of the role or user that runs mcpgw (a service control policy or permissions boundary can deny it too), or use another --profile. Then run the command again.`,
    resource: / on resource: (arn:\S+)/.exec(error.message)?.[1],
    cause: error.cause,
  })
}

/** An endpoint serves the regions that it has; neither key nor clock is at fault. */
function otherRegion({cause, message}: SdkError, {endpoint}: AwsCall, region: string): McpgwError {
  const where = endpoint === undefined ? 'What answers there' : `What answers at ${endpoint}`
  return invalidInput(
    'SIGNATURE_REJECTED',
    `${where} does not serve the region ${region}: ${sentence(message)}`,
    'Choose another --region. The embedded account of --rehearse has the regions that are enabled in every AWS account.',
    cause,
  )
}

/** The SDK corrects its clock by AWS's answers: what is refused for its time still was sent where they do not show it. */
function signatureRejected(error: SdkError, call: AwsCall): McpgwError {
  const [, region] = /scoped to a valid region, not '([\w-]+)'/.exec(error.message) ?? []
  if (region !== undefined) return otherRegion(error, call, region)
  const ahead = refusedAheadMs(error.message)
  const isLate = ahead !== undefined || error.name === 'RequestTimeTooSkewed'
  const difference = ahead === undefined ? 'more than five minutes off' : clockDifference(ahead)
  return invalidInput(
    'SIGNATURE_REJECTED',
    `AWS does not accept the request's signature: ${error.message}`,
    isLate
      ? `This machine's clock is ${difference}, and AWS takes five minutes at most. ${setClock}`
      : "Check that the secret access key is complete and that this machine's clock is right (within five minutes).",
    error.cause,
  )
}

/** A bucket, or what lay in it, that was there a moment ago. */
function bucketGone(what: string, error: SdkError): McpgwError {
  return failed('BUCKET_GONE', `${what}: ${sentence(firstLine(error.message))}`, {
    hint: 'Someone removed the bucket or its contents, perhaps a teardown that has finished. Run the same command again.',
    cause: error.cause,
  })
}

/** A 5xx that stayed after the retries. */
export function awsFault(error: SdkError, call: AwsCall): McpgwError {
  return failed(
    'AWS_FAULT',
    `${nameOf(call)} failed inside AWS${onTheWay(error)} (HTTP ${error.status}): ${sentence(error.message)}`,
    {
      hint: `Run the command again in a few minutes; https://health.aws.amazon.com shows known faults in ${call.region}.`,
      cause: error.cause,
    },
  )
}

/** A proxy's fault looks like one of AWS, but for the request id. */
function onTheWay({cause}: SdkError): string {
  const {$response} = (cause ?? {}) as {$response?: unknown}
  return HttpResponse.isInstance($response) && strangersAnswer($response) !== undefined
    ? ' or on the way to it'
    : ''
}

/** A no of the proxy on the way is none of AWS's: nothing was asked there. */
function proxyRefused(error: SdkError, call: AwsCall): McpgwError {
  const login = /HTTP 407/.test(error.message)
  return failed('PROXY_REFUSED', `${nameOf(call)} did not reach AWS: ${sentence(error.message)}`, {
    hint: login
      ? 'The proxy requires a user name and password: add them to the variable as http://USER:PASSWORD@HOST:PORT, percent-encoded, then run the same command again.'
      : 'Ask who runs the proxy to allow the host names of AWS, or list them in NO_PROXY if there is a direct way, then run the same command again.',
    cause: error.cause,
  })
}

function unreachable(error: SdkError, call: AwsCall): McpgwError {
  const [, proxy] = /the proxy (\S+ \(\w+\)) gives no answer/.exec(error.message) ?? []
  if (proxy !== undefined) return proxySilent(error, call, proxy)
  const advice = call.endpoint
    ? `Check that something listens at ${call.endpoint} (mcpgw rehearse serves the embedded account) and that AWS_ENDPOINT_URL is meant.`
    : `Check the network connection, and that ${call.region} is the name of a region. Where only a proxy leads to the internet, HTTPS_PROXY has to name it; NO_PROXY lists what it must not be asked for.`
  return failed('UNREACHABLE', `${nameOf(call)} got no answer: ${sentence(error.message || error.name)}`, {
    hint: call.unreachableHint ?? advice,
    cause: error.cause,
  })
}

/** AWS was not asked: neither its endpoint nor the region is to blame. @param proxy with the variable that names it */
function proxySilent(error: SdkError, call: AwsCall, proxy: string): McpgwError {
  return failed('UNREACHABLE', `${nameOf(call)} got no answer: ${sentence(error.message)}`, {
    hint: `Correct the address of the proxy, ${proxy}, or unset the variable if this network has a direct way to AWS. A proxy of a company may need its VPN. Then run the same command again.`,
    cause: error.cause,
  })
}

/** CloudFormation puts an address for more information below what S3 says. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
