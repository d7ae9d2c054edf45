import type {KnownFailure} from './known-failure.js'

/** Why a task of a service stopped. Source: Amazon ECS developer guide, "Stopped tasks error messages". */
export const tasks: readonly KnownFailure[] = [
  {
    id: 'image-missing',
    reason: /CannotPullContainerError[\s\S]*(: not found|manifest unknown|does not exist|no such image)/,
    meaning:
      'The image that a service runs is not in its repository: the image build did not push it, or someone deleted it.',
    advice: [
      'Check whether it is there: `aws ecr describe-images --repository-name {repository}`; deploying again builds what is missing.',
      'Check in the ECR console whether it is there; deploying again builds what is missing.',
    ],
  },
  {
    id: 'image-denied',
    reason:
      /CannotPullContainerError[\s\S]*(403 Forbidden|AccessDenied|not authorized|pull access denied|no basic auth credentials)/,
    meaning:
      'A task may not pull its image: its execution role does not have the permission, or the policy of the repository denies it.',
    advice: [
      'Restore the execution role and the policy of the repository if they were changed by hand: `aws ecr get-repository-policy --repository-name {repository}`.',
      'Restore the execution role and the policy of the repository (ECR console, Permissions) if they were changed by hand.',
    ],
  },
  {
    id: 'image-unreachable',
    reason:
      /CannotPullContainerError[\s\S]*(i\/o timeout|context deadline exceeded|request canceled|connection refused|no such host)/i,
    meaning:
      'A task cannot reach the image repository: its subnet has no route to a NAT gateway, or a security group rule blocks it.',
    advice:
      'Check the routes of the private subnets (VPC console, Route tables): the target of 0.0.0.0/0 must be a NAT gateway that is available.',
  },
  {
    id: 'image-platform',
    reason: /does not contain descriptor matching platform|exec format error/,
    meaning: 'An image was built for another CPU architecture; the services run on linux/amd64.',
    advice: 'Export or build the images for linux/amd64 again, then deploy.',
  },
  {
    id: 'task-secret-denied',
    reason:
      /ResourceInitializationError[\s\S]*(secret|ssm|asm|registry auth)[\s\S]*(AccessDenied|not authorized)/i,
    meaning:
      'A task may not read one of its secrets or parameters: its execution role, or the key that encrypts them, does not allow it.',
    advice: 'Restore the execution role and the policy of the key if they were changed by hand.',
  },
  {
    id: 'task-secret-key',
    reason: /did not contain json key/,
    meaning: 'A secret does not contain the key that a task reads: someone changed its value by hand.',
    advice:
      'Add the key again under the name that the message gives: Secrets Manager console, the secret, Retrieve secret value, Edit.',
  },
  {
    id: 'task-parameter-missing',
    reason: /ResourceInitializationError[\s\S]*(invalid parameters: |ParameterNotFound)/i,
    meaning: 'A parameter that a task reads does not exist in Parameter Store.',
    advice:
      'Someone deleted it by hand: create it again with the name that the message gives, or tear the environment down and deploy.',
  },
  {
    id: 'task-secrets-unreachable',
    reason:
      /ResourceInitializationError[\s\S]*(secret|ssm|asm|registry auth)[\s\S]*(deadline exceeded|connection|RequestError|send request failed|timeout)/i,
    meaning: 'A task cannot reach Secrets Manager, Parameter Store or the image repository when it starts.',
    advice:
      'Check the routes of the private subnets (0.0.0.0/0 to a NAT gateway) and the security group of the service (outbound port 443).',
  },
  {
    id: 'task-file-system',
    reason: /failed to invoke EFS utils commands/,
    meaning:
      'A task could not mount the file system: it cannot reach port 2049, or a mount target or a permission is missing.',
    advice:
      'Deploy again, because it may be a matter of seconds. If it fails again, check that the security group of the file system allows port 2049 from the services.',
  },
  {
    id: 'task-logs',
    reason: /failed to validate logger args|failed to create (cloudwatch )?log (stream|group)/i,
    meaning:
      'A task could not write its log: the log group does not exist, or the task cannot reach CloudWatch Logs.',
    advice: [
      'Restore the log group if it was deleted by hand: `aws logs create-log-group --log-group-name /ecs/{service}`.',
      'Restore the log group that the message names if it was deleted by hand, or check the routes of the private subnets.',
    ],
  },
  {
    id: 'out-of-memory',
    reason: /OutOfMemory/i,
    meaning: 'A container used more memory than its task has, and was stopped.',
    advice:
      'Give the tasks more memory: `--set ServiceMemory=4096`, or `--set KeycloakMemory=4096` for Keycloak.',
  },
  {
    id: 'container-unhealthy',
    reason: /Task failed container health checks/,
    meaning: 'A container started, but its health check did not succeed in time.',
    advice:
      'Read the last lines of its log: it is waiting for something (usually the database or Keycloak), or its startup ends with an error.',
  },
  {
    id: 'target-unhealthy',
    reason: /Task failed ELB health checks in|is unhealthy in \(?target-group/,
    meaning: 'A task started, but did not pass the health check of the load balancer.',
    advice: [
      'Read the last lines of its log, and the reason of the target: `aws elbv2 describe-target-health --target-group-arn {targetGroup}`.',
      'Read the last lines of its log, and the reason of the target: EC2 console, Target groups, Targets.',
    ],
  },
  {
    id: 'container-exited',
    reason: /Essential container in task exited/,
    meaning: 'The program in a container exited; its exit code and its log say why.',
    advice: 'Read the last lines of its log: CloudWatch, Log groups, /ecs/ and the name of the environment.',
  },
]
