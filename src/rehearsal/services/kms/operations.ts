import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {arn} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {text} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {keyNamed, keyState} from './providers.js'

const dayMs = 86_400_000
/** Source: KMS API reference, ScheduleKeyDeletion, PendingWindowInDays. */
const defaultWindowDays = 30

/** Keys as they are, deleted ones until their window is over. Source: KMS API reference. */
export function kmsOperations(world: World) {
  return {
    DescribeKey(input, call) {
      const region = world.region(call.region)
      const id = input.KeyId ?? ''
      const key = keyNamed(world, region, id)
      if (!key) throw notFound(world, region, id)
      return {KeyMetadata: metadataOf(world, key)}
    },

    ScheduleKeyDeletion({KeyId = '', PendingWindowInDays = defaultWindowDays}, call) {
      const key = demandKey(world, world.region(call.region), KeyId)
      if (PendingWindowInDays < 7 || PendingWindowInDays > defaultWindowDays) {
        throw new AwsError('ValidationException', 'PendingWindowInDays must be between 7 and 30')
      }
      if (keyState(world, key) === 'PendingDeletion') {
        throw modelled('KMSInvalidStateException', `${text(key.attributes.Arn)} is pending deletion.`)
      }
      const at = world.now + PendingWindowInDays * dayMs
      key.data.deletionAt = at
      return {
        ...{KeyId: text(key.attributes.Arn), DeletionDate: new Date(at), PendingWindowInDays},
        KeyState: 'PendingDeletion' as const,
      }
    },

    CancelKeyDeletion({KeyId = ''}, call) {
      const key = demandKey(world, world.region(call.region), KeyId)
      if (keyState(world, key) !== 'PendingDeletion') {
        throw modelled('KMSInvalidStateException', `${text(key.attributes.Arn)} is not pending deletion.`)
      }
      delete key.data.deletionAt
      // It comes back disabled.
      key.properties = {...key.properties, Enabled: false}
      return {KeyId: text(key.attributes.Arn)}
    },

    EnableKey: ({KeyId}, call) => setEnabled(world, world.region(call.region), KeyId, true),

    DisableKey: ({KeyId}, call) => setEnabled(world, world.region(call.region), KeyId, false),

    ListKeys(input, call) {
      const region = world.region(call.region)
      const keys = world
        .resourcesOf(region, 'AWS::KMS::Key')
        .filter(key => keyState(world, key) !== undefined)
        .map(({physicalId, attributes}) => ({KeyId: physicalId, KeyArn: text(attributes.Arn)}))
      const page = kmsPage(keys, input, {size: 100, most: 1000})
      return {Keys: page.items, NextMarker: page.next, Truncated: page.next !== undefined}
    },

    ListAliases(input, call) {
      const region = world.region(call.region)
      const wanted = input.KeyId === undefined ? undefined : keyNamed(world, region, input.KeyId)
      if (input.KeyId !== undefined && !wanted) throw notFound(world, region, input.KeyId)
      const aliases = world
        .resourcesOf(region, 'AWS::KMS::Alias')
        .map(alias => aliasEntry(world, region, alias))
        .filter(({TargetKeyId}) => !wanted || TargetKeyId === wanted.physicalId)
      const page = kmsPage(aliases, input, {size: 50, most: 100})
      return {Aliases: page.items, NextMarker: page.next, Truncated: page.next !== undefined}
    },

    DeleteAlias({AliasName = ''}, call) {
      const region = world.region(call.region)
      const alias = world.resource(region, 'AWS::KMS::Alias', AliasName)
      if (!alias) {
        const arn = `arn:aws:kms:${region.name}:${world.account.id}:${AliasName}`
        throw modelled('NotFoundException', `Alias ${arn} is not found.`)
      }
      world.remove(region, alias)
    },

    ListResourceTags(input, call) {
      const region = world.region(call.region)
      const key = keyNamed(world, region, input.KeyId ?? '')
      if (!key) throw notFound(world, region, input.KeyId ?? '')
      return {
        Tags: Object.entries(key.tags).map(([TagKey, TagValue]) => ({TagKey, TagValue})),
        Truncated: false,
      }
    },
  } satisfies Operations<'kms'>
}

/** @throws AwsError NotFoundException */
function demandKey(world: World, region: Region, id: string): Resource {
  const key = keyNamed(world, region, id)
  if (!key) throw notFound(world, region, id)
  return key
}

/** @throws AwsError NotFoundException, KMSInvalidStateException */
function setEnabled(world: World, region: Region, id: string | undefined, isEnabled: boolean): undefined {
  const key = demandKey(world, region, id ?? '')
  if (keyState(world, key) === 'PendingDeletion') {
    throw modelled('KMSInvalidStateException', `${text(key.attributes.Arn)} is pending deletion.`)
  }
  // A copy: the stack's own record of the properties must not change with it.
  key.properties = {...key.properties, Enabled: isEnabled}
}

function metadataOf(world: World, key: Resource) {
  const state = keyState(world, key)
  const {deletionAt} = key.data
  return {
    AWSAccountId: world.account.id,
    KeyId: key.physicalId,
    Arn: text(key.attributes.Arn),
    CreationDate: new Date(key.createdAt),
    Enabled: state === 'Enabled',
    Description: text(key.properties.Description) ?? '',
    KeyUsage: 'ENCRYPT_DECRYPT' as const,
    KeyState: state,
    DeletionDate: typeof deletionAt === 'number' ? new Date(deletionAt) : undefined,
    Origin: 'AWS_KMS' as const,
    KeyManager: 'CUSTOMER' as const,
    KeySpec: 'SYMMETRIC_DEFAULT' as const,
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT' as const],
    MultiRegion: false,
  }
}

function aliasEntry(world: World, region: Region, alias: Resource) {
  const target = keyNamed(world, region, alias.physicalId)
  return {
    AliasName: alias.physicalId,
    AliasArn: arn(world, region.name, 'kms', alias.physicalId),
    TargetKeyId: target?.physicalId,
    CreationDate: new Date(alias.createdAt),
    LastUpdatedDate: new Date(alias.createdAt),
  }
}

function notFound(world: World, region: Region, id: string) {
  const kind = id.startsWith('alias/') ? 'Alias' : 'Key'
  const name = id.startsWith('arn:')
    ? id
    : arn(world, region.name, 'kms', kind === 'Alias' ? id : `key/${id}`)
  return modelled(
    'NotFoundException',
    kind === 'Alias' ? `Alias ${name} is not found.` : `Key '${name}' does not exist`,
  )
}

/** Source: AWS KMS API reference, Limit. @throws ValidationException, InvalidMarkerException. */
function kmsPage<T>(
  all: readonly T[],
  {Limit, Marker}: {Limit?: number; Marker?: string},
  {size, most}: {size: number; most: number},
) {
  checkValue('limit', Limit, {least: 1, most}, message => new AwsError('ValidationException', message))
  return pageOf(all, Marker, Limit ?? size)
}
