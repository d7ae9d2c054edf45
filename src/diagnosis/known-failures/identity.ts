import type {KnownFailure} from './known-failure.js'

/** Who may do what: credentials, roles, policies and what the organization forbids. */
export const identity: readonly KnownFailure[] = [
  {
    id: 'boundary-demanded',
    reason:
      /not authorized to perform: iam:(Create|Put|Attach|Delete)Role\w* on resource: \S+ with an explicit deny in a service control policy/,
    meaning:
      'The organization that the account belongs to forbids making this role: nearly always because it demands a permissions boundary of every role, and this one has another or none.',
    advice:
      'Ask whoever manages the organization for the policy, and deploy again with `--set PermissionsBoundaryArn=…`. The boundary of your own role is often that policy: `aws sts get-caller-identity` names the role, and the IAM console shows its boundary.',
  },
  {
    id: 'boundary-missing',
    reason: /Scope ARN: \S+ does not exist or is not attachable/,
    meaning: 'The policy that is to be the permissions boundary of the roles does not exist.',
    advice:
      "Give the ARN of one that does with `--set PermissionsBoundaryArn=…`: `aws iam list-policies --scope All --query 'Policies[].Arn'` lists them.",
  },
  {
    id: 'forbidden-by-organization',
    reason:
      /(?<!iam:(Create|Put|Attach|Delete)Role\w* on resource: \S+ with an )explicit deny in a (service|resource) control policy/,
    meaning:
      'The organization that the account belongs to forbids this call in every role of the account, for example outside of certain regions.',
    advice:
      'Deploy in a region that is allowed, or ask whoever manages the organization to except the account; no permission of yours can lift it.',
  },
  {
    id: 'forbidden-by-boundary',
    reason: /(no permissions boundary allows|explicit deny in a permissions boundary)/,
    meaning:
      'The permissions boundary of your role or user does not let it make this call, whatever else it may.',
    advice:
      'Use another role, or have the action that the message names added to the boundary: docs/iam-policy.md lists all that are needed.',
  },
  {
    id: 'forbidden-explicitly',
    reason: /with an explicit deny in an? (identity-based|resource-based|session|VPC endpoint) policy/i,
    meaning: 'A policy forbids this call in so many words, which no other policy can outweigh.',
    advice:
      'Use another role, or have that statement removed: `aws sts get-caller-identity` says which role it is about.',
  },
  {
    id: 'role-not-passed',
    reason: /is not authorized to perform: iam:PassRole/,
    meaning: 'Your role may make the resource, but may not give it the role that it works with.',
    advice: 'Allow iam:PassRole for the roles of the environment: docs/iam-policy.md has the statement.',
  },
  {
    id: 'linked-role-denied',
    reason: /is not authorized to perform: iam:CreateServiceLinkedRole/,
    meaning:
      'A service of AWS needs a role of its own in the account, which does not exist yet, and your role may not make it.',
    advice: [
      'Have an administrator run `aws iam create-service-linked-role --aws-service-name {linkedService}`, once for the account.',
      'Have an administrator make it once for the account: IAM console, Roles, Create role, AWS service; the message names the service.',
    ],
  },
  {
    id: 'linked-role-missing',
    reason: /Unable to assume the service linked role/,
    meaning:
      'This is the first use of ECS in the account: AWS has just made the role that ECS works with, and could not use it yet.',
    advice:
      'Deploy again in a minute; when it comes again, run `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`.',
  },
  {
    id: 'role-not-ready',
    reason:
      /cannot be assumed by Lambda|CodeBuild is not authorized to perform: sts:AssumeRole|IAM role ARN value is invalid or does not include the required permissions/,
    meaning: 'A role that was created a moment ago had not yet reached the service that uses it.',
    advice: 'Deploy again: roles take up to a minute to be known everywhere.',
  },
  {
    id: 'service-role-unusable',
    reason: /Role \S+ is invalid or cannot be assumed/,
    meaning:
      'CloudFormation cannot work with the service role of the stack: it was deleted, or does not trust cloudformation.amazonaws.com.',
    advice: [
      'Restore the role: `aws iam get-role --role-name {role}` shows whom it trusts.',
      'Restore the role: the IAM console shows whom it trusts.',
    ],
  },
  {
    id: 'credentials-expired',
    reason: /security token included in the request is expired|ExpiredToken/,
    meaning:
      'CloudFormation works with the session of whoever started the operation, and that session ended before the resource was ready.',
    advice: 'Sign in again (for example `aws sso login`) for a session of two hours or more.',
  },
  {
    id: 'credentials-invalid',
    reason: /security token included in the request is invalid|InvalidClientTokenId|UnrecognizedClient/,
    meaning:
      'CloudFormation could not use the session of whoever started the operation: it was revoked, or the region is not enabled for the account.',
    advice: [
      'Check that the region is enabled (`aws account get-region-opt-status --region-name {region}`), then sign in again.',
      'Check that the region is enabled for the account, then sign in again.',
    ],
  },
  {
    id: 'capability-missing',
    reason: /Requires capabilities : \[/,
    meaning: 'The stack was started without the consent that it may make IAM roles with names of their own.',
    advice: 'Deploy with mcpgw, which gives it; in the console tick the boxes at the end of the wizard.',
  },
  {
    id: 'name-too-long',
    reason: /at '\w*[nN]ame' failed to satisfy constraint: Member must have length less than or equal to \d+/,
    meaning: "A name that is made from the environment's is longer than the service allows.",
    advice: 'Deploy under a shorter `--environment`.',
  },
  {
    id: 'account-suspended',
    reason:
      /account (is|has been) (suspended|blocked)|AccountSuspended|account is not (currently )?(active|authorized)|OptInRequired|SubscriptionRequired/i,
    meaning: 'AWS has not activated the account or the service for it, or has suspended it.',
    advice:
      'Look for mail from AWS and at the Billing console: a payment method and the confirmed telephone number are what is mostly missing.',
  },
]
