import {holding} from '../clock.js'
import {type AccountAlias, createAccountAlias} from './account-alias.js'
import {type BucketContents, createBucketContents} from './bucket-contents.js'
import {type Buckets, createBuckets} from './buckets.js'
import {type Builds, createBuilds} from './builds.js'
import {CallAllowance} from './call-allowance.js'
import {type ChangeSets, createChangeSets} from './change-sets.js'
import {type ClientSettings, type Clients, createClients} from './clients.js'
import {type CloudMap, createCloudMap} from './cloud-map.js'
import type {Connection} from './connection.js'
import {type Containers, createContainers} from './containers.js'
import {variablesProfile} from './credentials.js'
import {createDatabases, type Databases} from './databases.js'
import {createDeletionContents, type ReadContents} from './deletion-contents.js'
import {createDistributions, type Distributions} from './distributions.js'
import {createOtherRegions, type OtherRegions} from './elsewhere.js'
import {credentialsUnavailable} from './errors.js'
import {createExistingThings, type ExistingThings} from './existing/existing.js'
import {createFargate, type Fargate} from './fargate.js'
import {createHeadStarts, type HeadStarts} from './head-starts.js'
import {createHostedZones, type HostedZones} from './hosted-zones.js'
import {createIdentity, type Identity} from './identity.js'
import {createKeys, type Keys} from './keys.js'
import {createLeftovers, type Leftovers} from './leftovers.js'
import {createLive, type Live} from './live/live.js'
import {createLoadBalancers, type LoadBalancers} from './load-balancers.js'
import {createLogGroups, type LogGroups} from './log-groups.js'
import {createLogs, type Logs} from './logs.js'
import {MachineClock} from './machine-clock.js'
import {CallCounter} from './middleware.js'
import {createModels, type Models} from './models.js'
import {createNameServers, type NameServers} from './name-servers.js'
import {createNetworkContents, type NetworkContents} from './network-contents.js'
import {createNetworks, type Networks} from './networks.js'
import {createParameterStore, type ParameterStore} from './parameter-store.js'
import {createPrefixLists, type PrefixLists} from './prefix-lists.js'
import {createProbe, type Probe} from './probe.js'
import {createProtections, type Protections} from './protections.js'
import {createQuotas, type Quotas} from './quotas.js'
import {createReadiness, type Readiness} from './readiness.js'
import {createRepositories, type Repositories} from './repositories.js'
import {createRoles, type Roles} from './roles.js'
import {createSecrets, type Secrets} from './secrets.js'
import {resolveSettings} from './settings.js'
import {createSnapshots, type Snapshots} from './snapshots.js'
import {createStacks, type Stacks} from './stacks.js'
import {createStandaloneTasks, type StandaloneTasks} from './standalone-tasks.js'
import {createTaggedResources, type TaggedResources} from './tagged-resources.js'
import {createTaskDefinitions, type TaskDefinitions} from './task-definitions.js'
import {createWeb, type UseWeb} from './web.js'
import {requireWholeKey} from './whole-key.js'

/** AWS in one region as one identity, in the words of this program. Every method throws `McpgwError` only. */
export interface Aws {
  readonly region: string
  /** The URL that stands for all of AWS (explicit, or AWS_ENDPOINT_URL), undefined for AWS itself. */
  readonly endpoint: string | undefined
  /** The profile that was named, undefined where none was. */
  readonly profile?: string | undefined
  readonly identity: Identity
  readonly machineClock: Pick<MachineClock, 'aheadMs'>
  readonly stacks: Stacks
  readonly buckets: Buckets
  readonly bucketContents: BucketContents
  readonly containers: Containers
  readonly loadBalancers: LoadBalancers
  readonly builds: Builds
  readonly logGroups: LogGroups
  readonly logs: Logs
  readonly prefixLists: PrefixLists
  readonly tagged: TaggedResources
  readonly keys: Keys
  readonly accountAlias: AccountAlias
  readonly quotas: Quotas
  readonly networks: Networks
  readonly networkContents: NetworkContents
  readonly otherRegions: OtherRegions
  readonly fargate: Fargate
  readonly databases: Databases
  readonly models: Models
  readonly secrets: Secrets
  readonly repositories: Repositories
  readonly parameterStore: ParameterStore
  readonly hostedZones: HostedZones
  readonly cloudMap: CloudMap
  readonly distributions: Distributions
  readonly roles: Roles
  readonly nameServers: NameServers
  readonly live: Live
  readonly readiness: Readiness
  readonly changeSets: ChangeSets
  readonly snapshots: Snapshots
  readonly leftovers: Leftovers
  readonly deletionContents: ReadContents
  readonly existing: ExistingThings
  readonly taskDefinitions: TaskDefinitions
  readonly headStarts: HeadStarts
  readonly protections: Protections
  readonly standaloneTasks: StandaloneTasks
  readonly probe: Probe
  /** What the environment answers to people and machines outside AWS. */
  readonly web: UseWeb
  /** What all who follow something may ask together. */
  readonly allowance: CallAllowance
  /**
   * HTTP requests sent so far by IAM-style operation name, `{"cloudformation:DescribeStackEvents": 12}`. Every
   * attempt counts, repeats of throttled calls included, because AWS's rate limits count them too.
   */
  apiCalls(): Record<string, number>
}

