import {describe, expect, it} from 'vitest'
import {credentialsUnavailable, isMissingStack, isNamed, statusOf, translate} from '../../src/aws/errors.js'
import {failed, McpgwError} from '../../src/errors.js'

const call = {service: 'cloudformation', operation: 'CreateStack', region: 'eu-west-1', endpoint: undefined}

function sdkError(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), {name, $metadata: {httpStatusCode: status}})
}

describe('translate', () => {
  it("says how far this machine's clock is off when AWS refuses a signature for its time", () => {
    const late =
      'Signature expired: 20260302T095000Z is now earlier than 20260302T095500Z (20260302T100000Z - 5 min.)'
    expect(translate(sdkError('InvalidSignatureException', late), call).hint).toMatch(
      /^This machine's clock is 10 minutes behind AWS's, .* Set it by the network/,
    )
    const skewed = 'The difference between the request time and the current time is too large.'
    expect(translate(sdkError('RequestTimeTooSkewed', skewed), call).hint).toMatch(
      /more than five minutes off/,
    )
    const key = 'The request signature we calculated does not match the signature you provided.'
    expect(translate(sdkError('SignatureDoesNotMatch', key), call).hint).toMatch(/secret access key/)
    const region = "Credential should be scoped to a valid region, not 'mx-central-1'. "
    expect(translate(sdkError('SignatureDoesNotMatch', region), call)).toMatchObject({
      message: expect.stringContaining('does not serve the region mx-central-1'),
      hint: expect.stringMatching(/^Choose another --region/),
    })
  })

  it.each([
    ['ExpiredToken', 'The security token included in the request is expired', 'CREDENTIALS_EXPIRED', 4],
    ['ExpiredTokenException', 'The security token is expired', 'CREDENTIALS_EXPIRED', 4],
    ['RequestExpired', 'Request has expired.', 'CREDENTIALS_EXPIRED', 4],
    ['CredentialsProviderError', 'The SSO session has expired', 'CREDENTIALS_EXPIRED', 4],
    ['CredentialsProviderError', 'Could not load credentials from any providers', 'NO_CREDENTIALS', 2],
    ['InvalidClientTokenId', 'The security token is invalid.', 'INVALID_CREDENTIALS', 2],
    ['UnrecognizedClientException', 'The security token is invalid.', 'INVALID_CREDENTIALS', 2],
    ['AuthFailure', 'AWS was not able to validate', 'INVALID_CREDENTIALS', 2],
    ['SignatureDoesNotMatch', 'Signature expired: …', 'SIGNATURE_REJECTED', 2],
    ['AccessDenied', 'Access Denied', 'ACCESS_DENIED', 1],
    ['AccessDeniedException', 'no', 'ACCESS_DENIED', 1],
    ['UnauthorizedOperation', 'no', 'ACCESS_DENIED', 1],
    ['Throttling', 'Rate exceeded', 'THROTTLED', 1],
    ['ThrottlingException', 'Rate exceeded', 'THROTTLED', 1],
    ['RequestLimitExceeded', 'Request limit exceeded.', 'THROTTLED', 1],
    ['SlowDown', 'Please reduce your request rate.', 'THROTTLED', 1],
    ['LimitExceededException', 'Limit for stacks', 'QUOTA_EXCEEDED', 1],
    ['OptInRequired', 'not subscribed', 'SERVICE_NOT_ENABLED', 1],
    ['TimeoutError', 'Request did not complete within 60000 ms', 'UNREACHABLE', 1],
    ['PermanentRedirect', 'use another endpoint', 'WRONG_REGION', 2],
    ['ValidationError', "Parameter 'P' must be a number.", 'REJECTED_BY_CLOUDFORMATION', 1],
    ['InsufficientCapabilitiesException', 'Requires capabilities : [X]', 'REJECTED_BY_CLOUDFORMATION', 1],
    [
      'ValidationError',
      'Stack [demo] cannot be deleted while TerminationProtection is enabled',
      'TERMINATION_PROTECTED',
      3,
    ],
    [
      'ValidationError',
      'S3 error: The specified bucket does not exist\nFor more information',
      'BUCKET_GONE',
      1,
    ],
    ['ValidationError', 'S3 error: The specified key does not exist.', 'BUCKET_GONE', 1],
    ['ValidationError', 'S3 error: Access Denied', 'REJECTED_BY_CLOUDFORMATION', 1],
    ['NoSuchBucket', 'The specified bucket does not exist', 'BUCKET_GONE', 1],
    ['ValidationError', 'Stack:arn is in ROLLBACK_COMPLETE state and can not be updated.', 'STACK_BUSY', 1],
    ['ValidationError', 'Stack [demo] cannot be deleted while in status UPDATE_IN_PROGRESS', 'STACK_BUSY', 1],
    ['AlreadyExistsException', 'Stack [demo] already exists', 'ALREADY_EXISTS', 1],
    ['SomethingNew', 'what', 'AWS_ERROR', 1],
  ])('makes of %s "%s" the error %s', (name, message, code, exitCode) => {
    const error = sdkError(name, message)
    const translated = translate(error, call)
    expect(translated).toMatchObject({code, exitCode})
    expect(translated.cause).toBe(error)
  })

  it('names the action that is denied, the resource, and how to allow it', () => {
    const message =
      'User: arn:aws:iam::1:user/me is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::1:role/x because no identity-based policy allows the iam:CreateRole action'
    expect(translate(sdkError('AccessDenied', message, 403), call)).toMatchObject({
      message: `This identity may not call iam:CreateRole: ${message}.`,
      resource: 'arn:aws:iam::1:role/x',
      hint: expect.stringContaining('Allow iam:CreateRole in a policy'),
    })
  })

  it('names the call when AWS does not name the action', () => {
    const denied = translate(sdkError('Unknown', 'UnknownError', 403), call)
    expect(denied).toMatchObject({code: 'ACCESS_DENIED'})
    expect(denied.message).toContain('cloudformation:CreateStack')
  })

  it('names the action that a policy allows where the operation is called otherwise, and says to run again', () => {
    const deletion = {...call, service: 's3', operation: 'DeleteObjects'}
    const denied = translate(sdkError('AccessDenied', 'Access Denied', 403), deletion)
    expect(denied.message).toBe('This identity may not call s3:DeleteObject: Access Denied.')
    expect(denied.hint).toMatch(/^Allow s3:DeleteObject in a policy .* Then run the command again\.$/)
  })

  it('says that an operation continues when credentials expire during it', () => {
    const expired = translate(sdkError('ExpiredToken', 'expired', 403), call)
    expect(expired.hint).toContain('what was started continues')
  })

  it('says that nothing was changed when they have expired at the first call', () => {
    const first = {...call, service: 'sts', operation: 'GetCallerIdentity'}
    const expired = translate(sdkError('ExpiredToken', 'expired', 403), first)
    expect(expired).toMatchObject({code: 'CREDENTIALS_EXPIRED', exitCode: 2})
    expect(expired.hint).not.toContain('continues')
  })

  it('names the profile whose SSO session is over in the command that renews it', () => {
    const first = {...call, service: 'sts', operation: 'GetCallerIdentity'}
    const message = 'The SSO session token associated with profile=My Class was not found or is invalid.'
    expect(translate(sdkError('CredentialsProviderError', message), first).hint).toBe(
      "Run `aws sso login --profile 'My Class'` and run the command again.",
    )
  })

  it('knows a fault of AWS by its status', () => {
    expect(translate(sdkError('Unknown', 'UnknownError', 503), call)).toMatchObject({code: 'AWS_FAULT'})
  })

  it('names the endpoint that does not answer', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), {code: 'ECONNREFUSED'})
    expect(translate(refused, {...call, endpoint: 'http://127.0.0.1:4566'})).toMatchObject({
      code: 'UNREACHABLE',
      message: 'cloudformation:CreateStack got no answer: connect ECONNREFUSED 127.0.0.1:4566.',
      hint: expect.stringContaining('http://127.0.0.1:4566'),
    })
  })

  it('leaves an error of ours as it is', () => {
    const ours = failed('X', 'x')
    expect(translate(ours, call)).toBe(ours)
  })

  it('copes with anything thrown', () => {
    expect(translate('text', call)).toBeInstanceOf(McpgwError)
    expect(translate(undefined, call)).toBeInstanceOf(McpgwError)
  })
})

