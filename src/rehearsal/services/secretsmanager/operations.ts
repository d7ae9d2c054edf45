import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {pageOf} from '../../resources/paging.js'
import {secretNamed, secretType, secretVersions} from '../../resources/secret-values.js'
import {text} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {holderOfName, isGone, newSecretArn, putSecretValue} from './providers.js'

const dayMs = 86_400_000
/** Source: Secrets Manager API reference, DeleteSecret, RecoveryWindowInDays. */
const defaultWindowDays = 30
/** Source: Secrets Manager API reference, ListSecrets, MaxResults. */
const largestPage = 100
/** Source: Secrets Manager API reference, BatchGetSecretValue, SecretIdList. */
const mostValues = 20

/** Secrets. Source: Secrets Manager API reference. */
export function secretsManagerOperations(world: World) {
  const secretsIn = (region: Region) =>
    world.resourcesOf(region, secretType).filter(secret => !isGone(world, secret))
  return {
    CreateSecret({Name = '', SecretString, SecretBinary, Description, KmsKeyId, Tags = []}, call) {
      const region = world.region(call.region)
      if (!/^[\w/+=.@-]{1,512}$/.test(Name)) {
        throw new AwsError(
          'ValidationException',
          'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
        )
      }
      if (SecretBinary !== undefined) {
        throw modelled('InvalidParameterException', 'This account keeps no binary secrets.')
      }
      const existing = holderOfName(world, region, Name)
      if (existing?.data.deletionAt !== undefined) {
        throw modelled(
          'InvalidRequestException',
          "You can't create this secret because a secret with this name is already scheduled for deletion.",
        )
      }
      if (existing) {
        throw modelled(
          'ResourceExistsException',
          `The operation failed because the secret ${Name} already exists.`,
        )
      }
      const data: Record<string, unknown> = {name: Name, versions: {}}
      const VersionId = SecretString === undefined ? undefined : putSecretValue(world, data, SecretString)
      const physicalId = newSecretArn(world, region, Name)
      world.put(region, {
        ...{type: secretType, physicalId, attributes: {Id: physicalId}, data, createdAt: world.now},
        properties: {Name, Description, KmsKeyId},
        tags: Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])),
      })
      return {ARN: physicalId, Name, VersionId}
    },

    GetSecretValue: (input, call) => secretValueOf(world, world.region(call.region), input),

    /** Those of which it cannot tell the value are named beside the others. */
    BatchGetSecretValue({SecretIdList, Filters, MaxResults, NextToken}, call) {
      const region = world.region(call.region)
      if ((SecretIdList === undefined) === (Filters === undefined)) {
        throw modelled('InvalidParameterException', 'You must provide either SecretIdList or Filters.')
      }
      const ids =
        SecretIdList ??
        secretsIn(region)
          .filter(({data}) => data.deletionAt === undefined)
          .filter(secret => (Filters ?? []).every(filter => matches(secret, filter.Key, filter.Values)))
          .map(({physicalId}) => physicalId)
      const page = pageOf(ids, NextToken, MaxResults ?? mostValues)
      const told = page.items.map(SecretId => {
        try {
          return {value: secretValueOf(world, region, {SecretId})}
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
          return {error: {SecretId, ErrorCode: error.code, Message: error.message}}
        }
      })
      return {
        SecretValues: told.flatMap(({value}) => value ?? []),
        Errors: told.flatMap(({error}) => error ?? []),
        NextToken: page.next,
      }
    },

    PutSecretValue(input, call) {
      const secret = liveSecret(world, world.region(call.region), input.SecretId)
      if (input.SecretString === undefined) {
        throw modelled('InvalidParameterException', 'You must provide SecretString here.')
      }
      const id = putSecretValue(world, secret.data, input.SecretString)
      return {
        ARN: secret.physicalId,
        Name: text(secret.data.name),
        VersionId: id,
        VersionStages: ['AWSCURRENT'],
      }
    },

    DescribeSecret: (input, call) =>
      descriptionOf(anySecret(world, world.region(call.region), input.SecretId)),

    ListSecrets(input, call) {
      checkValue(
        'maxResults',
        input.MaxResults,
        {least: 1, most: largestPage},
        message => new AwsError('ValidationException', message),
      )
      const secrets = secretsIn(world.region(call.region))
        .filter(({data}) => input.IncludePlannedDeletion || data.deletionAt === undefined)
        .filter(secret => (input.Filters ?? []).every(filter => matches(secret, filter.Key, filter.Values)))
      const page = pageOf(secrets, input.NextToken, input.MaxResults ?? largestPage)
      return {SecretList: page.items.map(descriptionOf), NextToken: page.next}
    },

    DeleteSecret(input, call) {
      const region = world.region(call.region)
      const force = input.ForceDeleteWithoutRecovery === true
      if (force && input.RecoveryWindowInDays !== undefined) {
        throw modelled(
          'InvalidParameterException',
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        )
      }
      const days = input.RecoveryWindowInDays ?? defaultWindowDays
      if (days < 7 || days > 30) {
        throw modelled(
          'InvalidParameterException',
          'RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
        )
      }
      if (force) return deletedByForce(world, region, input.SecretId ?? '')
      const secret = liveSecret(world, region, input.SecretId)
      const at = world.now + days * dayMs
      secret.data.deletionAt = at
      return {ARN: secret.physicalId, Name: text(secret.data.name), DeletionDate: new Date(at)}
    },

    RestoreSecret(input, call) {
      const secret = anySecret(world, world.region(call.region), input.SecretId)
      delete secret.data.deletionAt
      return {ARN: secret.physicalId, Name: text(secret.data.name)}
    },
  } satisfies Operations<'secretsmanager'>
}

