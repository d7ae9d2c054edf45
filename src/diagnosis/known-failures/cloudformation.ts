import type {KnownFailure} from './known-failure.js'

/** Templates, exports and stacks: what CloudFormation itself refuses. */
export const cloudFormation: readonly KnownFailure[] = [
  {
    id: 'template-denied',
    reason: /S3 error: Access Denied|TemplateURL must reference a valid S3 object to which you have access/,
    meaning:
      'CloudFormation could not read a template from the bucket with the permissions of the user or role that started the operation, or the template is not there.',
    advice:
      'Allow s3:GetObject on the template bucket for the role that deploys (docs/iam-policy.md), and check that no bucket policy denies it.',
  },
  {
    id: 'template-missing',
    reason: /S3 error: The specified (key|bucket) does not exist/,
    meaning:
      'A template is no longer where it was uploaded: someone emptied or deleted the bucket in the meantime.',
    advice:
      'Deploy again, which uploads the templates; check the lifecycle rules of the bucket if it is your own.',
  },
  {
    id: 'template-too-large',
    reason: /Template may not exceed \d+ bytes/,
    meaning: 'A template is larger than CloudFormation accepts.',
    advice: 'Restore the templates that came with mcpgw, or shorten what was added to them.',
  },
  {
    id: 'template-invalid',
    reason: /Template (format )?error: (?!.*Fn::Select\s+cannot select)|Unresolved resource dependencies/,
    meaning: 'CloudFormation does not accept a template.',
    advice: 'Correct the line, or restore the templates that came with mcpgw.',
  },
  {
    id: 'invalid-property',
    reason:
      /Properties validation failed for resource|EarlyValidation::PropertyValidation|Model validation failed|Encountered unsupported property/,
    meaning:
      'A property of the resource has a value, usually from a parameter, that its schema does not allow.',
    advice: 'Correct the parameter, or the template, that the message names.',
  },
  {
    id: 'refused-by-hook',
    reason: /The following hook\(s\)(\/validation)? failed: \[(?!AWS::EarlyValidation)/,
    meaning:
      'A CloudFormation hook of the organization or the account does not allow the resource as the template defines it.',
    advice:
      'Ask whoever manages the account or the organization what the hook requires, which the message names, and to exempt the stacks of the environment where the templates cannot meet it. Then deploy again.',
  },
  {
    id: 'type-unavailable',
    reason:
      /Unrecognized resource types?: |is not (available|supported) in (this|the) region|not supported in region/i,
    meaning: 'A service that the environment needs is not available in the region.',
    advice: 'Deploy to another region with `--region`.',
    inAnotherRegion: 'only',
  },
  {
    id: 'export-missing',
    reason: /No export named \S+ found/,
    meaning:
      'A stack imports a value from another stack of the environment that does not exist: it was deleted, or belongs to an environment with another name.',
    advice:
      'Deploy with mcpgw, which creates the stacks in order; the name of the export begins with the name of the environment.',
  },
  {
    id: 'export-taken',
    reason: /Export with name \S+ is already exported by stack/,
    meaning:
      'Another stack of the region exports a value under the same name: an environment with that name exists in the other layout, or was created in another way.',
    advice: 'Tear down the stack that the message names, or deploy with another `--environment`.',
  },
  {
    id: 'export-in-use-at-deletion',
    statuses: /^DELETE_/,
    reason: /Cannot delete export \S+ as it is in use by|Export \S+ cannot be deleted as it is in use by/,
    meaning: 'Another stack still uses a value of this one: CloudFormation deletes nothing before that ends.',
    advice: [
      'See which: `aws cloudformation list-imports --export-name {export}`. `mcpgw teardown` deletes the stacks of an environment in their order; what else uses the value is to do without it, or to go first.',
      '`mcpgw teardown` deletes the stacks of an environment in their order; what else uses the value is to do without it, or to go first.',
    ],
  },
  {
    id: 'export-in-use',
    statuses: /^(?!DELETE_)/,
    reason:
      /Export \S+ cannot be (deleted|updated) as it is in use by|Cannot delete export \S+ as it is in use by/,
    meaning: 'Another stack still imports a value that this one exports.',
    advice: [
      "The stacks of an environment import each other's values, so an update cannot change this one: keep the previous values of its parameters, or replace the environment with `mcpgw deploy --replace`; `mcpgw teardown` deletes its stacks in the right order. Any other stack that imports the value must be deleted first: `aws cloudformation list-imports --export-name {export}` lists them.",
      "The stacks of an environment import each other's values, so an update cannot change this one: keep the previous values of its parameters, or replace the environment with `mcpgw deploy --replace`; `mcpgw teardown` deletes its stacks in the right order.",
    ],
  },
  {
    id: 'stack-timed-out',
    reason: /Stack creation time exceeded the specified timeout|creation time.*exceeded/i,
    meaning: 'The stack was created with a timeout, and was not complete when the timeout expired.',
    advice:
      'Deploy with mcpgw, which does not set a timeout for the stack; `--timeout` only ends the waiting.',
  },
  {
    id: 'parameter-does-not-exist',
    reason: /Parameter validation failed: parameter value \S* ?for parameter name \S+ does not exist/,
    meaning:
      'A parameter refers to a resource (a hosted zone, a prefix list, a subnet) that does not exist in this account and region.',
    advice: 'Correct the parameter that the message names.',
  },
  {
    id: 'replacement-while-kept',
    reason: /Replacement type updates not supported on stack with disable-rollback/,
    meaning:
      'The update would replace a resource, which CloudFormation does not do when rollback is disabled.',
    advice: 'Deploy without `--on-failure keep`.',
  },
]
