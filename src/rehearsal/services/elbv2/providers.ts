import {typicalSeconds} from '../../../durations.js'
import {quotas} from '../../account/quotas.js'
import {hasRoom} from '../../faults/quota-value.js'
import {serviceFailure} from '../../resources/failures.js'
import {nameFor} from '../../resources/names.js'
import {
  handlerFailure,
  type Naming,
  type ProviderRequest,
  type ResourceProvider,
} from '../../resources/resource-provider.js'
import {about} from '../../resources/timing.js'
import {records, text, texts} from '../../resources/values.js'
import {certificateProblem} from './listener-certificates.js'
import {
  forwardedTo,
  listenerType,
  loadBalancersOfTargetGroup,
  loadBalancerType,
  ruleType,
  targetGroupType,
} from './target-groups.js'
import {reconsiderAllTargets, reconsiderTargets} from './target-health.js'

/**
 * The hosted zones of load balancer names, by region.
 * Source: AWS General Reference, "Elastic Load Balancing endpoints and quotas".
 */
const hostedZones: Readonly<Record<string, string>> = {
  'us-east-1': 'Z35SXDOTRQ7X7K',
  'us-east-2': 'Z3AADJGX6KTTL2',
  'us-west-1': 'Z368ELLRRE2KJ0',
  'us-west-2': 'Z1H1FL5HABSF5',
  'ca-central-1': 'ZQSVJUPU6J1EY',
  'eu-central-1': 'Z215JYRZR1TBD5',
  'eu-west-1': 'Z32O12XQLNTSW2',
  'eu-west-2': 'ZHURV8PSTC4K8',
  'eu-west-3': 'Z3Q77PNBQS71R4',
  'eu-north-1': 'Z23TAZ6LKFMNIO',
  'ap-south-1': 'ZP97RAFLXTNZK',
  'ap-northeast-1': 'Z14GRHDCWA56QT',
  'ap-northeast-2': 'ZWKZPGTI48KDX',
  'ap-southeast-1': 'Z1LMS91P8CMLE5',
  'ap-southeast-2': 'Z1GM3OXH4ZPM65',
  'sa-east-1': 'Z2P70J7HTTTPLU',
}

const balancerSeconds = typicalSeconds(loadBalancerType)

const loadBalancer: ResourceProvider = {
  type: loadBalancerType,
  naming: balancingNaming(loadBalancerType, 'LoadBalancerName'),
  seconds: {...balancerSeconds, create: 5},
  create(request) {
    const {world, region, properties} = request
    if (!hasRoom(world.account, quotas.loadBalancers, world.resourcesOf(region, loadBalancerType).length)) {
      throw serviceFailure(
        world,
        'ElasticLoadBalancingV2',
        'The maximum number of load balancers has been reached',
        {code: 'ServiceLimitExceeded'},
      )
    }
    const name = balancingName(request, loadBalancerType, 'LoadBalancerName')
    const fullName = `app/${name}/${world.newHex(16)}`
    const arn = elbArn(request, `loadbalancer/${fullName}`)
    const number =
      1_000_000_000 + Math.floor(world.chance('load balancer', region.name, name) * 1_147_483_647)
    const internal = properties.Scheme === 'internal' ? 'internal-' : ''
    return {
      physicalId: arn,
      attributes: {
        LoadBalancerArn: arn,
        LoadBalancerName: name,
        LoadBalancerFullName: fullName,
        DNSName: `${internal}${name}-${number}.${region.name}.elb.amazonaws.com`,
        CanonicalHostedZoneID: hostedZones[region.name] ?? 'Z1H1FL5HABSF5',
        SecurityGroups: texts(properties.SecurityGroups),
      },
      data: {activeAt: world.now + about(world, balancerSeconds.create, name) * 1000},
    }
  },
  stabilized(resource, {world}, operation) {
    const left = (Number(resource.data.activeAt) - world.now) / 1000
    return operation === 'create' && left > 0 ? {state: 'waiting', seconds: left} : {state: 'ready'}
  },
  update: (_resource, {properties}) => ({SecurityGroups: texts(properties.SecurityGroups)}),
  blocksDeletion(resource, {properties}) {
    const isProtected = records(properties.LoadBalancerAttributes).some(
      ({Key, Value}) => Key === 'deletion_protection.enabled' && text(Value) === 'true',
    )
    return isProtected
      ? `Load balancer '${resource.physicalId}' cannot be deleted because deletion protection is enabled`
      : undefined
  },
  deleted(resource, {world, region}) {
    // Listeners and their rules go with their load balancer.
    for (const listener of world.resourcesOf(region, listenerType)) {
      if (listener.properties.LoadBalancerArn === resource.physicalId) world.remove(region, listener)
    }
    reconsiderAllTargets(world, region)
  },
}

