import type {Region, Resource, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {triggerFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'
import {keyOf, secretValueOf} from '../../resources/secret-values.js'
import {imageExists, parseImage} from '../ecr/images.js'
import {roleAllows} from '../iam/permissions.js'
import {hasLogGroup} from '../logs/streams.js'
import {type Container, findTaskDefinition, needsOf} from './task-definitions.js'
import {mountFailure} from './task-volumes.js'

/**
 * Why a task with these containers cannot start now, in the words of `stoppedReason`; undefined when it can. A role
 * that is no resource of this account is taken to allow everything.
 * Source: ECS developer guide, "Stopped tasks error messages" (TaskFailedToStart, ResourceInitializationError,
 * CannotPullContainerError).
 */
export function startFailure(
  world: World,
  region: Region,
  task: Task,
  containers: readonly Container[],
): string | undefined {
  const definition = findTaskDefinition(world, region, task.taskDefinitionArn)
  const {executionRole, taskRole, volumes} = definition
    ? needsOf(definition)
    : {executionRole: undefined, taskRole: undefined, volumes: []}
  const missingRole = [executionRole, taskRole].find(role => role !== undefined && !roleExists(world, role))
  if (missingRole !== undefined) {
    return `ECS was unable to assume the role '${missingRole}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`
  }
  const may = (action: string, resource: string) =>
    executionRole === undefined ||
    !isOwnRole(world, executionRole) ||
    roleAllows(world, executionRole, action, resource)
  for (const {secrets} of containers) {
    for (const {valueFrom} of secrets) {
      const missing = missingSecret(world, region, valueFrom) ?? deniedSecret(world, region, valueFrom, may)
      if (missing) return missing
    }
  }
  const unmounted = mountFailure(world, region, task, volumes)
  if (unmounted !== undefined) return unmounted
  for (const {log} of containers) {
    if (!log) continue
    const words =
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream:'
    if (!log.createGroup && !hasLogGroup(world, region, log.group)) {
      return `${words} ResourceNotFoundException: The specified log group does not exist. : exit status 1`
    }
    const arn = `arn:aws:logs:${region.name}:${world.account.id}:log-group:${log.group}:log-stream:*`
    if (!may('logs:CreateLogStream', arn)) {
      return `${words} AccessDeniedException: ${notAuthorized(executionRole, 'logs:CreateLogStream', arn)} : exit status 1`
    }
  }
  for (const {image} of containers) {
    const words = `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}:`
    if (!canPull(world, region, image)) return `${words} ${image}: not found`
    const {repository, isOwn} = repositoryOf(world, image)
    if (isOwn && !may('ecr:BatchGetImage', repository)) {
      return `${words} pulling from host failed with status code [manifests]: 403 Forbidden`
    }
  }
  return undefined
}

/** The ARN of an image's repository, and whether that is one of this account. */
function repositoryOf(world: World, image: string): {repository: string; isOwn: boolean} {
  const [, account, regionName] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./.exec(image) ?? []
  const repository = `arn:aws:ecr:${regionName}:${account}:repository/${parseImage(image).repository}`
  return {repository, isOwn: account === world.account.id}
}

/** A role of another account, or none that an ARN names, is not looked at. */
function roleExists(world: World, arn: string): boolean {
  if (!isOwnRole(world, arn)) return true
  return Object.values(world.account.regions).some(region =>
    world.resourcesOf(region, 'AWS::IAM::Role').some(({attributes}) => attributes.Arn === arn),
  )
}

function isOwnRole(world: World, arn: string): boolean {
  return arn.startsWith(`arn:aws:iam::${world.account.id}:role/`)
}

function notAuthorized(role: string | undefined, action: string, resource: string): string {
  const session = role?.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')
  return `User: ${session} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
}

function deniedSecret(
  world: World,
  region: Region,
  valueFrom: string,
  may: (action: string, resource: string) => boolean,
): string | undefined {
  const words =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve'
  if (valueFrom.startsWith('arn:aws:secretsmanager:')) {
    const arn = valueFrom.split(':').slice(0, 7).join(':')
    if (may('secretsmanager:GetSecretValue', arn)) return undefined
    return `${words} secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager: AccessDeniedException: not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}`
  }
  const arn = valueFrom.startsWith('arn:')
    ? valueFrom
    : `arn:aws:ssm:${region.name}:${world.account.id}:parameter/${valueFrom.replace(/^\//, '')}`
  if (may('ssm:GetParameters', arn)) return undefined
  return `${words} secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: not authorized to perform: ssm:GetParameters on resource: ${arn}`
}

function canPull(world: World, region: Region, image: string): boolean {
  const {repository} = parseImage(image)
  const occasion = {key: repository, region: region.name}
  if (triggerFault(world, 'missing-image', occasion, ({where}) => fits(where, repository))) return false
  return imageExists(world, image)
}

function missingSecret(world: World, region: Region, valueFrom: string): string | undefined {
  const service = valueFrom.startsWith('arn:') ? valueFrom.split(':')[2] : 'ssm'
  if (service === 'secretsmanager') {
    // After the secret's own ARN there may be JSON key, version stage and version id.
    const arn = valueFrom.split(':').slice(0, 7).join(':')
    const secret = secretAt(world, region, arn)
    const failure = (words: string) =>
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager: ${words}`
    if (secret === undefined) {
      return failure("ResourceNotFoundException: Secrets Manager can't find the specified secret.")
    }
    if (secret.data.deletionAt !== undefined) {
      return failure(
        "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
      )
    }
    const value = secretValueOf(secret)
    if (value === undefined) {
      return failure(
        "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
      )
    }
    const key = valueFrom.split(':')[7]
    return !key || keyOf(value, key) !== undefined
      ? undefined
      : `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key ${key}`
  }
  const name = valueFrom.startsWith('arn:')
    ? valueFrom.slice(valueFrom.indexOf(':parameter') + 10)
    : valueFrom
  if (parameterExists(world, region, name)) return undefined
  return `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${name}`
}

function secretAt(world: World, region: Region, arn: string): Resource | undefined {
  const home = world.region(arn.split(':')[3] ?? region.name)
  return (
    world
      .resourcesOf(home, 'AWS::SecretsManager::Secret')
      // The six random characters at the end may be left out.
      .find(secret => secret.physicalId === arn || secret.physicalId.slice(0, -7) === arn)
  )
}

function parameterExists(world: World, region: Region, name: string): boolean {
  const names = new Set([name, name.replace(/^\//, '')])
  return world
    .resourcesOf(region, 'AWS::SSM::Parameter')
    .some((parameter: Resource) => names.has(parameter.physicalId))
}
