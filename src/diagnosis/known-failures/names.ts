import type {KnownFailure} from './known-failure.js'

const taken = /already exists(?! in stack)|AlreadyExists|ResourceExistsException/

/** A name is taken: by what an earlier environment left behind, or by somebody else. */
export const names: readonly KnownFailure[] = [
  {
    id: 'secret-pending-deletion',
    reason: /secret with this name is already scheduled for deletion/,
    meaning:
      'A secret of that name was deleted not long ago, and its name stays taken until the waiting time is over.',
    advice: [
      'Delete it for good if nobody needs what is in it: `aws secretsmanager delete-secret --secret-id {named} --force-delete-without-recovery`.',
      "Delete it for good if nobody needs what is in it: `aws secretsmanager list-secrets --include-planned-deletion --query 'SecretList[?DeletedDate].[Name,DeletedDate]'` lists those that wait; `delete-secret` with `--force-delete-without-recovery` ends the waiting.",
    ],
  },
  {
    id: 'in-another-stack',
    reason: /already exists in stack arn:/,
    meaning: 'Another stack of the account has made a resource with that name.',
    advice:
      'Deploy under another `--environment`, or tear down the environment whose stack the message names.',
  },
  {
    id: 'found-by-early-validation',
    reason: /EarlyValidation::ResourceExistenceCheck/,
    meaning:
      'CloudFormation looked before it began: something with a name that the environment uses exists already. It was left behind, or belongs to somebody else.',
    advice: [
      'See which: `aws cloudformation describe-events --stack-name {stack} --filters FailedEvents=true`. Delete it if it is left over, or deploy under another `--environment`.',
      'See which: CloudFormation console, the stack, Events. Delete it if it is left over, or deploy under another `--environment`.',
    ],
  },
  {
    id: 'log-group-exists',
    types: /^AWS::Logs::LogGroup$/,
    reason: taken,
    meaning:
      'A log group of that name exists: an earlier environment left it behind, or a service wrote into it while it was torn down.',
    advice: [
      'Delete it with its logs if it is left over: `aws logs delete-log-group --log-group-name {named}` (what a teardown has left, `mcpgw teardown` removes).',
      'Delete it with its logs if it is left over (CloudWatch console, Log groups); the message names it.',
    ],
  },
  {
    id: 'secret-exists',
    types: /^AWS::SecretsManager::Secret$/,
    reason: taken,
    meaning: 'A secret of that name exists that the stack did not make.',
    advice: [
      'Delete it if it is left over: `aws secretsmanager delete-secret --secret-id {named} --force-delete-without-recovery`.',
      'Delete it if it is left over (Secrets Manager console); the message names it.',
    ],
  },
  {
    id: 'repository-exists',
    types: /^AWS::ECR::Repository$/,
    reason: taken,
    meaning: 'An image repository of that name exists that the stack did not make.',
    advice: [
      'Delete it with its images if it is left over: `aws ecr delete-repository --force --repository-name {named}`.',
      'Delete it with its images if it is left over (ECR console); the message names it.',
    ],
  },
  {
    id: 'role-exists',
    types: /^AWS::IAM::(Role|ManagedPolicy)$/,
    reason: taken,
    meaning:
      'A role or policy of that name exists in the account; IAM is the same in every region, so that it may belong to an environment elsewhere.',
    advice:
      'Deploy under another `--environment` when one of that name exists in another region; otherwise delete it in the IAM console.',
  },
  {
    id: 'parameter-exists',
    types: /^AWS::SSM::Parameter$/,
    reason: taken,
    meaning: 'A parameter of that name exists in Parameter Store that the stack did not make.',
    advice: [
      'Delete it if it is left over: `aws ssm delete-parameter --name {named}`.',
      'Delete it if it is left over (Parameter Store in the Systems Manager console); the message names it.',
    ],
  },
  {
    id: 'alias-exists',
    types: /^AWS::KMS::Alias$/,
    reason: taken,
    meaning: 'An alias of that name points to a key that the stack did not make.',
    advice: [
      'Delete the alias if it is left over: `aws kms delete-alias --alias-name {named}`.',
      'Delete the alias if it is left over (KMS console, the key, Aliases); the message names it.',
    ],
  },
  {
    id: 'database-exists',
    types: /^AWS::RDS::/,
    reason: /^(?![\s\S]*snapshot)[\s\S]*already exists/i,
    meaning: 'A database resource of that name exists that the stack did not make.',
    advice:
      'Delete it in the RDS console if it is left over; look first whether anybody needs what is in it.',
  },
  {
    id: 'project-exists',
    types: /^AWS::CodeBuild::Project$/,
    reason: taken,
    meaning: 'A build project of that name exists that the stack did not make.',
    advice: [
      'Delete it if it is left over: `aws codebuild delete-project --name {named}`.',
      'Delete it if it is left over (CodeBuild console); the message names it.',
    ],
  },
  {
    id: 'function-exists',
    types: /^AWS::Lambda::Function$/,
    reason: taken,
    meaning: 'A Lambda function of that name exists that the stack did not make.',
    advice: [
      'Delete it if it is left over: `aws lambda delete-function --function-name {named}`.',
      'Delete it if it is left over (Lambda console); the message names it.',
    ],
  },
  {
    id: 'cluster-not-idempotent',
    reason: /Creation of (service|cluster) was not idempotent/,
    meaning: 'An ECS service of that name runs in the cluster already, which the stack did not make.',
    advice:
      'Delete it if it is left over: ECS console, the cluster that the template names, Services, Delete with force.',
  },
]