const targetGroup: ResourceProvider = {
  type: targetGroupType,
  naming: balancingNaming(targetGroupType, 'TargetGroupName'),
  create(request) {
    const {world} = request
    const name = balancingName(request, targetGroupType, 'TargetGroupName')
    const fullName = `targetgroup/${name}/${world.newHex(16)}`
    const arn = elbArn(request, fullName)
    return {
      physicalId: arn,
      attributes: {
        TargetGroupArn: arn,
        TargetGroupName: name,
        TargetGroupFullName: fullName,
        LoadBalancerArns: [],
      },
      data: {targets: []},
    }
  },
  update(resource, {world, region}) {
    reconsiderTargets(world, region, resource)
    return undefined
  },
  blocksDeletion(resource, {world, region}) {
    return loadBalancersOfTargetGroup(world, region, resource.physicalId).length > 0
      ? `Target group '${resource.physicalId}' is currently in use by a listener or a rule (Service: ElasticLoadBalancingV2, Status Code: 400, Request ID: ${world.newUuid()})`
      : undefined
  },
}

const listener: ResourceProvider = {
  type: listenerType,
  create(request) {
    const {world, region, properties} = request
    const balancer = world.resource(region, loadBalancerType, text(properties.LoadBalancerArn) ?? '')
    if (!balancer) throw handlerFailure(world, 'One or more load balancers not found', 'NotFound')
    const port = text(properties.Port)
    const taken = world
      .resourcesOf(region, listenerType)
      .some(
        ({properties: other}) => other.LoadBalancerArn === balancer.physicalId && text(other.Port) === port,
      )
    if (taken) {
      throw handlerFailure(
        world,
        `A listener already exists on this port for this load balancer '${balancer.physicalId}'`,
        'AlreadyExists',
      )
    }
    checkTargetGroups(request, properties.DefaultActions)
    checkCertificates(request)
    const arn = elbArn(
      request,
      `listener/${text(balancer.attributes.LoadBalancerFullName)}/${world.newHex(16)}`,
    )
    // Once it is there, the checks of its target groups begin.
    world.schedule('elb.reconsider', 0, region.name, {})
    return {physicalId: arn, attributes: {ListenerArn: arn}}
  },
  update(_resource, request) {
    checkCertificates(request)
    return reconsider(request)
  },
  deleted: (_resource, request) => void reconsider(request),
}

const rule: ResourceProvider = {
  type: ruleType,
  create(request) {
    const {world, region, properties} = request
    const listenerArn = text(properties.ListenerArn) ?? ''
    if (!world.resource(region, listenerType, listenerArn)) {
      throw handlerFailure(world, 'One or more listeners not found', 'NotFound')
    }
    const priority = text(properties.Priority)
    const isTaken = world
      .resourcesOf(region, ruleType)
      .some(({properties: other}) => other.ListenerArn === listenerArn && text(other.Priority) === priority)
    if (isTaken) throw handlerFailure(world, `Priority '${priority}' is currently in use`, 'AlreadyExists')
    checkTargetGroups(request, properties.Actions)
    const arn = `${listenerArn.replace(':listener/', ':listener-rule/')}/${world.newHex(16)}`
    world.schedule('elb.reconsider', 0, region.name, {})
    return {physicalId: arn, attributes: {RuleArn: arn, IsDefault: false}}
  },
  update: (_resource, request) => reconsider(request),
  deleted: (_resource, request) => void reconsider(request),
}

/** Names are unique in a region; those that CloudFormation makes up have six characters of stack and logical id. */
function balancingName(request: ProviderRequest, type: string, attribute: string): string {
  const {world, stack, logicalId} = request
  const naming = balancingNaming(type, attribute)
  const generatedName = () => `${stack.name.slice(0, 6)}-${logicalId.slice(0, 6)}-${world.newSuffix(12)}`
  // The service's own check. Source: Elastic Load Balancing API reference, DuplicateLoadBalancerName, DuplicateTargetGroupName.
  const given = text(request.properties[naming.property])
  const other = given === undefined ? undefined : naming.taken(given, request)
  if (other !== undefined && other.owner === undefined) {
    const kind = type === loadBalancerType ? 'load balancer' : 'target group'
    const words = `A ${kind} with the same name '${given}' exists, but with different settings`
    throw serviceFailure(world, 'ElasticLoadBalancingV2', words, {code: 'AlreadyExists'})
  }
  return nameFor({...request, generatedName}, type, naming.property, {
    maxLength: 32,
    taken: name => naming.taken(name, request),
  })
}

function balancingNaming(type: string, attribute: string): Naming {
  return {
    property: 'Name',
    taken: (name, {world, region}) =>
      world.resourcesOf(region, type).find(({attributes}) => attributes[attribute] === name),
  }
}

function checkTargetGroups({world, region}: ProviderRequest, actions: unknown): void {
  const missing = forwardedTo(actions).find(arn => !world.resource(region, targetGroupType, arn))
  if (missing) throw handlerFailure(world, `Target groups '${missing}' not found`, 'NotFound')
}

function checkCertificates({world, region, properties}: ProviderRequest): void {
  const problem = certificateProblem(world, region, properties)
  if (problem) throw handlerFailure(world, problem.message, 'InvalidRequest')
}

function reconsider({world, region}: ProviderRequest): undefined {
  reconsiderAllTargets(world, region)
}

function elbArn({world, region}: ProviderRequest, path: string): string {
  return `arn:aws:elasticloadbalancing:${region.name}:${world.account.id}:${path}`
}

export const elbv2Providers: readonly ResourceProvider[] = [loadBalancer, targetGroup, listener, rule]