/**
 * Resolves region and credentials and gives the clients; AWS itself is not called.
 * @throws McpgwError, exit code 2: NO_CREDENTIALS or CREDENTIALS_EXPIRED when the SDK's chain gives none,
 * INVALID_CREDENTIALS when they cannot be a key, INVALID_REGION, INVALID_ENDPOINT, INVALID_CA_BUNDLE.
 */
export async function connect(connection: Connection): Promise<Aws> {
  const settings = await resolveSettings(connection)
  const counter = new CallCounter()
  const machineClock = new MachineClock()
  const clients = createClients(settings, {counter, machineClock})
  await requireCredentials(clients, settings)
  const identity = createIdentity(clients, {...settings, endpoint: settings.effectiveEndpoint})
  const probe = createProbe(settings.effectiveEndpoint, settings.ca)
  const web = createWeb(settings.effectiveEndpoint, settings.ca)
  return {
    region: settings.region,
    endpoint: settings.effectiveEndpoint,
    profile: settings.profile,
    identity,
    machineClock,
    stacks: createStacks(clients),
    buckets: createBuckets(clients, identity),
    bucketContents: createBucketContents(clients),
    containers: createContainers(clients),
    loadBalancers: createLoadBalancers(clients),
    builds: createBuilds(clients),
    logGroups: createLogGroups(clients),
    logs: createLogs(clients),
    prefixLists: createPrefixLists(clients),
    tagged: createTaggedResources(clients),
    keys: createKeys(clients),
    probe: (url, options) => holding(settings.clock, () => probe(url, options)),
    web: work => holding(settings.clock, () => web(work)),
    allowance: new CallAllowance(settings.clock, () => counter.of('cloudformation')),
    accountAlias: createAccountAlias(clients),
    quotas: createQuotas(clients),
    networks: createNetworks(clients),
    networkContents: createNetworkContents(clients),
    otherRegions: createOtherRegions(clients, settings.region),
    fargate: createFargate(clients),
    databases: createDatabases(clients),
    models: createModels(clients),
    secrets: createSecrets(clients),
    repositories: createRepositories(clients),
    parameterStore: createParameterStore(clients),
    hostedZones: createHostedZones(clients),
    cloudMap: createCloudMap(clients),
    distributions: createDistributions(clients),
    roles: createRoles(clients),
    live: createLive(clients),
    readiness: createReadiness(clients),
    changeSets: createChangeSets(clients),
    snapshots: createSnapshots(clients),
    leftovers: createLeftovers(clients),
    deletionContents: createDeletionContents(clients),
    existing: createExistingThings(clients),
    taskDefinitions: createTaskDefinitions(clients),
    headStarts: createHeadStarts(clients),
    protections: createProtections(clients),
    standaloneTasks: createStandaloneTasks(clients),
    nameServers: createNameServers(settings.effectiveEndpoint),
    apiCalls: () => counter.calls(),
  }
}

async function requireCredentials(clients: Clients, settings: ClientSettings): Promise<void> {
  let credentials: Awaited<ReturnType<Clients['credentials']>>
  try {
    credentials = await clients.credentials()
  } catch (error) {
    throw credentialsUnavailable(
      error,
      settings.profile ?? variablesProfile(process.env)?.name,
      settings.region,
    )
  }
  requireWholeKey(credentials)
}
