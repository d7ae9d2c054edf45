import type {KnownFailure} from './known-failure.js'

/** Who may do what: credentials, roles, policies and what the organization forbids. */
export const identity: readonly KnownFailure[] = [
  {
    id: 'boundary-demanded',
    reason:
      /not authorized to perform: iam:(Create|Put|Attach|Delete)Role\w* on resource: \S+ with an explicit deny in a service control policy/,
    meaning:
      'A service control policy of the organization does not allow this role: nearly always because it requires a permissions boundary on every role, and this one has a different boundary or none.',
    advice:
      'Ask the administrator of the organization for the ARN of the required policy, and deploy again with `--set PermissionsBoundaryArn=…`. It is often the same policy as the boundary of your own role: `aws sts get-caller-identity` names the role, and the IAM console shows its boundary.',
  },
  {
    id: 'boundary-missing',
    reason: /Scope ARN: \S+ does not exist or is not attachable/,
    meaning: 'The policy that was specified as the permissions boundary of the roles does not exist.',
    advice:
      "Give the ARN of one that does with `--set PermissionsBoundaryArn=…`: `aws iam list-policies --scope Local --query 'Policies[].Arn'` lists those of the account.",
  },
  {
    id: 'forbidden-by-organization',
    reason:
      /(?<!iam:(Create|Put|Attach|Delete)Role\w* on resource: \S+ with an )explicit deny in a (service|resource) control policy/,
    meaning:
      'The organization that the account belongs to denies this call to every role in the account, for example outside certain regions.',
    advice:
      'Deploy in a region that is allowed, or ask the administrator of the organization for an exception; no permission in the account can override the policy.',
  },
  {
    id: 'forbidden-by-boundary',
    reason: /(no permissions boundary allows|explicit deny in a permissions boundary)/,
    meaning:
      'The permissions boundary of your role or user does not allow this call, whatever its other policies allow.',
    advice:
      'Use another role, or have the action that the message names added to the boundary: docs/iam-policy.md lists all the actions that are needed.',
  },
  {
    id: 'forbidden-explicitly',
    reason: /with an explicit deny in an? (identity-based|resource-based|session|VPC endpoint) policy/i,
    meaning: 'A policy explicitly denies this call, and no other policy can override an explicit deny.',
    advice:
      'Use another role, or have that statement removed: `aws sts get-caller-identity` shows which role is affected.',
  },
  {
    id: 'role-not-passed',
    reason: /is not authorized to perform: iam:PassRole/,
    meaning: 'Your role may create the resource, but may not pass it the role that it runs with.',
    advice: 'Allow iam:PassRole for the roles of the environment: docs/iam-policy.md has the statement.',
  },
  {
    id: 'linked-role-denied',
    reason: /is not authorized to perform: iam:CreateServiceLinkedRole/,
    meaning:
      'An AWS service needs its service-linked role in the account. That role does not exist yet, and your role may not create it.',
    advice: [
      'Have an administrator run `aws iam create-service-linked-role --aws-service-name {linkedService}`, once for the account.',
      'Have an administrator create it once for the account: IAM console, Roles, Create role, AWS service; the message names the service.',
    ],
  },
  {
    id: 'linked-role-missing',
    reason: /Unable to assume the service linked role/,
    meaning:
      'This is the first use of ECS in the account: AWS has just created the service-linked role of ECS, and it was not available yet.',
    advice:
      'Deploy again in a minute; if it fails again, run `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`.',
  },
  {
    id: 'role-not-ready',
    reason:
      /cannot be assumed by Lambda|CodeBuild is not authorized to perform: sts:AssumeRole|IAM role ARN value is invalid or does not include the required permissions/,
    meaning: 'A role that was just created was not yet available to the service that uses it.',
    advice: 'Deploy again: a new role can take up to a minute to become available everywhere.',
  },
  {
    id: 'service-role-unusable',
    reason: /Role \S+ is invalid or cannot be assumed/,
    meaning:
      'CloudFormation cannot assume the service role of the stack: the role was deleted, or does not trust cloudformation.amazonaws.com.',
    advice: [
      'Look whether it exists and trusts cloudformation.amazonaws.com: `aws iam get-role --role-name {role}`. Make it again under its name if it was deleted: without it the stack can be neither updated nor deleted.',
      'Look in the IAM console whether it exists and trusts cloudformation.amazonaws.com. Make it again under its name if it was deleted: without it the stack can be neither updated nor deleted.',
    ],
  },
  {
    id: 'credentials-expired',
    reason: /security token included in the request is expired|ExpiredToken/,
    meaning:
      'CloudFormation uses the session of the user or role that started the operation, and that session expired before the resource was ready.',
    advice: 'Sign in again (for example `aws sso login`) for a session of two hours or more.',
  },
  {
    id: 'credentials-invalid',
    reason: /security token included in the request is invalid|InvalidClientTokenId|UnrecognizedClient/,
    meaning:
      'CloudFormation could not use the session of the user or role that started the operation: the session was revoked, or the region is not enabled for the account.',
    advice: [
      'Check that the region is enabled (`aws account get-region-opt-status --region-name {region}`), then sign in again.',
      'Check that the region is enabled for the account, then sign in again.',
    ],
  },
  {
    id: 'capability-missing',
    reason: /Requires capabilities : \[/,
    meaning:
      'The operation was started without acknowledging that the stack creates IAM roles with custom names (CAPABILITY_NAMED_IAM).',
    advice:
      'Deploy with mcpgw, which acknowledges it; in the console, select the acknowledgments on the last page of the wizard.',
  },
  {
    id: 'name-too-long',
    reason: /at '\w*[nN]ame' failed to satisfy constraint: Member must have length less than or equal to \d+/,
    meaning: 'A name that contains the name of the environment is longer than the service allows.',
    advice: 'Deploy with a shorter `--environment`.',
  },
  {
    id: 'account-suspended',
    reason:
      /account (is|has been) (suspended|blocked)|AccountSuspended|account is not (currently )?(active|authorized)|OptInRequired|SubscriptionRequired/i,
    meaning: 'AWS has not activated the account or the service for it, or has suspended it.',
    advice:
      'Check your email for messages from AWS, and check the Billing console: usually a payment method or the confirmation of the telephone number is missing.',
  },
]
