import type {KnownFailure} from './known-failure.js'

const taken = /already exists(?! in stack)|AlreadyExists|ResourceExistsException/

/** A name is taken: by what an earlier environment left behind, or by someone else. */
export const names: readonly KnownFailure[] = [
  {
    id: 'secret-pending-deletion',
    reason: /secret with this name is already scheduled for deletion/,
    meaning:
      'A secret with that name was deleted recently, and its name stays reserved until its recovery window ends.',
    advice: [
      'Delete it permanently if its value is not needed: `aws secretsmanager delete-secret --secret-id {named} --force-delete-without-recovery`.',
      "Delete it permanently if its value is not needed: `aws secretsmanager list-secrets --include-planned-deletion --query 'SecretList[?DeletedDate].[Name,DeletedDate]'` lists the secrets that are scheduled for deletion; `delete-secret` with `--force-delete-without-recovery` deletes one at once.",
    ],
  },
  {
    id: 'in-another-stack',
    reason: /already exists in stack arn:/,
    meaning: 'Another stack in the account has a resource with that name.',
    advice:
      'Deploy with another `--environment`, or tear down the environment whose stack the message names.',
  },
  {
    id: 'found-by-early-validation',
    reason: /EarlyValidation::ResourceExistenceCheck/,
    meaning:
      'CloudFormation validated the change set before it started: a resource with a name that the environment uses already exists. An earlier environment left it behind, or it belongs to someone else.',
    advice: [
      'See which one: `aws cloudformation describe-events --stack-name {stack} --filters FailedEvents=true`. Delete it if it is left over, or deploy with another `--environment`.',
      'See which one: CloudFormation console, the stack, Events. Delete it if it is left over, or deploy with another `--environment`.',
    ],
  },
  {
    id: 'log-group-exists',
    types: /^AWS::Logs::LogGroup$/,
    reason: taken,
    meaning:
      'A log group with that name already exists: an earlier environment left it behind, or a service wrote to it during the teardown.',
    advice: [
      'Delete it with its logs if it is left over: `aws logs delete-log-group --log-group-name {named}` (`mcpgw teardown` removes what an earlier teardown left behind).',
      'Delete it with its logs if it is left over (CloudWatch console, Log groups); the message names it.',
    ],
  },
  {
    id: 'secret-exists',
    types: /^AWS::SecretsManager::Secret$/,
    reason: taken,
    meaning: 'A secret with that name already exists, and the stack did not create it.',
    advice: [
      'Delete it if it is left over: `aws secretsmanager delete-secret --secret-id {named} --force-delete-without-recovery`.',
      'Delete it if it is left over (Secrets Manager console); the message names it.',
    ],
  },
  {
    id: 'repository-exists',
    types: /^AWS::ECR::Repository$/,
    reason: taken,
    meaning: 'An image repository with that name already exists, and the stack did not create it.',
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
      'A role or policy with that name already exists in the account. IAM is global, so it may belong to an environment in another region.',
    advice:
      'Deploy with another `--environment` if an environment with this name exists in another region; otherwise delete the role or policy in the IAM console.',
  },
  {
    id: 'parameter-exists',
    types: /^AWS::SSM::Parameter$/,
    reason: taken,
    meaning: 'A parameter with that name already exists in Parameter Store, and the stack did not create it.',
    advice: [
      'Delete it if it is left over: `aws ssm delete-parameter --name {named}`.',
      'Delete it if it is left over (Parameter Store in the Systems Manager console); the message names it.',
    ],
  },
  {
    id: 'alias-exists',
    types: /^AWS::KMS::Alias$/,
    reason: taken,
    meaning: 'An alias with that name already exists, for a key that the stack did not create.',
    advice: [
      'Delete the alias if it is left over: `aws kms delete-alias --alias-name {named}`.',
      'Delete the alias if it is left over (KMS console, the key, Aliases); the message names it.',
    ],
  },
  {
    id: 'database-exists',
    types: /^AWS::RDS::/,
    reason: /^(?![\s\S]*snapshot)[\s\S]*already exists/i,
    meaning: 'A database resource with that name already exists, and the stack did not create it.',
    advice:
      'Look first whether anybody needs what is in it, and keep a snapshot then; delete it in the RDS console if it is left over, or deploy under another `--environment`.',
  },
  {
    id: 'project-exists',
    types: /^AWS::CodeBuild::Project$/,
    reason: taken,
    meaning: 'A build project with that name already exists, and the stack did not create it.',
    advice: [
      'Delete it if it is left over: `aws codebuild delete-project --name {named}`.',
      'Delete it if it is left over (CodeBuild console); the message names it.',
    ],
  },
  {
    id: 'function-exists',
    types: /^AWS::Lambda::Function$/,
    reason: taken,
    meaning: 'A Lambda function with that name already exists, and the stack did not create it.',
    advice: [
      'Delete it if it is left over: `aws lambda delete-function --function-name {named}`.',
      'Delete it if it is left over (Lambda console); the message names it.',
    ],
  },
  {
    id: 'cluster-not-idempotent',
    reason: /Creation of (service|cluster) was not idempotent/,
    meaning: 'An ECS service with that name already runs in the cluster, and the stack did not create it.',
    advice:
      'Delete it if it is left over: ECS console, the cluster that the template names, Services, Delete with force.',
  },
]
