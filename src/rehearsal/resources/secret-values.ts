import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {record, text} from './values.js'

export const secretType = 'AWS::SecretsManager::Secret'

/** One version of a secret's value. */
export interface SecretVersion {
  value: string
  createdAt: number
  stages: string[]
}

/** The secret with a name, an ARN, or an ARN without its six random characters. */
export function secretNamed(world: World, region: Region, id: string): Resource | undefined {
  return (
    world.resource(region, secretType, id) ??
    world
      .resourcesOf(region, secretType)
      .find(({data, physicalId}) => data.name === id || physicalId.slice(0, -7) === id)
  )
}

/** The current value of a secret; undefined when there is no such secret, or none with a value. */
export function secretValue(world: World, region: Region, id: string): string | undefined {
  const secret = secretNamed(world, region, id)
  return secret && secret.data.deletionAt === undefined ? secretValueOf(secret) : undefined
}

/** The versions of a secret by version id, oldest first. */
export function secretVersions(secret: Resource): Record<string, SecretVersion> {
  return (secret.data.versions ?? {}) as Record<string, SecretVersion>
}

export function secretValueOf(secret: Resource): string | undefined {
  return Object.values(secretVersions(secret)).find(({stages}) => stages.includes('AWSCURRENT'))?.value
}

/** The value of one key of a secret that is a JSON object; undefined when it is none, or has no such key. */
export function keyOf(value: string, key: string): string | undefined {
  try {
    return text(record(JSON.parse(value))[key])
  } catch {
    return undefined
  }
}
