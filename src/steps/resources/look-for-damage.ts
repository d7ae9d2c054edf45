import type {Aws} from '../../aws/aws.js'
import type {LiveState, Wanted} from '../../aws/live/live.js'
import {Sightings} from '../../aws/live/witness.js'
import type {StackResource} from '../../aws/stack-data.js'
import {isDeleted} from '../../aws/stack-status.js'
import {messageOf} from '../../errors.js'
import type {Damage, Deed, HoldingStack, Look} from './damage.js'
import {type Declared, type DeclaredListener, declaredIn, isKnown} from './declared.js'
import {howMisled} from './distribution-routes.js'
import {repositoryType} from './repair-action.js'
import {howMisnamed, recordType, wantedRecord} from './wanted-record.js'

type HeldResource = StackResource & HoldingStack

/**
 * Asks the services whether what the stacks made is there, as it was made: CloudFormation itself compares templates and
 * notices nothing. What one call tells of many resources is asked first, then what it does not tell of by itself; all at
 * once, and nothing that was `seen` before. Nothing is changed, and no value of a secret is read.
 */
export async function lookForDamage(
  aws: Aws,
  stacks: readonly HoldingStack[],
  seen: Promise<Sightings> = Promise.resolve(new Sightings()),
): Promise<Look> {
  const holdings = stacks.map(holding => ({...holding, resources: aws.stacks.resources(holding.stack.id)}))
  const [resources, declared] = await Promise.all([heldResources(holdings), declaredBy(aws, holdings)])
  const wanted = wantedOf([...declared.values()])
  const byType = new Map<string, HeldResource[]>()
  for (const resource of resources)
    byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource])
  const idsOf = (type: string) => (byType.get(type) ?? []).map(({physicalId}) => physicalId)
  const witnessed = aws.live.witnessed(idsOf)
  const knownOf = async (type: string) => {
    const [before, told] = await Promise.all([seen, witnessed(type)])
    return new Map([...told, ...before.of(type)])
  }
  const asked = new Map<string, Promise<ReadonlyMap<string, LiveState>>>()
  /** Types of which one call tells are asked for once. */
  const lookAt = (group: string) => {
    const look = asked.get(group) ?? lookAtGroup(group)
    asked.set(group, look)
    return look
  }
  const lookAtGroup = async (group: string) => {
    const members = [...byType.keys()].filter(type => aws.live.groupOf(type) === group)
    const known = new Map((await Promise.all(members.map(knownOf))).flatMap(ofType => [...ofType]))
    const unknown = members.flatMap(idsOf).filter(id => !known.has(id))
    if (unknown.length === 0) return known
    return new Map([...known, ...(await aws.live.look(group, unknown, wanted))])
  }
  const looks = await Promise.all(
    [...byType]
      .filter(([type]) => aws.live.types.includes(type))
      .map(async ([type, ofType]) => {
        try {
          return {type, resources: ofType, live: await lookAt(aws.live.groupOf(type))}
        } catch (error) {
          return {type, resources: ofType, live: undefined, reason: messageOf(error)}
        }
      }),
  )
  const everything = new Map(looks.flatMap(({live}) => [...(live ?? [])]))
  const damages = looks.flatMap(({resources: ofType, live}) =>
    live === undefined
      ? []
      : ofType.flatMap(resource => {
          const deed = deedOf(resource, live.get(resource.physicalId), declared.get(resource.stack.id), {
            resources,
            everything,
          })
          const {key, stack, logicalId, type, physicalId} = resource
          return deed === undefined ? [] : {key, stack, logicalId, type, physicalId, deed}
        }),
  )
  return {
    damages: await withRivals(aws, withoutConsequences(damages), {resources, everything}, declared),
    looked: looks.reduce(
      (sum, {resources: ofType, live}) => sum + (live === undefined ? 0 : ofType.length),
      0,
    ),
    unread: looks.flatMap(({type, resources: ofType, live, reason = ''}) =>
      live === undefined ? {type, count: ofType.length, reason} : [],
    ),
  }
}

