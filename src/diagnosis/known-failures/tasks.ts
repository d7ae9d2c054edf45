import type {KnownFailure} from './known-failure.js'

/** Why a task of a service stopped. Source: Amazon ECS developer guide, "Stopped tasks error messages". */
export const tasks: readonly KnownFailure[] = [
  {
    id: 'image-missing',
    reason: /CannotPullContainerError[\s\S]*(: not found|manifest unknown|does not exist|no such image)/,
    meaning:
      'The image that a service runs is not in its repository: the image build did not push it, or someone deleted it.',
    advice: 'Deploy again: `mcpgw deploy` builds, or imports, what is missing.',
  },
  {
    id: 'image-denied',
    reason:
      /CannotPullContainerError[\s\S]*(403 Forbidden|AccessDenied|not authorized|pull access denied|no basic auth credentials)/,
    meaning:
      'A task may not pull its image: its execution role does not have the permission, or the policy of the repository denies it.',
    advice:
      'Run `mcpgw deploy --repair`, which restores what was removed from the execution role. If it fails again, something denies access: remove what was added to that role in the IAM console, or to the repository (ECR console, Permissions).',
  },
  {
    id: 'image-unreachable',
    reason:
      /CannotPullContainerError[\s\S]*(i\/o timeout|context deadline exceeded|request canceled|connection refused|no such host)/i,
    meaning:
      'A task cannot reach the image repository: its subnet has no route to a NAT gateway, or a security group rule blocks it.',
    advice:
      'Run `mcpgw deploy --repair`, which restores routes and NAT gateways that were deleted. If it fails again, look for what was added: network ACLs and firewalls (VPC console) that block outbound port 443.',
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
    advice:
      'Run `mcpgw deploy --repair`, which restores what was removed from the execution role. If it fails again, something denies access: remove what was added to that role (IAM console), to the secret (Secrets Manager console, Resource permissions) or to the key (KMS console, Key policy).',
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
    advice: 'Run `mcpgw deploy --repair`: it creates a deleted parameter of the environment again.',
  },
  {
    id: 'task-secrets-unreachable',
    reason:
      /ResourceInitializationError[\s\S]*(secret|ssm|asm|registry auth)[\s\S]*(deadline exceeded|connection|RequestError|send request failed|timeout)/i,
    meaning: 'A task cannot reach Secrets Manager, Parameter Store or the image repository when it starts.',
    advice:
      'Run `mcpgw deploy --repair`, which restores routes, NAT gateways and security group rules that were deleted. If it fails again, look for what was added: network ACLs and firewalls (VPC console) that block outbound port 443.',
  },
  {
    id: 'task-file-system',
    reason: /failed to invoke EFS utils commands/,
    meaning:
      'A task could not mount the file system: it cannot reach port 2049, or a mount target or a permission is missing.',
    advice:
      'Run `mcpgw deploy --repair`, which restores mount targets, access points and security group rules that were deleted; if nothing was deleted, it can be a matter of seconds.',
  },
  {
    id: 'task-logs',
    reason: /failed to validate logger args|failed to create (cloudwatch )?log (stream|group)/i,
    meaning:
      'A task could not write its log: the log group does not exist, the execution role may not write to it, or the task cannot reach CloudWatch Logs.',
    advice:
      'Run `mcpgw deploy --repair`, which restores the log group, and what was removed from the execution role.',
  },
  {
    id: 'out-of-memory',
    reason: /OutOfMemory/i,
    meaning: 'A container used more memory than its task has, and was stopped.',
    advice:
      'Give the tasks more memory: `mcpgw deploy --set ServiceMemory=4096`, or for Keycloak `mcpgw deploy --set KeycloakMemory=4096`.',
  },
  {
    id: 'container-unhealthy',
    reason: /Task failed container health checks/,
    meaning: 'A container started, but its health check did not succeed in time.',
    advice: [
      'Read the last lines of its log (`aws logs tail {log} --since 15m`): it is waiting for something (usually the database or Keycloak), or its startup ends with an error.',
      'Read the last lines of its log, which mcpgw recorded (`mcpgw diagnose --run latest`): it is waiting for something (usually the database or Keycloak), or its startup ends with an error.',
    ],
  },
  {
    id: 'target-unhealthy',
    reason: /Task failed ELB health checks in|is unhealthy in \(?target-group/,
    meaning: 'A task started, but did not pass the health check of the load balancer.',
    advice: [
      'Read the last lines of its log (`aws logs tail {log} --since 15m`), and the reason of the target: `aws elbv2 describe-target-health --target-group-arn {targetGroup}`.',
      'Read the last lines of its log, and the reason of the target, which mcpgw recorded: `mcpgw diagnose --run latest`.',
    ],
  },
  {
    id: 'container-exited',
    reason: /Essential container in task exited/,
    meaning: 'The program in a container exited; its exit code and its log say why.',
    advice: [
      'Read the last lines of its log: `aws logs tail {log} --since 15m`.',
      'Read the last lines of its log, which mcpgw recorded: `mcpgw diagnose --run latest`.',
    ],
  },
]
