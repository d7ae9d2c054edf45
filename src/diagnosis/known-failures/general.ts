import type {KnownFailure} from './known-failure.js'

/** What any resource can say. These come last: whatever fits better is found before them. */
export const general: readonly KnownFailure[] = [
  {
    id: 'access-denied',
    reason: /is not authorized to perform|AccessDenied|UnauthorizedOperation|because no \S+ policy allows/,
    meaning: 'The role that deploys does not have permission for the call that the message names.',
    advice: 'Have the action allowed: docs/iam-policy.md lists all the actions that are needed.',
  },
  {
    id: 'name-taken',
    reason: /already exists|HandlerErrorCode: AlreadyExists/,
    meaning: 'A resource with that name already exists, and the stack did not create it.',
    advice: 'Delete it if it is left over, or deploy with another `--environment`.',
  },
  {
    id: 'quota-used-up',
    reason:
      /LimitExceeded|quota (has been )?exceeded|maximum number of .* has been reached|exceeded (the|your) (limit|quota)/i,
    meaning: 'The account has reached a quota.',
    advice:
      'Delete what is not in use, or request an increase of the quota that the message names in Service Quotas.',
  },
  {
    id: 'throttled',
    reason:
      /Rate exceeded|HandlerErrorCode: Throttling|ThrottlingException|TooManyRequests|RequestLimitExceeded/i,
    meaning: 'AWS throttled the calls of the account, and CloudFormation gave up on the resource.',
    advice:
      'Run the command again in a few minutes; stop whatever else makes many calls in the account at the same time.',
  },
  {
    id: 'image-build-failed',
    reason: /The image build \S+ ended with FAILED(?! in phase (QUEUED|PROVISIONING))/,
    meaning: 'A command of the image build failed; the message names the images, and its log says why.',
    advice:
      'Read the end of the log that the message names. If the network was the cause, deploy again; importing the images avoids the build: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'custom-resource-failed',
    reason: /Received response status \[FAILED\] from custom resource/,
    meaning: 'The function behind a custom resource reported a failure; the message has the reason.',
    advice: 'Read its log: CloudWatch, Log groups, /aws/lambda/ and the name of the environment.',
  },
  {
    id: 'deleted-by-hand',
    reason: /HandlerErrorCode: NotFound|with identifier '\S+' was not found/,
    meaning:
      'Something that the stack created, or that the resource refers to, no longer exists: someone deleted it outside the stack.',
    advice:
      'Find out what is missing from the name in the message; create it again by hand if the stack did not create it.',
  },
  {
    id: 'not-stabilized',
    reason: /NotStabilized|Exceeded attempts to wait|did not stabilize|failed to stabilize/i,
    meaning: 'The resource was created, but did not become ready within the time that CloudFormation allows.',
    advice: 'Check it in the console of its service, then run the command again.',
  },
  {
    id: 'internal-failure',
    reason:
      /Internal Failure|HandlerErrorCode: (InternalFailure|ServiceInternalError)|Internal error|We encountered an internal error/i,
    meaning: 'An internal error occurred in AWS; the templates are not the cause.',
    advice: 'Run the command again. If it fails again, check the AWS Health Dashboard of the region.',
  },
  {
    id: 'no-connection',
    reason:
      /HandlerErrorCode: NetworkFailure|Unable to execute HTTP request|Service Unavailable|ServiceUnavailable/i,
    meaning: 'CloudFormation could not reach the service.',
    advice:
      'Run the command again in a few minutes; if it fails again, check the AWS Health Dashboard of the region.',
  },
]
