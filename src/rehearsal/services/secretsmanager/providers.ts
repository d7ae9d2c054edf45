import {isDeepStrictEqual} from 'node:util'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {serviceFailure} from '../../resources/failures.js'
import {alreadyExists, arn} from '../../resources/names.js'
import type {ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import type {SecretVersion} from '../../resources/secret-values.js'
import {secretNamed, secretType, secretValueOf} from '../../resources/secret-values.js'
import {record, text} from '../../resources/values.js'
import {generatedSecret} from './generated-secret.js'

const idAlphabet = /[^A-Za-z0-9]/g
/** Secrets; the attachment of a secret to a database adds the connection to its value. */
export const secretsManagerProviders: readonly ResourceProvider[] = [
  {
    type: secretType,
    naming: {
      property: 'Name',
      // What is scheduled for deletion fails the resource, in words of its own.
      taken(name, {world, region}) {
        const secret = secretNamed(world, region, name)
        return secret?.data.deletionAt === undefined ? secret : undefined
      },
    },
    live: ({data}) => (data.deletionAt === undefined ? {} : undefined),
    create(request) {
      const {world, region, properties} = request
      const name = text(properties.Name) ?? request.generatedName(512)
      const existing = holderOfName(world, region, name)
      if (existing?.data.deletionAt !== undefined) {
        throw serviceFailure(
          world,
          'SecretsManager',
          "You can't create this secret because a secret with this name is already scheduled for deletion.",
          {code: 'InvalidRequest'},
        )
      }
      if (existing) throw alreadyExists(world, existing, name)
      const physicalId = newSecretArn(world, region, name)
      const data: Record<string, unknown> = {name, versions: {}}
      const value = valueFor(request)
      if (value !== undefined) putSecretValue(world, data, value)
      return {physicalId, attributes: {Id: physicalId}, data}
    },
    // A value is made or written again only when the template asks for another one.
    update(resource, request, before) {
      const changed = ['SecretString', 'GenerateSecretString'].some(
        name => !isDeepStrictEqual(before[name], request.properties[name]),
      )
      const value = changed ? valueFor(request) : undefined
      if (value !== undefined) putSecretValue(request.world, resource.data, value)
      return undefined
    },
  },
  {
    type: 'AWS::SecretsManager::SecretTargetAttachment',
    create({world, region, properties}) {
      const id = text(properties.SecretId) ?? ''
      const secret = secretNamed(world, region, id)
      const target = world.resource(
        region,
        text(properties.TargetType) ?? '',
        text(properties.TargetId) ?? '',
      )
      if (!secret || !target) {
        throw serviceFailure(world, 'SecretsManager', "Secrets Manager can't find the specified secret.", {
          code: 'NotFound',
        })
      }
      const value = {
        ...record(JSON.parse(secretValueOf(secret) ?? '{}')),
        engine: target.properties.Engine,
        host: target.attributes['Endpoint.Address'],
        port: Number(target.attributes['Endpoint.Port']),
        dbname: target.properties.DatabaseName,
      }
      putSecretValue(world, secret.data, JSON.stringify(value))
      return {physicalId: secret.physicalId, attributes: {Id: secret.physicalId}}
    },
  },
]

/** A secret's ARN ends in six random characters, so that policies for a deleted one do not fit its successor. */
export function newSecretArn(world: World, region: Region, name: string): string {
  const suffix = world.newUuid().replace(idAlphabet, '').slice(0, 6)
  return arn(world, region.name, 'secretsmanager', `secret:${name}-${suffix}`)
}

/** Whether a secret's recovery window is over. */
export function isGone(world: World, {data}: Resource): boolean {
  return typeof data.deletionAt === 'number' && data.deletionAt <= world.now
}

/** The secret that holds a name, one in its recovery window included. One whose window is over is cleared away. */
export function holderOfName(world: World, region: Region, name: string): Resource | undefined {
  const holder = secretNamed(world, region, name)
  if (!holder || !isGone(world, holder)) return holder
  world.remove(region, holder)
  return undefined
}

/**
 * Makes `value` the current one; the current one before becomes the previous one. Returns the version id.
 * Source: Secrets Manager user guide, "What's in a Secrets Manager secret?".
 */
export function putSecretValue(world: World, data: Record<string, unknown>, value: string): string {
  data.versions ??= {}
  const versions = data.versions as Record<string, SecretVersion>
  for (const version of Object.values(versions)) {
    version.stages = version.stages.includes('AWSCURRENT') ? ['AWSPREVIOUS'] : []
  }
  const id = world.newUuid()
  versions[id] = {value, createdAt: world.now, stages: ['AWSCURRENT']}
  data.changedAt = world.now
  return id
}

/**
 * Undefined for a secret that begins without a version: somebody puts the first one later. Source: CloudFormation
 * template reference, AWS::SecretsManager::Secret ("you create an empty secret").
 */
function valueFor({world, properties}: ProviderRequest): string | undefined {
  const given = text(properties.SecretString)
  if (given !== undefined && properties.GenerateSecretString !== undefined) {
    throw serviceFailure(
      world,
      'SecretsManager',
      'You cannot specify both SecretString and GenerateSecretString.',
      {code: 'InvalidRequest'},
    )
  }
  if (given !== undefined) return given
  return properties.GenerateSecretString === undefined
    ? undefined
    : generatedSecret(world, record(properties.GenerateSecretString))
}
