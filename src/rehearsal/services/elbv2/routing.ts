import {BlockList, isIPv4} from 'node:net'
import {findsExpression} from '../../../template/pattern.js'
import type {Region, Resource} from '../../account/account.js'
import {fitsWildcards} from '../../account/wildcards.js'
import type {World} from '../../account/world.js'
import type {AppAnswer} from '../../resources/http-messages.js'
import {servedBy} from '../../resources/private-hosts.js'
import {number, type Properties, record, records, text, texts} from '../../resources/values.js'
import {listenerType, loadBalancerType, ruleType, targetGroupType, targetsOf} from './target-groups.js'
import {isAttached} from './target-health.js'

/** An HTTP request from outside. Header names are in lower case. */
export interface PublicRequest {
  method: string
  /** Name, with a port if the request named one. */
  host: string
  /** Path and query. */
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
  scheme?: 'http' | 'https'
  /** Where it comes from. @default this machine's own loopback address */
  address?: string
}

/** Whoever asks the account itself is on its machine. */
export const loopbackAddress = '127.0.0.1'

/** What the application said, or what is in front of it. */
export type PublicAnswer = AppAnswer

/** A load balancer and where it is. */
export interface Balancer {
  region: Region
  resource: Resource
}

export function findBalancer(world: World, host: string): Balancer | undefined {
  for (const region of Object.values(world.account.regions)) {
    const resource = world
      .resourcesOf(region, loadBalancerType)
      .find(({attributes}) => text(attributes.DNSName)?.toLowerCase() === host)
    if (resource) return {region, resource}
  }
  return undefined
}

export function listenerAt(world: World, {region, resource}: Balancer, port: number): Resource | undefined {
  return world
    .resourcesOf(region, listenerType)
    .find(
      ({properties}) =>
        properties.LoadBalancerArn === resource.physicalId && number(properties.Port) === port,
    )
}

/**
 * What an Application Load Balancer answers on a port; undefined where nothing listens, which a client sees as
 * a refused connection.
 * Source: Application Load Balancers user guide, "Listener rules" and "Troubleshoot your Application Load Balancers".
 */
export async function balancerAnswer(
  world: World,
  balancer: Balancer,
  port: number,
  request: PublicRequest,
): Promise<PublicAnswer | undefined> {
  const {region, resource} = balancer
  // Until it is active its name leads nowhere.
  if (world.now < Number(resource.data.activeAt ?? 0)) return undefined
  const listener = listenerAt(world, balancer, port)
  if (!listener) return undefined
  const secure = text(listener.properties.Protocol) === 'HTTPS'
  if (secure && request.scheme === 'http') return page(400, 'Bad Request')
  const scheme = secure ? 'https' : 'http'
  const actions = actionsFor(world, region, listener, request)
  const action = actions.at(-1)
  if (!action) return page(503, 'Service Temporarily Unavailable')
  if (action.Type === 'redirect') return redirect(record(action.RedirectConfig), request, scheme, port)
  if (action.Type === 'fixed-response') return fixed(record(action.FixedResponseConfig))
  if (action.Type !== 'forward') return page(501, 'Not Implemented')
  return forward(world, region, action, request, scheme, port)
}

function actionsFor(world: World, region: Region, listener: Resource, request: PublicRequest): Properties[] {
  const rules = world
    .resourcesOf(region, ruleType)
    .filter(({properties}) => properties.ListenerArn === listener.physicalId)
    .sort((left, right) => (number(left.properties.Priority) ?? 0) - (number(right.properties.Priority) ?? 0))
  const rule = rules.find(({properties}) =>
    records(properties.Conditions).every(c => conditionHolds(c, request)),
  )
  return records(rule ? rule.properties.Actions : listener.properties.DefaultActions)
}

/** A condition of a rule; one of a kind that is not modelled never holds. */
function conditionHolds(condition: Properties, request: PublicRequest): boolean {
  const values = (member: string) => texts(record(condition[member]).Values ?? condition.Values)
  const path = request.path.split('?')[0] ?? '/'
  switch (condition.Field) {
    case 'path-pattern':
      return (
        values('PathPatternConfig').some(pattern => wildcard(pattern, path)) ||
        texts(record(condition.PathPatternConfig).RegexValues).some(pattern => fitsExpression(pattern, path))
      )
    case 'host-header':
      return values('HostHeaderConfig').some(pattern =>
        wildcard(pattern.toLowerCase(), hostName(request.host)),
      )
    case 'http-request-method':
      return values('HttpRequestMethodConfig').includes(request.method)
    case 'http-header': {
      const name = text(record(condition.HttpHeaderConfig).HttpHeaderName)?.toLowerCase() ?? ''
      const value = request.headers[name]
      // A header that is not there matches nothing, and case does not count.
      return (
        value !== undefined &&
        values('HttpHeaderConfig').some(pattern => wildcard(pattern.toLowerCase(), value.toLowerCase()))
      )
    }
    case 'source-ip':
      return values('SourceIpConfig').some(range => isInRange(request.address ?? loopbackAddress, range))
    default:
      return false
  }
}

