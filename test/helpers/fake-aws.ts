import {createHash} from 'node:crypto'
import type {Aws} from '../../src/aws/aws.js'
import type {Build} from '../../src/aws/builds.js'
import {CallAllowance} from '../../src/aws/call-allowance.js'
import type {ContainerService, ContainerTask, DefinedContainer} from '../../src/aws/containers.js'
import type {SupportEnds} from '../../src/aws/databases.js'
import {type DeletionContents, nothingKnown} from '../../src/aws/deletion-contents.js'
import type {NamedFunction} from '../../src/aws/distributions.js'
import type {Elsewhere} from '../../src/aws/elsewhere.js'
import type {Existing} from '../../src/aws/existing/existing.js'
import type {HostedZone} from '../../src/aws/hosted-zones.js'
import type {Listener, TargetGroup, TargetHealth} from '../../src/aws/load-balancers.js'
import type {ModelAccess} from '../../src/aws/models.js'
import type {NetworkContent} from '../../src/aws/network-contents.js'
import type {OwnSubnet} from '../../src/aws/networks.js'
import type {ProbeResult} from '../../src/aws/probe.js'
import type {Decision} from '../../src/aws/roles.js'
import type {SecretEntry} from '../../src/aws/secrets.js'
import type {TaggedResource} from '../../src/aws/tagged-resources.js'
import {createWeb} from '../../src/aws/web.js'
import type {Clock} from '../../src/clock.js'
import {newEngineVersion} from '../../src/environment/database.js'
import {services} from '../../src/environment/services.js'
import {targetGroups} from '../../src/environment/target-groups.js'
import type {McpgwError} from '../../src/errors.js'
import {FakeStacks} from './fake-stacks.js'

