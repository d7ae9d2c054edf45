import type {Region, Resource} from '../../account/account.js'
import {letters} from '../../account/random.js'
import type {World} from '../../account/world.js'
import {serviceFailure} from '../../resources/failures.js'
import {goingOf} from '../../resources/going.js'
import {arn, nameFor} from '../../resources/names.js'
import type {Progress, ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {isBeingDeleted} from '../../resources/resource-status.js'
import {about} from '../../resources/timing.js'
import {flag, text} from '../../resources/values.js'
import {keyNamed, keyState} from '../kms/providers.js'
import {upgradeProblem, versionProblem} from './engine-versions.js'
import {leaveBackups} from './retained-backups.js'

export const clusterType = 'AWS::RDS::DBCluster'
export const instanceType = 'AWS::RDS::DBInstance'
/** How often the handlers of RDS look. Source: the configuration of the handlers for clusters and instances. */
const handlerSeconds = 30
/** How long a cluster lasts after its last instance when both are deleted at once: an estimate, nobody documents it. */
const lastSeconds = 10
const naming = {maxLength: 63, lowerCase: true}

/** Aurora clusters and instances. */
export const clusterProviders: readonly ResourceProvider[] = [
  {
    type: clusterType,
    create(request) {
      const {world, region, properties} = request
      checkPassword(request)
      checkKey(request)
      refuseVersion(world, versionProblem(text(properties.Engine), text(properties.EngineVersion)))
      checkGroup(request, 'DBSubnetGroup')
      checkGroup(request, 'DBClusterParameterGroup')
      const physicalId = nameFor(request, clusterType, 'DBClusterIdentifier', naming)
      const port = text(properties.Port) ?? defaultPort(properties)
      return {
        physicalId,
        attributes: {
          DBClusterArn: arn(world, region.name, 'rds', `cluster:${physicalId}`),
          DBClusterResourceId: `cluster-${world.newSuffix(26)}`,
          'Endpoint.Address': `${physicalId}.cluster-${domainHash(world, region)}.${region.name}.rds.amazonaws.com`,
          'Endpoint.Port': port,
          'ReadEndpoint.Address': `${physicalId}.cluster-ro-${domainHash(world, region)}.${region.name}.rds.amazonaws.com`,
        },
      }
    },
    update(_resource, request, before) {
      const {world, properties} = request
      checkPassword(request)
      const [from, to] = [text(before.EngineVersion), text(properties.EngineVersion)]
      if (from !== undefined && to !== undefined) {
        refuseVersion(world, upgradeProblem(text(properties.Engine), from, to))
      }
      return undefined
    },
    // The schema leaves it open, and ModifyDBCluster has no such parameter: of what may happen this is the worse.
    replaceOn: ['MasterUsername'],
    blocksDeletion(resource, {world, region}) {
      const {properties} = resource
      if (flag(properties.DeletionProtection)) {
        return serviceFailure(
          world,
          'Rds',
          'Cannot delete protected Cluster, please disable deletion protection and try again.',
        ).message
      }
      return instancesOf(world, region, resource).some(each => !isBeingDeleted(world, region, each))
        ? serviceFailure(
            world,
            'Rds',
            'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
          ).message
        : undefined
    },
    stabilized(resource, {world, region}, operation): Progress {
      const instances = operation === 'delete' ? instancesOf(world, region, resource) : []
      if (instances.length === 0) return {state: 'ready'}
      // A cluster that was deleted with its instances outlasts them a little.
      const until = Math.max(...instances.map(each => goingOf(each)?.until ?? world.now))
      const last = about(world, lastSeconds, resource.physicalId, 'last')
      return {state: 'waiting', seconds: (until - world.now) / 1000 + last}
    },
    deleted: (resource, {world, region}) => leaveBackups(world, region, resource),
    // As the handler has it: unlike the one for instances it does not go on to wait.
    whenGoing: (resource, {world}) => ({
      fails: serviceFailure(world, 'Rds', notAvailable(resource), {code: 'ResourceConflict'}).message,
    }),
  },
  {
    type: instanceType,
    create(request) {
      const {world, region, properties} = request
      const clusterId = text(properties.DBClusterIdentifier)?.toLowerCase()
      const owner = clusterId === undefined ? undefined : world.resource(region, clusterType, clusterId)
      if (clusterId !== undefined && !owner) {
        throw serviceFailure(world, 'Rds', `DBCluster ${clusterId} not found.`, {
          status: 404,
          code: 'NotFound',
        })
      }
      const physicalId = nameFor(request, instanceType, 'DBInstanceIdentifier', naming)
      return {
        physicalId,
        attributes: {
          DBInstanceArn: arn(world, region.name, 'rds', `db:${physicalId}`),
          DBInstanceStatus: 'available',
          DbiResourceId: `db-${world.newSuffix(26)}`,
          'Endpoint.Address': `${physicalId}.${domainHash(world, region)}.${region.name}.rds.amazonaws.com`,
          'Endpoint.Port':
            owner?.attributes['Endpoint.Port'] ?? text(properties.Port) ?? defaultPort(properties),
          'Endpoint.HostedZoneId': `Z${world.newSuffix(13)}`,
        },
      }
    },
    blocksDeletion: ({properties}, {world}) =>
      flag(properties.DeletionProtection)
        ? serviceFailure(
            world,
            'Rds',
            'Cannot delete protected DB Instance, please disable deletion protection and try again.',
          ).message
        : undefined,
    whenGoing: () => ({waits: handlerSeconds}),
  },
]

/** The instances of a cluster, those on their way out included. */
export function instancesOf(world: World, region: Region, {physicalId}: Resource): Resource[] {
  return world
    .resourcesOf(region, instanceType)
    .filter(({properties}) => text(properties.DBClusterIdentifier)?.toLowerCase() === physicalId)
}

/** What RDS says to whoever wants something of a cluster that is not `available`. Source: public logs of Terraform. */
export function notAvailable({physicalId}: Resource): string {
  return `DB cluster ${physicalId} is not currently in the available state.`
}

/** The part of RDS host names that is the same for all databases of an account in a region. */
export function domainHash(world: World, region: Region): string {
  return letters(world.account.seed, 12, 'abcdefghijklmnopqrstuvwxyz0123456789', 'rds', region.name)
}

/** The cluster with a name. @throws ResourceFailure when it does not exist. */
export function clusterNamed(world: World, region: Region, name: string): Resource {
  const found = world.resource(region, clusterType, name.toLowerCase())
  if (!found) {
    throw serviceFailure(world, 'Rds', `DBCluster ${name} not found.`, {status: 404, code: 'NotFound'})
  }
  return found
}

/** Source: RDS API reference, CreateDBInstance, Port: the default of each engine. */
const enginePorts: readonly (readonly [engine: RegExp, port: string])[] = [
  [/postgres/, '5432'],
  [/oracle/, '1521'],
  [/sqlserver/, '1433'],
  [/db2/, '50000'],
]

function defaultPort(properties: Record<string, unknown>): string {
  const engine = text(properties.Engine) ?? ''
  return enginePorts.find(([pattern]) => pattern.test(engine))?.[1] ?? '3306'
}

/** Source: RDS API reference, CreateDBCluster, MasterUserPassword: 8 to 41 characters for Aurora MySQL. */
function checkPassword({world, properties}: ProviderRequest): void {
  const password = text(properties.MasterUserPassword)
  if (password === undefined) return
  const wrong =
    password.length < 8
      ? ' because it is shorter than 8 characters.'
      : password.length > 41
        ? ' because it is longer than 41 characters.'
        : /^[!-~]+$/.test(password) && !/[/@"]/.test(password)
          ? undefined
          : `. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`
  if (wrong !== undefined) {
    throw serviceFailure(world, 'Rds', `The parameter MasterUserPassword is not a valid password${wrong}`, {
      code: 'InvalidRequest',
    })
  }
}

/** Source: RDS API reference, CreateDBCluster and ModifyDBCluster, EngineVersion; InvalidParameterCombination. */
function refuseVersion(world: World, problem: string | undefined): void {
  if (problem !== undefined) throw serviceFailure(world, 'Rds', problem, {code: 'InvalidRequest'})
}

function checkKey({world, region, properties}: ProviderRequest): void {
  const id = text(properties.KmsKeyId)
  if (id === undefined) return
  const key = keyNamed(world, region, id)
  if (!key || keyState(world, key) !== 'Enabled') {
    throw serviceFailure(
      world,
      'Rds',
      `The specified KMS key [${id}] does not exist, is not enabled or you do not have permissions to access it.`,
      {code: 'InvalidRequest'},
    )
  }
}

function checkGroup({world, region, properties}: ProviderRequest, group: string): void {
  const name = text(properties[`${group}Name`])
  // The groups that RDS brings along (`default.…`) are no resources of the account.
  if (name === undefined || name.startsWith('default')) return
  if (world.resource(region, `AWS::RDS::${group}`, name.toLowerCase())) return
  throw serviceFailure(world, 'Rds', `${group} not found: ${name}`, {status: 404, code: 'NotFound'})
}