async function forward(
  world: World,
  region: Region,
  action: Properties,
  request: PublicRequest,
  scheme: string,
  port: number,
): Promise<PublicAnswer> {
  const arn =
    text(action.TargetGroupArn) ?? text(records(record(action.ForwardConfig).TargetGroups)[0]?.TargetGroupArn)
  const group = world.resource(region, targetGroupType, arn ?? '')
  if (!group || !isAttached(world, region, group)) return page(503, 'Service Temporarily Unavailable')
  const registered = targetsOf(group).filter(({state}) => state !== 'draining')
  const healthy = registered.filter(({state}) => state === 'healthy')
  // With only unhealthy targets the load balancer fails open: it uses them all.
  const usable = healthy.length > 0 ? healthy : registered.filter(({state}) => state === 'unhealthy')
  if (healthy.length === 0 && usable.length < registered.length) {
    return page(503, 'Service Temporarily Unavailable')
  }
  const target = usable[0]
  if (!target) return page(503, 'Service Temporarily Unavailable')
  const answer = await servedBy(world, region, target.id, target.port, {
    method: request.method,
    path: request.path,
    ...(request.body !== undefined && {body: request.body}),
    headers: {
      ...request.headers,
      host: request.host,
      // The load balancer sets these itself, whatever the client said.
      'x-forwarded-for': [request.headers['x-forwarded-for'], request.address ?? loopbackAddress]
        .filter(Boolean)
        .join(', '),
      'x-forwarded-proto': scheme,
      'x-forwarded-port': String(port),
    },
  })
  return answer ?? page(502, 'Bad Gateway')
}

/** Source: Elastic Load Balancing API, RedirectActionConfig. */
function redirect(
  configuration: Properties,
  request: PublicRequest,
  scheme: string,
  port: number,
): PublicAnswer {
  const [path = '/', query = ''] = request.path.split('?')
  const fill = (template: string) =>
    template
      .replaceAll('#{protocol}', scheme)
      .replaceAll('#{host}', hostName(request.host))
      .replaceAll('#{port}', String(port))
      .replaceAll('#{path}', path.slice(1))
      .replaceAll('#{query}', query)
  const part = (member: string, original: string) => fill(text(configuration[member]) ?? original)
  const search = part('Query', '#{query}')
  const location = `${part('Protocol', '#{protocol}').toLowerCase()}://${part('Host', '#{host}')}:${part('Port', '#{port}')}${part('Path', '/#{path}')}${search ? `?${search}` : ''}`
  const permanent = configuration.StatusCode === 'HTTP_301'
  const answer = permanent ? page(301, 'Moved Permanently') : page(302, 'Found')
  return {...answer, headers: {...answer.headers, location}}
}

function fixed(configuration: Properties): PublicAnswer {
  return {
    status: number(configuration.StatusCode) ?? 200,
    headers: {'content-type': text(configuration.ContentType) ?? 'text/plain', server: 'awselb/2.0'},
    body: text(configuration.MessageBody) ?? '',
  }
}

function page(status: number, title: string): PublicAnswer {
  const heading = `${status} ${title}`
  return {
    status,
    headers: {'content-type': 'text/html', server: 'awselb/2.0'},
    body: `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n</body>\r\n</html>\r\n`,
  }
}

/** Whether an address is in a range such as 192.0.2.0/24; what is no IPv4 address or range is in none. */
function isInRange(address: string, range: string): boolean {
  const [network = '', prefix = ''] = range.split('/')
  if (!isIPv4(address) || !isIPv4(network) || !/^([0-9]|[12][0-9]|3[0-2])$/.test(prefix)) return false
  const list = new BlockList()
  list.addSubnet(network, Number(prefix), 'ipv4')
  return list.check(address)
}

export function hostName(host: string): string {
  return (host.split(':')[0] ?? '').toLowerCase()
}

/**
 * Source: Elastic Load Balancing API, PathPatternConditionConfig, RegexValues. One that cannot be read never holds, nor
 * does one that nobody could wait for: the account has one thread for all that it does.
 */
function fitsExpression(expression: string, path: string): boolean {
  return findsExpression(expression, path) === true
}

function wildcard(pattern: string, value: string): boolean {
  return fitsWildcards(pattern, value, {oneByOne: true})
}
