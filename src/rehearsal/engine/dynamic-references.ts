import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {secretValue} from '../resources/secret-values.js'
import {ssmParameterValue} from '../resources/ssm-parameter-value.js'

const unreadable = 'Could not read a value from the resolved secret'

const reference = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]*)\}\}/g

/**
 * Replaces `{{resolve:…}}` inside properties, as CloudFormation does just before it calls the service that owns the
 * resource; the stack's own record of them keeps the reference.
 * Source: CloudFormation user guide, "Get values stored in other services using dynamic references".
 * @throws ResourceFailure when what one names does not exist.
 */
export function resolveDynamic(
  world: World,
  region: Region,
  properties: Record<string, unknown>,
): Record<string, unknown> {
  // Most have none, and then the resource and the stack's record of it share them: many thousands are kept.
  if (!refers(properties)) return properties
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, resolved(world, region, value)]),
  )
}

/**
 * Why a resource cannot be deleted though nobody uses it: CloudFormation reads the secrets of its properties then, too, and
 * fails when one is gone (aws-cloudformation/cloudformation-coverage-roadmap issue 1507). Undefined where it can be.
 */
export function unreadableSecret(
  world: World,
  region: Region,
  properties: Record<string, unknown>,
): string | undefined {
  try {
    resolveDynamic(world, region, properties)
    return undefined
  } catch (error) {
    if (error instanceof ResourceFailure && error.message.startsWith(unreadable)) return error.message
    // Nothing else of it matters any more.
    if (error instanceof ResourceFailure) return undefined
    throw error
  }
}

function refers(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{resolve:')
  return typeof value === 'object' && value !== null && Object.values(value).some(refers)
}

function resolved(world: World, region: Region, value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(reference, (_, service: string, path: string) =>
      service === 'secretsmanager' ? secret(world, region, path) : parameter(world, region, path),
    )
  }
  if (Array.isArray(value)) return value.map(item => resolved(world, region, item))
  if (!value || typeof value !== 'object') return value
  return resolveDynamic(world, region, value as Record<string, unknown>)
}

/** `secret-id:SecretString:json-key:version-stage:version-id`, where the id may be an ARN with colons of its own. */
function secret(world: World, region: Region, path: string): string {
  const parts = path.split(':')
  const idLength = path.startsWith('arn:') ? 7 : 1
  const id = parts.slice(0, idLength).join(':')
  const [, jsonKey] = parts.slice(idLength)
  const text = secretValue(world, region, id)
  if (text === undefined) {
    throw new ResourceFailure(`${unreadable}: Secrets Manager can't find the specified secret.`)
  }
  if (!jsonKey) return text
  const value = jsonMember(text, jsonKey)
  if (value === undefined) {
    throw new ResourceFailure(`Could not find a value associated with JSONKey in SecretString`)
  }
  return value
}

function jsonMember(text: string, key: string): string | undefined {
  try {
    const value: unknown = (JSON.parse(text) as Record<string, unknown>)[key]
    return value === undefined ? undefined : String(value)
  } catch {
    throw new ResourceFailure('Could not parse SecretString JSON')
  }
}

function parameter(world: World, region: Region, path: string): string {
  const value = ssmParameterValue(world, region, path)
  if (value === undefined) throw new ResourceFailure(`Parameters: [ssm:${path}] cannot be found.`)
  return value
}
