import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {strike} from '../faults/schedule.js'
import {fits} from '../faults/values.js'
import {imageExists, parseImage} from './images.js'
import {hasLogGroup} from './log-streams.js'
import type {Container} from './task-definitions.js'

/**
 * Why a task with these containers cannot start now, in the words of `stoppedReason`; undefined when it can.
 * Source: ECS developer guide, "Stopped tasks error messages" (ResourceInitializationError,
 * CannotPullContainerError).
 */
export function startFailure(
  world: World,
  region: Region,
  containers: readonly Container[],
): string | undefined {
  for (const {secrets} of containers) {
    for (const {valueFrom} of secrets) {
      const missing = missingSecret(world, region, valueFrom)
      if (missing) return missing
    }
  }
  for (const {log} of containers) {
    if (log && !log.createGroup && !hasLogGroup(world, region, log.group)) {
      return 'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1'
    }
  }
  const image = containers.find(container => !canPull(world, region, container.image))?.image
  return (
    image &&
    `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}: ${image}: not found`
  )
}

function canPull(world: World, region: Region, image: string): boolean {
  const {repository} = parseImage(image)
  const occasion = {key: repository, region: region.name}
  if (strike(world, 'missing-image', occasion, ({where}) => fits(where, repository))) return false
  return imageExists(world, image)
}

function missingSecret(world: World, region: Region, valueFrom: string): string | undefined {
  const service = valueFrom.startsWith('arn:') ? valueFrom.split(':')[2] : 'ssm'
  if (service === 'secretsmanager') {
    // After the secret's own ARN there may be JSON key, version stage and version id.
    const arn = valueFrom.split(':').slice(0, 7).join(':')
    if (secretExists(world, region, arn)) return undefined
    return `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`
  }
  const name = valueFrom.startsWith('arn:')
    ? valueFrom.slice(valueFrom.indexOf(':parameter') + 10)
    : valueFrom
  if (parameterExists(world, region, name)) return undefined
  return `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${name}`
}

function secretExists(world: World, region: Region, arn: string): boolean {
  const home = world.region(arn.split(':')[3] ?? region.name)
  return (
    world
      .resourcesOf(home, 'AWS::SecretsManager::Secret')
      // The six random characters at the end may be left out.
      .some(secret => secret.physicalId === arn || secret.physicalId.slice(0, -7) === arn)
  )
}

function parameterExists(world: World, region: Region, name: string): boolean {
  const names = new Set([name, name.replace(/^\//, '')])
  return world
    .resourcesOf(region, 'AWS::SSM::Parameter')
    .some((parameter: Resource) => names.has(parameter.physicalId))
}