/** AWS in memory: everything healthy and empty until a test says otherwise. Fields are meant to be changed. */
export class FakeAws implements Aws {
  readonly region = 'us-west-2'
  readonly endpoint = undefined
  readonly calls: string[] = []
  readonly stacks: FakeStacks
  readonly bucketTags = new Map<string, Record<string, string> | 'other-account'>()
  readonly objects = new Map<string, string>()
  /** Of objects, by the same names; epoch ms. */
  readonly modifiedAt = new Map<string, number>()
  readonly groups = new Set<string>()
  taggedResources: TaggedResource[] = []
  /** Without a region, shown in another one. */
  globalResources: TaggedResource[] = []
  /** What CloudFront itself tells. */
  ownDistributions: TaggedResource[] = []
  viewerFunctions = new Map<string, NamedFunction>()
  keyStates = new Map<string, string>()
  prefixList: string | undefined = 'pl-1'
  build: Build | undefined
  registryTasks: ContainerTask[] = []
  stoppedTasks: ContainerTask[] = []
  /** Of services that are gone. */
  leftTasks: ContainerTask[] = []
  definitions = new Map<string, DefinedContainer[]>()
  /** Messages by `group stream`. */
  streams = new Map<string, string[]>()
  ecs = new Map<string, ContainerService>()
  elb = new Map<string, TargetGroup>()
  health = new Map<string, TargetHealth[]>()
  balancers = new Map<string, Listener[]>()
  answers = new Map<string, ProbeResult | (() => ProbeResult)>()
  alias: string | undefined
  /** By code; every other quota is big enough. */
  quotaValues = new Map<string, number | undefined>()
  addresses = 0
  networksInUse = 0
  zones = ['us-west-2a', 'us-west-2b', 'us-west-2c']
  /** By name. */
  zoneIds = new Map<string, string>()
  /** Of the environment. */
  ownSubnets: OwnSubnet[] = []
  /** Zones with a default subnet. */
  defaultSubnets: string[] = []
  vcpus: number | undefined = 0
  engineVersions = ['8.0.mysql_aurora.3.08.2', '8.0.mysql_aurora.3.10.0', newEngineVersion]
  withdrawnVersions: string[] = []
  supportEnds: SupportEnds | undefined
  /** Epoch ms, of the newest cluster. */
  databaseMadeAt: number | undefined
  /** Of the environment's clusters. */
  clusterVersions: string[] = []
  /** Of every model. */
  modelAccess: ModelAccess | undefined = {
    ...{isLegacy: false, endsAt: undefined},
    ...{isAgreed: true, isAuthorized: true},
  }
  /** Ids of inference profiles. */
  profiles = new Set(['us.anthropic.claude-haiku-4-5-20251001-v1:0'])
  secretEntries: SecretEntry[] = []
  /** By name. */
  secretValues = new Map<string, string>()
  repositoryNames: string[] = []
  /** Names of repositories without an image. */
  missingImages = new Set<string>()
  parameterNames: string[] = []
  zonesById = new Map<string, HostedZone>()
  delegatedTo: string[] | undefined
  hasDistributions = false
  roleNames = new Set<string>()
  linkedRoles: string[] = []
  /** The permissions boundary of whoever calls. */
  ownBoundary: string | undefined
  /** ARNs of managed policies. */
  policies = new Set<string>()
  /** What the simulator answers, `allowed` for what is not in it; by action, or by `action resource`. */
  decisions = new Map<string, Partial<Decision>>()
  caller = {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/me', partition: 'aws'}

  readonly allowance: CallAllowance

  constructor(clock: Clock, environment = 'demo') {
    this.allowance = new CallAllowance(clock, () => this.stacks.asked)
    this.stacks = new FakeStacks(clock)
    const host = 'https://kc.example.com'
    this.stacks.outputs = {RegistryUrl: 'https://registry.example.com', KeycloakUrl: host}
    for (const {name, cluster} of services) {
      const service = {name: name(environment), cluster: cluster(environment), status: 'ACTIVE' as const}
      this.ecs.set(service.name, {
        ...service,
        desired: 1,
        running: 1,
        pending: 0,
        rollout: 'COMPLETED',
        deployments: 1,
        events: [],
      })
    }
    for (const group of targetGroups) {
      const name = group.name(environment)
      const balancer = group.loadBalancer(environment)
      const port = group.listenerPort({domain: false})
      this.elb.set(name, {name, arn: `arn:${name}`, port: group.containerPort, loadBalancers: [balancer]})
      this.health.set(`arn:${name}`, [{id: '10.0.0.1', port: group.containerPort, state: 'healthy'}])
      const listener = {
        arn: `listener:${port}`,
        port,
        protocol: 'HTTP',
        targetGroupArns: [`arn:${name}`],
        certificate: undefined,
      }
      this.balancers.set(balancer, [...(this.balancers.get(balancer) ?? []), listener])
    }
    const oidc = {issuer: `${host}/realms/master`, token_endpoint: `${host}/token`}
    this.answers.set('https://registry.example.com/health', {status: 200, body: 'ok'})
    this.answers.set(`${host}/realms/master`, {status: 200, body: '{}'})
    this.answers.set(`${host}/realms/master/.well-known/openid-configuration`, {
      status: 200,
      body: JSON.stringify(oidc),
    })
  }

  /** Stacks in other regions. */
  elsewhere: Elsewhere = {found: [], unasked: [], reason: undefined}
  otherRegions = {withTag: async () => this.elsewhere}

  /** What is in the environment's VPC, by the call that lists it. */
  inNetwork = {
    ...{interfaces: [], endpoints: [], securityGroups: [], subnets: [], peerings: []},
    transitGatewayAttachments: [],
  } as Record<Exclude<keyof Aws['networkContents'], `delete${string}`>, readonly NetworkContent[]>

  networkContents: Aws['networkContents'] = {
    interfaces: async () => this.inNetwork.interfaces,
    endpoints: async () => this.inNetwork.endpoints,
    securityGroups: async () => this.inNetwork.securityGroups,
    subnets: async () => this.inNetwork.subnets,
    peerings: async () => this.inNetwork.peerings,
    transitGatewayAttachments: async () => this.inNetwork.transitGatewayAttachments,
    deleteEndpoint: async id => this.#removeFromNetwork('endpoints', id),
    deleteSecurityGroup: async id => this.#removeFromNetwork('securityGroups', id),
    deleteInterface: async id => this.#removeFromNetwork('interfaces', id),
  }

  #removeFromNetwork(list: keyof FakeAws['inNetwork'], id: string): void {
    this.calls.push(`delete ${id}`)
    this.inNetwork[list] = this.inNetwork[list].filter(each => each.id !== id)
  }

  identity = {whoAmI: async () => this.caller}

  /** How far this machine's clock is ahead of AWS's. */
  aheadMs: number | undefined = 0
  machineClock = {aheadMs: () => this.aheadMs}