/** @throws ResourceNotFoundException, InvalidRequestException for one that is marked for deletion. */
function secretValueOf(
  world: World,
  region: Region,
  {SecretId, VersionId, VersionStage}: {SecretId?: string; VersionId?: string; VersionStage?: string},
) {
  const secret = liveSecret(world, region, SecretId)
  const stage = VersionStage ?? (VersionId === undefined ? 'AWSCURRENT' : undefined)
  const found = Object.entries(secretVersions(secret)).find(
    ([id, {stages}]) =>
      (VersionId === undefined || VersionId === id) && (stage === undefined || stages.includes(stage)),
  )
  if (!found) {
    throw modelled(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${VersionId ? `VersionId: ${VersionId}` : `staging label: ${stage}`}`,
    )
  }
  const [id, {value, createdAt, stages}] = found
  return {
    ARN: secret.physicalId,
    Name: text(secret.data.name),
    VersionId: id,
    SecretString: value,
    VersionStages: stages,
    CreatedDate: new Date(createdAt),
  }
}

/** A secret, one on its way out included. @throws ResourceNotFoundException. */
function anySecret(world: World, region: Region, id: string | undefined): Resource {
  const secret = secretNamed(world, region, id ?? '')
  if (secret && !isGone(world, secret)) return secret
  throw modelled('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
}

/** A secret that can be used. @throws InvalidRequestException for one that is marked for deletion. */
function liveSecret(world: World, region: Region, id: string | undefined): Resource {
  const secret = anySecret(world, region, id)
  if (secret.data.deletionAt === undefined) return secret
  throw modelled(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  )
}

/**
 * One in its recovery window goes too, and one that does not exist is no error.
 * Source: DeleteSecret, ForceDeleteWithoutRecovery.
 */
function deletedByForce(world: World, region: Region, id: string) {
  const secret = secretNamed(world, region, id)
  if (secret) world.remove(region, secret)
  return {
    ARN: secret?.physicalId ?? id,
    Name: text(secret?.data.name) ?? id,
    DeletionDate: new Date(world.now),
  }
}

function descriptionOf({physicalId, data, properties, tags, createdAt}: Resource) {
  const {versions, deletionAt, changedAt} = data
  return {
    ARN: physicalId,
    Name: text(data.name),
    Description: text(properties.Description),
    KmsKeyId: text(properties.KmsKeyId),
    CreatedDate: new Date(createdAt),
    LastChangedDate: new Date(typeof changedAt === 'number' ? changedAt : createdAt),
    DeletedDate: typeof deletionAt === 'number' ? new Date(deletionAt) : undefined,
    Tags: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
    ...stagesOf(versions),
  }
}

function stagesOf(versions: unknown) {
  const stages = Object.fromEntries(
    Object.entries((versions ?? {}) as ReturnType<typeof secretVersions>)
      .filter(([, version]) => version.stages.length > 0)
      .map(([id, version]) => [id, version.stages]),
  )
  return {VersionIdsToStages: stages, SecretVersionsToStages: stages}
}

/** Name and description match by their beginning, tags whole. Source: ListSecrets, "Filter". */
function matches(
  {data, properties, tags}: Resource,
  key: string | undefined,
  values: string[] = [],
): boolean {
  const texts: Readonly<Record<string, string[]>> = {
    name: [text(data.name) ?? ''],
    description: [text(properties.Description) ?? ''],
    all: [
      text(data.name) ?? '',
      text(properties.Description) ?? '',
      ...Object.keys(tags),
      ...Object.values(tags),
    ],
    'tag-key': Object.keys(tags),
    'tag-value': Object.values(tags),
  }
  const found = Object.hasOwn(texts, key ?? '') ? texts[key ?? ''] : undefined
  if (!found) throw modelled('InvalidParameterException', `The filter ${key} is not supported.`)
  return values.some(value => found.some(each => each.startsWith(value)))
}
