import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {serviceFailure} from '../../resources/failures.js'
import {alreadyExists, arn} from '../../resources/names.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {flag, number, text} from '../../resources/values.js'

const keyType = 'AWS::KMS::Key'
const aliasType = 'AWS::KMS::Alias'
const dayMs = 86_400_000
/** Source: KMS API reference, ScheduleKeyDeletion, PendingWindowInDays. */
const defaultWindowDays = 30

/** Keys and aliases. */
export const kmsProviders: readonly ResourceProvider[] = [
  {
    type: keyType,
    create({world, region, properties}) {
      const window = number(properties.PendingWindowInDays)
      if (window !== undefined && (window < 7 || window > defaultWindowDays)) {
        throw serviceFailure(world, 'Kms', `PendingWindowInDays must be between 7 and 30, not ${window}`, {
          code: 'InvalidRequest',
        })
      }
      const physicalId = world.newUuid()
      return {
        physicalId,
        attributes: {KeyId: physicalId, Arn: arn(world, region.name, 'kms', `key/${physicalId}`)},
      }
    },
    live: (key, {world}) => (keyState(world, key) === 'PendingDeletion' ? undefined : {}),
    // A deleted key stays readable until its window is over, and belongs to no stack any more.
    deleted(resource, {world, region}) {
      const window = number(resource.properties.PendingWindowInDays) ?? defaultWindowDays
      world.put(region, {
        ...resource,
        owner: undefined,
        data: {...resource.data, deletionAt: world.now + window * dayMs},
      })
    },
  },
  {
    type: aliasType,
    create({world, region, properties}) {
      const physicalId = text(properties.AliasName) ?? ''
      if (!/^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/.test(physicalId)) {
        throw serviceFailure(world, 'Kms', 'Alias must start with the prefix "alias/"', {
          code: 'InvalidRequest',
        })
      }
      const existing = world.resource(region, aliasType, physicalId)
      if (existing) throw alreadyExists(world, existing, physicalId)
      const target = text(properties.TargetKeyId) ?? ''
      const key = keyNamed(world, region, target)
      if (!key) {
        const keyArn = arn(world, region.name, 'kms', `key/${target}`)
        throw serviceFailure(world, 'Kms', `Key '${keyArn}' does not exist`, {code: 'NotFound'})
      }
      return {physicalId}
    },
  },
]

/** The key behind a key id, key ARN, alias or alias ARN; undefined when there is none or it is gone. */
export function keyNamed(world: World, region: Region, id: string): Resource | undefined {
  const name = id.replace(/^arn:aws:kms:[^:]*:\d*:(key\/)?/, '')
  const target = name.startsWith('alias/')
    ? text(world.resource(region, aliasType, name)?.properties.TargetKeyId)
    : name
  if (target === undefined) return undefined
  const key = world.resource(region, keyType, target.replace(/^.*:key\//, ''))
  return key && keyState(world, key) !== undefined ? key : undefined
}

/** A key's state; undefined once its deletion window is over. Source: KMS API reference, KeyMetadata, KeyState. */
export function keyState(
  world: World,
  key: Resource,
): 'Enabled' | 'Disabled' | 'PendingDeletion' | undefined {
  const {deletionAt} = key.data
  if (typeof deletionAt === 'number') return deletionAt > world.now ? 'PendingDeletion' : undefined
  return flag(key.properties.Enabled) === false ? 'Disabled' : 'Enabled'
}