  /** Names in the namespace of Service Connect, one list for each time that it is asked; the last one stays. */
  discoveryNames: readonly string[][] = [[]]
  cloudMap = {
    servicesIn: async (namespace: string): Promise<readonly string[]> => {
      this.calls.push(`services-in ${namespace}`)
      const [names = [], ...others] = this.discoveryNames
      if (others.length > 0) this.discoveryNames = others
      return names
    },
  }

  buckets: Aws['buckets'] = {
    exists: async name => {
      const tags = this.bucketTags.get(name)
      if (tags === undefined) return 'absent'
      return tags === 'other-account' ? 'other-account' : 'ours'
    },
    isProtected: async name => Object.keys(await this.buckets.tags(name)).length > 0,
    create: async (name, _region, tags) => {
      this.calls.push(`create-bucket ${name}`)
      this.bucketTags.set(name, {...tags})
    },
    tags: async name => {
      const tags = this.bucketTags.get(name)
      return tags === undefined || tags === 'other-account' ? {} : tags
    },
    put: async (bucket, key, body) => {
      this.calls.push(`put ${bucket}/${key}`)
      this.objects.set(`${bucket}/${key}`, String(body))
    },
    has: async (bucket, key) => this.objects.has(`${bucket}/${key}`),
    empty: async (bucket, prefix = '') => {
      this.calls.push(`empty ${bucket}/${prefix}`)
      const keys = [...this.objects.keys()].filter(key => key.startsWith(`${bucket}/${prefix}`))
      for (const key of keys) this.objects.delete(key)
      return keys.length
    },
    delete: async name => {
      this.calls.push(`delete-bucket ${name}`)
      this.bucketTags.delete(name)
    },
  }

  containers: Aws['containers'] = {
    services: async (cluster, names) =>
      names.map(
        name =>
          this.ecs.get(name) ?? {
            name,
            cluster,
            status: 'MISSING',
            desired: 0,
            running: 0,
            pending: 0,
            rollout: '',
            deployments: 0,
            events: [],
          },
      ),
    tasks: async (_cluster, _service, {stopped = false} = {}) =>
      stopped ? this.stoppedTasks : this.registryTasks,
    stoppedTasksOf: async () => this.leftTasks,
    definition: async arn => this.definitions.get(arn) ?? [],
    scale: async (_cluster, service, desired) => {
      this.calls.push(`scale ${service} ${desired}`)
    },
    restart: async (_cluster, service) => {
      this.calls.push(`restart ${service}`)
    },
  }

  databases: Aws['databases'] = {
    engineVersions: async () => ({offered: this.engineVersions, withdrawn: this.withdrawnVersions}),
    supportEnds: async () => this.supportEnds,
    versionsOf: async () => this.clusterVersions,
    madeAt: async () => this.databaseMadeAt,
  }

  models: Aws['models'] = {
    access: async () => this.modelAccess,
    hasProfile: async id => this.profiles.has(id),
  }

  loadBalancers: Aws['loadBalancers'] = {
    all: async () =>
      [...this.balancers.keys()].map(name => ({name, arn: `arn:${name}`, type: 'application'})),
    zoneOf: async () => undefined,
    targetGroups: async names => names.flatMap(name => this.elb.get(name) ?? []),
    targetHealth: async arn => this.health.get(arn) ?? [],
    listeners: async name => this.balancers.get(name),
  }

  /** Every object is a text, and S3 keeps its checksum. */
  bucketContents: Aws['bucketContents'] = {
    region: async bucket => (this.bucketTags.has(bucket) ? this.region : undefined),
    list: async (bucket, prefix) =>
      [...this.objects]
        .map(([path, text]) => ({key: path.slice(bucket.length + 1), path, text}))
        .filter(({key, path}) => path === `${bucket}/${key}` && key.startsWith(prefix))
        .filter(({key}) => !key.slice(prefix.length).includes('/'))
        .map(({key, text, path}) => ({
          key,
          bytes: Buffer.byteLength(text),
          modifiedAt: this.modifiedAt.get(path) ?? 0,
          hasSha256: true,
        })),
    text: async (bucket, key) => this.objects.get(`${bucket}/${key}`),
    sha256: async (bucket, key) =>
      createHash('sha256')
        .update(this.objects.get(`${bucket}/${key}`) ?? '')
        .digest('hex'),
  }

