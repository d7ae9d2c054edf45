import type {KnownFailure} from './known-failure.js'

/** What any resource can say. These come last: whatever fits better is found before them. */
export const general: readonly KnownFailure[] = [
  {
    id: 'access-denied',
    reason: /is not authorized to perform|AccessDenied|UnauthorizedOperation|because no \S+ policy allows/,
    meaning: 'The role that deploys may not make the call that the message names.',
    advice: 'Have the action allowed: docs/iam-policy.md lists all that are needed.',
  },
  {
    id: 'name-taken',
    reason: /already exists|HandlerErrorCode: AlreadyExists/,
    meaning: 'Something of that name exists that the stack did not make.',
    advice: 'Delete it if it is left over, or deploy under another `--environment`.',
  },
  {
    id: 'quota-used-up',
    reason:
      /LimitExceeded|quota (has been )?exceeded|maximum number of .* has been reached|exceeded (the|your) (limit|quota)/i,
    meaning: 'A quota of the account is used up.',
    advice: 'Delete what nobody uses, or raise the quota that the message names in Service Quotas.',
  },
  {
    id: 'throttled',
    reason:
      /Rate exceeded|HandlerErrorCode: Throttling|ThrottlingException|TooManyRequests|RequestLimitExceeded/i,
    meaning:
      'AWS limited how fast calls are made in the account, and CloudFormation gave up on the resource.',
    advice: 'Run the command again in some minutes; end what else works in the account at the same time.',
  },
  {
    id: 'image-build-failed',
    reason: /The image build \S+ ended with FAILED(?! in phase (QUEUED|PROVISIONING))/,
    meaning: 'A command of the image build failed; the message names the images, and its log says why.',
    advice:
      'Read the end of the log that the message names. Where it was the network, deploying again helps; importing the images avoids it: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'custom-resource-failed',
    reason: /Received response status \[FAILED\] from custom resource/,
    meaning: 'The function behind a custom resource said that it failed; the message has its reason.',
    advice: 'Read its log: CloudWatch, Log groups, /aws/lambda/ and the name of the environment.',
  },
  {
    id: 'deleted-by-hand',
    reason: /HandlerErrorCode: NotFound|with identifier '\S+' was not found/,
    meaning:
      'Something that the stack made, or that the resource refers to, does not exist any more: somebody deleted it outside of the stack.',
    advice:
      'Find out what is missing, by the name in the message; what the stack did not make itself is to be made again by hand.',
  },
  {
    id: 'not-stabilized',
    reason: /NotStabilized|Exceeded attempts to wait|did not stabilize|failed to stabilize/i,
    meaning: 'The resource was made, but did not become ready within the time that CloudFormation gives it.',
    advice: 'Look at it in the console of its service, then run the command again.',
  },
  {
    id: 'internal-failure',
    reason:
      /Internal Failure|HandlerErrorCode: (InternalFailure|ServiceInternalError)|Internal error|We encountered an internal error/i,
    meaning: 'AWS failed in itself; nothing in the templates is to blame.',
    advice: 'Run the command again. When it comes again, look at the AWS Health Dashboard of the region.',
  },
  {
    id: 'no-connection',
    reason:
      /HandlerErrorCode: NetworkFailure|Unable to execute HTTP request|Service Unavailable|ServiceUnavailable/i,
    meaning: 'CloudFormation could not reach the service.',
    advice:
      'Run the command again in some minutes; look at the AWS Health Dashboard of the region when it comes again.',
  },
]
