import type {Region} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {keyOf, secretValue} from '../../resources/secret-values.js'
import {text} from '../../resources/values.js'
import type {Container} from './task-definitions.js'

/** What each container of a task is given of secrets and parameters, as they are now. */
export function secretsNow(
  world: World,
  region: Region,
  containers: readonly Container[],
): Record<string, Record<string, string>> {
  return Object.fromEntries(
    containers.map(({name, secrets}) => [
      name,
      Object.fromEntries(
        secrets.map(secret => [secret.name, valueFrom(world, region, secret.valueFrom) ?? '']),
      ),
    ]),
  )
}

/**
 * The value behind a `valueFrom`: of a parameter, of a secret, or of one key of a secret that is a JSON object.
 * Source: ECS API reference, Secret.
 */
function valueFrom(world: World, region: Region, from: string): string | undefined {
  const service = from.startsWith('arn:') ? from.split(':')[2] : 'ssm'
  if (service !== 'secretsmanager') {
    const name = from.startsWith('arn:') ? from.slice(from.indexOf(':parameter') + 10) : from
    const parameter = world
      .resourcesOf(region, 'AWS::SSM::Parameter')
      .find(({physicalId}) => physicalId === name || physicalId === name.replace(/^\//, ''))
    return text(parameter?.properties.Value)
  }
  const parts = from.split(':')
  const home = world.region(parts[3] ?? region.name)
  const value = secretValue(world, home, parts.slice(0, 7).join(':'))
  const key = parts[7]
  return !key || value === undefined ? value : keyOf(value, key)
}