  builds: Aws['builds'] = {
    latest: async () => this.build,
    recent: async () => (this.build === undefined ? [] : [this.build]),
    describe: async () => this.build,
    start: async () => {
      throw new Error('this account starts no builds')
    },
  }

  logGroups: Aws['logGroups'] = {
    withPrefix: async prefix => [...this.groups].filter(name => name.startsWith(prefix)),
    containing: async part => [...this.groups].filter(name => name.includes(part)),
    delete: async name => {
      this.calls.push(`delete-log-group ${name}`)
      this.groups.delete(name)
    },
  }

  logs: Aws['logs'] = {
    tail: async (group, stream, most) => this.streams.get(`${group} ${stream}`)?.slice(-most),
    newestStreams: async (group, most) =>
      [...this.streams.keys()]
        .filter(key => key.startsWith(`${group} `))
        .map(key => key.slice(group.length + 1))
        .reverse()
        .slice(0, most),
  }

  prefixLists = {cloudFrontOriginFacing: async () => this.prefixList}
  tagged = {withTag: async () => this.taggedResources, globalWithTag: async () => this.globalResources}
  keys = {state: async (arn: string) => this.keyStates.get(arn)}

  accountAlias = {alias: async () => this.alias}
  quotas: Aws['quotas'] = {
    value: async (_service, code) => (this.quotaValues.has(code) ? this.quotaValues.get(code) : 1000),
  }
  networks: Aws['networks'] = {
    elasticIps: async () => this.addresses,
    vpcs: async () => this.networksInUse,
    zones: async () => this.zones.map(name => ({name, id: this.zoneIds.get(name) ?? name})),
    defaultSubnetZones: async () => this.defaultSubnets,
    subnetsTagged: async () => this.ownSubnets,
  }
  fargate: Aws['fargate'] = {vCpusInUse: async () => this.vcpus}
  secrets: Aws['secrets'] = {
    withPrefix: async prefix => this.secretEntries.filter(({name}) => name.startsWith(prefix)),
    value: async name => this.secretValues.get(name),
    /** Nobody may ask for several at once: each is asked for by itself. */
    values: async () => new Map(),
    putValue: async (name, value) => {
      this.secretValues.set(name, value)
    },
  }
  repositories: Aws['repositories'] = {
    names: async () => this.repositoryNames,
    hasImage: async name => !this.missingImages.has(name),
  }
  parameterStore: Aws['parameterStore'] = {
    existing: async names => names.filter(name => this.parameterNames.includes(name)),
  }
  hostedZones: Aws['hostedZones'] = {find: async id => this.zonesById.get(id)}
  nameServers: Aws['nameServers'] = async () => this.delegatedTo
  /** Names of the environment's clusters. */
  clusters: string[] = []
  /** By name, with how often each is looked at before it is available. */
  clusterSnapshots = new Map<string, {status: string; looks: number; key?: string}>()
  snapshots: Aws['snapshots'] = {
    clustersOf: async () => this.clusters,
    of: async () =>
      [...this.clusterSnapshots].map(([name, snapshot]) => {
        if (snapshot.status === 'creating' && snapshot.looks-- <= 0) snapshot.status = 'available'
        return {name, status: snapshot.status, size: 1, key: snapshot.key}
      }),
    take: async (cluster, name) => {
      this.calls.push(`take ${cluster} ${name}`)
      this.clusterSnapshots.set(name, {status: 'creating', looks: 2})
    },
    copy: async (from, name) => {
      this.calls.push(`copy ${from} ${name}`)
      this.clusterSnapshots.set(name, {status: 'creating', looks: 2})
    },
    delete: async name => {
      this.calls.push(`delete-snapshot ${name}`)
      this.clusterSnapshots.delete(name)
      this.taggedResources = this.taggedResources.filter(each => each.name !== name)
    },
    deleteBackup: async id => {
      this.calls.push(`delete-backup ${id}`)
    },
  }

  /** Why what an update left cannot be deleted, by name. */
  undeletable = new Map<string, McpgwError>()
  protections: Aws['protections'] = {
    isProtected: async () => false,
    lift: async (kind, id) => void this.calls.push(`lift ${kind} ${id}`),
  }

  standaloneTasks: Aws['standaloneTasks'] = {
    in: async () => [],
    stop: async (cluster, arn) => void this.calls.push(`stop task ${cluster} ${arn}`),
  }

