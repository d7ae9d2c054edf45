import type {KnownFailure} from './known-failure.js'

/** Templates, exports and stacks: what CloudFormation itself refuses. */
export const cloudFormation: readonly KnownFailure[] = [
  {
    id: 'template-denied',
    reason: /S3 error: Access Denied|TemplateURL must reference a valid S3 object to which you have access/,
    meaning:
      'CloudFormation could not read a template from the bucket with the rights of whoever started the operation, or the template is not there.',
    advice:
      'Allow s3:GetObject on the template bucket for the role that deploys (docs/iam-policy.md), and check that no bucket policy forbids it.',
  },
  {
    id: 'template-missing',
    reason: /S3 error: The specified (key|bucket) does not exist/,
    meaning:
      'A template is no longer where it was uploaded: somebody emptied or deleted the bucket meanwhile.',
    advice:
      'Deploy again, which uploads the templates; look for lifecycle rules of the bucket if it is your own.',
  },
  {
    id: 'template-too-large',
    reason: /Template may not exceed \d+ bytes/,
    meaning: 'A template is larger than CloudFormation takes.',
    advice: 'Restore the templates that came with mcpgw, or cut down what was added to them.',
  },
  {
    id: 'template-invalid',
    reason: /Template (format )?error: (?!.*Fn::Select\s+cannot select)|Unresolved resource dependencies/,
    meaning: 'CloudFormation does not accept what a template says.',
    advice: 'Correct the line, or restore the templates that came with mcpgw.',
  },
  {
    id: 'invalid-property',
    reason:
      /Properties validation failed for resource|EarlyValidation::PropertyValidation|Model validation failed|Encountered unsupported property/,
    meaning:
      'A property of the resource has a value, mostly from a parameter, that its schema does not allow.',
    advice: 'Correct the parameter, or the template, that the message names.',
  },
  {
    id: 'refused-by-hook',
    reason: /The following hook\(s\)(\/validation)? failed: \[(?!AWS::EarlyValidation)/,
    meaning:
      'A hook that the organization or the account has installed does not let the resource be made as the template says.',
    advice:
      'Ask whoever manages the account what the hook asks for: `aws cloudformation list-types --type HOOK`.',
  },
  {
    id: 'type-unavailable',
    reason:
      /Unrecognized resource types?: |is not (available|supported) in (this|the) region|not supported in region/i,
    meaning: 'The region does not have a service that the environment needs.',
    advice: 'Choose another region, for example us-west-2.',
  },
  {
    id: 'export-missing',
    reason: /No export named \S+ found/,
    meaning:
      "A stack needs a value of another stack of the environment, which is not there: it was deleted, or has another environment's name.",
    advice:
      'Deploy with mcpgw, which makes the stacks in order; the name of the export begins with that of the environment.',
  },
  {
    id: 'export-taken',
    reason: /Export with name \S+ is already exported by stack/,
    meaning:
      'Another stack of the region exports a value under the same name: an environment of that name exists in the other layout, or was made otherwise.',
    advice: 'Tear down what the message names, or deploy under another `--environment`.',
  },
  {
    id: 'export-in-use',
    reason:
      /Export \S+ cannot be (deleted|updated) as it is in use by|Cannot delete export \S+ as it is in use by/,
    meaning: 'Another stack still uses a value of this one.',
    advice: [
      "The stacks of an environment use each other's values, so that an update cannot change this one: leave the parameters that it is made of as they were, or make the environment anew with `mcpgw deploy --replace`; `mcpgw teardown` deletes its stacks in their order. What else uses the value is to go first: `aws cloudformation list-imports --export-name {export}` lists all.",
      "The stacks of an environment use each other's values, so that an update cannot change this one: leave the parameters that it is made of as they were, or make the environment anew with `mcpgw deploy --replace`; `mcpgw teardown` deletes its stacks in their order.",
    ],
  },
  {
    id: 'stack-timed-out',
    reason: /Stack creation time exceeded the specified timeout|creation time.*exceeded/i,
    meaning: 'The stack was started with a time limit, and was not complete when it was over.',
    advice: 'Deploy with mcpgw, which sets none for the stack; --timeout only ends the waiting.',
  },
  {
    id: 'parameter-does-not-exist',
    reason: /Parameter validation failed: parameter value \S* ?for parameter name \S+ does not exist/,
    meaning:
      'A parameter names something (a hosted zone, a prefix list, a subnet) that does not exist in this account and region.',
    advice: 'Correct the parameter that the message names.',
  },
  {
    id: 'replacement-while-kept',
    reason: /Replacement type updates not supported on stack with disable-rollback/,
    meaning:
      'The update would replace a resource, which CloudFormation does not do while it is told to keep what fails.',
    advice: 'Deploy without `--on-failure keep`.',
  },
]