it('recognises errors after they were translated', () => {
  const missing = translate(sdkError('ValidationError', 'Stack with id x does not exist'), call)
  expect(isMissingStack(missing)).toBe(true)
  expect(isMissingStack(sdkError('ValidationError', 'Role does not exist'))).toBe(false)
  expect(isNamed(translate(sdkError('NoSuchBucket', 'gone', 404), call), 'NoSuchBucket')).toBe(true)
  expect(statusOf(translate(sdkError('NotFound', 'gone', 404), call))).toBe(404)
})

it('says which profile has no credentials', () => {
  const cause = sdkError('CredentialsProviderError', 'Could not load credentials from any providers')
  expect(credentialsUnavailable(cause, 'class', 'us-west-2').message).toMatch(
    /^No AWS credentials were found in profile class: set /,
  )
  expect(credentialsUnavailable(new Error('no such file'), undefined, 'us-west-2').message).toMatch(
    /^No AWS credentials were found \(no such file\): set /,
  )
})

it.each([
  [
    {code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND sts.us-west-2.amazonaws.com'},
    'UNREACHABLE',
    /network/,
  ],
  [
    {code: 'ERR_PROXY_TUNNEL', message: 'the proxy http://proxy:1 (HTTPS_PROXY) answered HTTP 403'},
    'PROXY_REFUSED',
    /who runs the proxy/,
  ],
  [
    {name: 'InvalidClientTokenId', message: 'The security token included in the request is invalid.'},
    'INVALID_CREDENTIALS',
    /Check the access key/,
  ],
])(
  'does not say that a profile has no credentials when its role could not be asked for: %o',
  (error, code, hint) => {
    const cause = Object.assign(new Error(error.message), error)
    expect(credentialsUnavailable(cause, 'class', 'us-west-2')).toMatchObject({
      code,
      message: expect.stringContaining(
        `The credentials of profile class cannot be fetched: ${error.message.slice(0, 20)}`,
      ),
      hint: expect.stringMatching(hint),
    })
  },
)