  headStarts: Aws['headStarts'] = {
    deleteInstance: async id => void this.calls.push(`delete instance ${id}`),
    deleteCluster: async id => void this.calls.push(`delete cluster ${id}`),
    cluster: async () => undefined,
    disableDistribution: async id => void this.calls.push(`disable distribution ${id}`),
    stopTasks: async arn => void this.calls.push(`stop tasks of ${arn}`),
    deleteNatGateway: async id => void this.calls.push(`delete NAT gateway ${id}`),
    deleteEndpoint: async id => void this.calls.push(`delete endpoint ${id}`),
    endpointExists: async () => false,
    deleteProxy: async name => void this.calls.push(`delete proxy ${name}`),
    proxyExists: async () => false,
  }
  /** What lies in resources, by their ids or names. */
  readonly contents = new Map<string, DeletionContents>()
  deletionContents: Aws['deletionContents'] = async ({name}) => this.contents.get(name) ?? nothingKnown
  leftovers: Aws['leftovers'] = {
    canRemove: kind => kind.startsWith('rds:'),
    remove: async ({name, arn}) => {
      this.calls.push(`remove ${name}`)
      const problem = this.undeletable.get(name)
      if (problem !== undefined) throw problem
      this.taggedResources = this.taggedResources.filter(each => each.arn !== arn)
      return 'gone'
    },
  }
  changeSets: Aws['changeSets'] = {
    foresee: async () => [],
    revertingDrift: async () => [],
    execute: async () => {},
    delete: async () => {},
  }
  /** Nothing is looked at until a test says what is there. */
  /** What the services themselves list: what has the tag and is not gone, and whatever a test puts here. */
  existingThings: Existing[] = []
  /** ARNs that only the tagging API still lists. */
  readonly goneThings = new Set<string>()
  existing: Aws['existing'] = {
    kinds: [],
    list: async kind => {
      const states = new Map([...this.keyStates].map(([arn, state]) => [arn, state === 'PendingDeletion']))
      const viewers = [...this.viewerFunctions.values()]
      const listed = [...this.taggedResources, ...this.globalResources, ...this.ownDistributions, ...viewers]
      const tagged = listed.map(({arn, kind: of, name, ...rest}) => ({
        ...{kind: of, arn, name, id: name},
        ...('tags' in rest ? {tags: (rest as NamedFunction).tags} : {}),
        ...(states.get(arn) ? {isGoing: true} : {}),
      }))
      return [...tagged, ...this.existingThings].filter(
        each => each.kind === kind && !this.goneThings.has(each.arn),
      )
    },
  }

  taskDefinitions: Aws['taskDefinitions'] = {
    remove: async arns => {
      this.calls.push(`delete-task-definitions ${arns.length}`)
      this.taggedResources = this.taggedResources.filter(({arn}) => !arns.includes(arn))
    },
  }

  live: Aws['live'] = {
    types: [],
    groupOf: type => type,
    witnessed: () => async () => new Map(),
    look: async () => new Map(),
    rival: async () => undefined,
  }
  readiness: Aws['readiness'] = {types: [], conditions: async () => new Map()}
  distributions: Aws['distributions'] = {
    exist: async () => this.hasDistributions,
    withTag: async () => this.ownDistributions,
    functionNamed: async name => this.viewerFunctions.get(name),
  }
  roles: Aws['roles'] = {
    exists: async name => this.roleNames.has(name),
    serviceLinked: async () => this.linkedRoles,
    boundaryOf: async () => this.ownBoundary,
    policyExists: async arn => this.policies.has(arn),
    simulated: async ({arn}) => (arn.endsWith(':root') ? undefined : arn),
    simulate: async (_principal, {actions, resource}) =>
      actions.map(action => ({
        action,
        resource,
        decision: 'allowed' as const,
        missing: [],
        ...(this.decisions.get(`${action} ${resource}`) ?? this.decisions.get(action)),
      })),
  }

  probe: Aws['probe'] = async url => {
    const answer = this.answers.get(url)
    return typeof answer === 'function' ? answer() : (answer ?? {failure: 'getaddrinfo ENOTFOUND'})
  }

  /** The web of these tests; none unless a test serves one. */
  webEndpoint: string | undefined
  web: Aws['web'] = work => createWeb(this.webEndpoint ?? 'http://127.0.0.1:1')(work)

  apiCalls(): Record<string, number> {
    return {}
  }
}