/** A stack, and its resources, which are asked for once. */
type Holding = HoldingStack & {readonly resources: Promise<readonly StackResource[]>}

async function heldResources(holdings: readonly Holding[]): Promise<readonly HeldResource[]> {
  const all = await Promise.all(
    holdings.map(async ({resources, ...holding}) =>
      (await resources).map(resource => ({...resource, ...holding})),
    ),
  )
  return all.flat().filter(({physicalId, status}) => physicalId !== '' && !isDeleted(status))
}

/** What the templates want: all images that task definitions name, by repository, and the zones of records. */
function wantedOf(declared: readonly (Declared | undefined)[]): Wanted {
  const images = new Map<string, string[]>()
  for (const {repository, image} of declared.flatMap(stack => stack?.images ?? [])) {
    const known = images.get(repository) ?? []
    if (!known.includes(image)) images.set(repository, [...known, image])
  }
  return {images, zones: [...new Set(declared.flatMap(stack => stack?.zones ?? []))]}
}

/** What only the template says. */
async function declaredBy(
  aws: Aws,
  holdings: readonly Holding[],
): Promise<ReadonlyMap<string, Declared | undefined>> {
  const exported = new Map(
    holdings.flatMap(({stack: {outputs, parameters}}) =>
      Object.entries(outputs).map(([key, value]) => [`${parameters.EnvironmentName}-${key}`, value] as const),
    ),
  )
  const entries = holdings.map(
    async ({stack, resources}) => [stack.id, await declaredIn(aws, stack, {resources, exported})] as const,
  )
  return new Map(await Promise.all(entries))
}

interface Around {
  resources: readonly HeldResource[]
  everything: ReadonlyMap<string, LiveState>
}

function deedOf(
  resource: HeldResource,
  live: LiveState | undefined,
  declared: Declared | undefined,
  around: Around,
): Deed | undefined {
  if (live === undefined) return {is: 'gone'}
  switch (live.is) {
    case 'there':
    case 'scaling':
      return undefined
    case 'role': {
      const {attached = [], inline = []} = declared?.roles.get(resource.logicalId) ?? {}
      const missing = [
        ...attached.filter(arn => !live.attached.includes(arn)),
        ...inline.filter(name => !live.inline.includes(name)),
      ]
      return missing.length > 0 ? {is: 'detached', policies: missing} : undefined
    }
    case 'unusable':
      return live
    case 'untargeted': {
      const {DBClusterIdentifiers: wanted} = declared?.properties(resource.logicalId) ?? {}
      // RDS lets a proxy have one.
      const cluster = Array.isArray(wanted) ? wanted.map(String).find(isKnown) : undefined
      return {...live, cluster}
    }
    case 'distribution': {
      const how = howMisled(live, declared?.properties(resource.logicalId).DistributionConfig)
      return how === undefined ? undefined : {is: 'misled', how}
    }
    case 'record': {
      const how = howMisnamed(live, declared?.properties(resource.logicalId))
      return how === undefined ? undefined : {is: 'misled', how}
    }
    case 'service':
      return serviceDeed(resource, live, declared, around)
    case 'listener':
      return listenerDeed(live, declared?.listeners.get(resource.logicalId))
    case 'empty':
      return resource.type === repositoryType || declared?.valued.has(resource.logicalId) ? live : undefined
    default:
      return {is: live.is}
  }
}

function listenerDeed(
  {port, targetGroups, certificate: has}: Extract<LiveState, {is: 'listener'}>,
  wanted: DeclaredListener | undefined,
): Deed | undefined {
  if (wanted === undefined) return undefined
  if (port !== wanted.port) return {is: 'turned', port: wanted.port}
  if (!wanted.targetGroups.every(arn => targetGroups.includes(arn))) return {is: 'turned'}
  return wanted.certificate === undefined || wanted.certificate === has
    ? undefined
    : {is: 'recertified', wanted: wanted.certificate, has}
}

function serviceDeed(
  resource: HeldResource,
  {definition, desired}: Extract<LiveState, {is: 'service'}>,
  declared: Declared | undefined,
  {resources, everything}: Around,
): Deed | undefined {
  const own = declared?.services.get(resource.logicalId)
  if (own === undefined) return undefined
  const wanted = own.definition
  if (
    wanted !== undefined &&
    wanted !== definition &&
    resources.some(({physicalId}) => physicalId === wanted)
  ) {
    return {is: 'changed', from: wanted, to: definition}
  }
  const [, path = ''] = /:(service\/.*)$/.exec(resource.physicalId) ?? []
  const scaling = everything.get(`${path}|ecs:service:DesiredCount|ecs`)
  if (scaling?.is === 'scaling') {
    const inside = Math.min(Math.max(desired, scaling.least), scaling.most)
    return inside === desired ? undefined : {is: 'scaled', asked: desired, wanted: inside, scales: true}
  }
  if (own.desired === undefined || own.desired === desired) return undefined
  return {is: 'scaled', asked: desired, wanted: own.desired, scales: false}
}

/** What went with something else needs no line of its own: it comes back with it. */
function withoutConsequences(damages: readonly Damage[]): readonly Damage[] {
  const gone = (type: string) =>
    damages
      .filter(damage => damage.type === type && damage.deed.is === 'gone')
      .map(({physicalId}) => physicalId)
  const listeners = gone('AWS::ElasticLoadBalancingV2::Listener')
  const balancers = gone('AWS::ElasticLoadBalancingV2::LoadBalancer')
  const targets = gone('AWS::ApplicationAutoScaling::ScalableTarget')
  const roles = gone('AWS::IAM::Role')
  const tables = gone('AWS::EC2::RouteTable')
  const gateways = gone('AWS::EC2::InternetGateway')
  const proxies = gone('AWS::RDS::DBProxy')
  const isConsequence = ({type, physicalId}: Damage): boolean => {
    const owner = physicalId.slice(0, physicalId.lastIndexOf('/'))
    switch (type) {
      case 'AWS::ElasticLoadBalancingV2::ListenerRule':
        return listeners.includes(owner.replace(':listener-rule/', ':listener/'))
      case 'AWS::ElasticLoadBalancingV2::Listener':
        return balancers.includes(owner.replace(':listener/', ':loadbalancer/'))
      case 'AWS::EC2::Route':
        return tables.includes(physicalId.split('|')[0] ?? '')
      case 'AWS::EC2::VPCGatewayAttachment':
        return gateways.length > 0
      case 'AWS::RDS::DBProxyTargetGroup':
        return proxies.length > 0
      case 'AWS::IAM::RolePolicy':
        return roles.includes(physicalId.split('|')[1] ?? '')
      case 'AWS::ApplicationAutoScaling::ScalingPolicy':
        return targets.some(id => physicalId.includes(`:resource/ecs/${id.split('|')[0]}:`))
      default:
        return false
    }
  }
  return damages.filter(damage => !isConsequence(damage))
}

/**
 * Asks what stands in the place of what is gone, and what records are to be; what cannot be asked stands in nobody's way
 * until AWS says so.
 */
async function withRivals(
  aws: Aws,
  damages: readonly Damage[],
  {resources, everything}: Around,
  declared: ReadonlyMap<string, Declared | undefined>,
): Promise<readonly Damage[]> {
  return Promise.all(
    damages.map(async damage => {
      const template = declared.get(damage.stack.id)
      if (template === undefined) return damage
      if (damage.type === recordType) {
        const properties = template.properties(damage.logicalId)
        const live = everything.get(damage.physicalId)
        const record = await wantedRecord(aws, properties, live).catch(() => undefined)
        return record === undefined ? damage : {...damage, record}
      }
      if (damage.deed.is !== 'gone') return damage
      const own = resources.filter(({type}) => type === damage.type).map(({physicalId}) => physicalId)
      try {
        const rival = await aws.live.rival(damage.type, template.properties(damage.logicalId), own)
        return rival === undefined ? damage : {...damage, rival}
      } catch {
        return damage
      }
    }),
  )
}
