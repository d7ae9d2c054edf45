import {createContext, runInContext} from 'node:vm'
import {referenceIn, replaceReferences} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {type Asked, answerOf, listenersOf, rulesOf} from '../listener-rules.js'
import {differs, type Findings, judgeEach, type Property, placeOf, type World} from '../property.js'
import {administrationPaths, loginPaths} from '../tables/keycloak-paths.js'

type Properties = DeployedResource['properties']

/** In none of the ranges that `choices.ts` draws, but for those of everybody. */
const stranger = '198.18.7.9'
const ipv6 = '2001:db8::1'

/** Source: Elastic Load Balancing, "Condition types for listener rules" and quotas. */
const mostValues = {condition: 3, rule: 5, characters: 128}
/** Bytes. Source: CloudFront developer guide, "Quotas", CloudFront Functions. */
const longestFunction = 10_240

/**
 * Keycloak's administration is on the port of the logins. Who is not admitted gets nothing but what a login needs, because
 * nobody can list how else /admin might be written.
 */
export const adminGuard: Property = {
  id: 'admin-guard',
  title:
    'only AdminCidrBlocks and the NAT gateways reach the administration of Keycloak, and everybody a login',
  violations(world) {
    const {deployed} = world
    const doors = [
      ...deployed
        .resources('AWS::CloudFront::Distribution')
        .filter(distribution => placeOf(distribution) === 'compute.KeycloakDistribution'),
      ...(world.choice.parameters.BaseDomain ? listenersOf(deployed, 'compute.KeycloakAlb', 443) : []),
    ]
    return judgeEach(doors, {atLeast: 1, what: 'ways to Keycloak'}, door => judge(world, door))
  },
}

function judge(world: World, door: DeployedResource): Findings {
  const {deployed, choice} = world
  const ranges = String(choice.parameters.AdminCidrBlocks ?? '0.0.0.0/0').split(',')
  const isEverybodys = ranges.length === 1 && ranges[0] === '0.0.0.0/0'
  const isOpen = ranges.some(range => range.endsWith('/0'))
  const admits =
    door.type === 'AWS::CloudFront::Distribution' ? atEdge(deployed, door) : atBalancer(deployed, door)
  const gets = (address: string, path: string, whose: string, wanted: boolean) =>
    admits({address, path}) !== wanted &&
    `${whose} ${wanted ? 'does not get' : 'gets'} ${JSON.stringify(path)}`
  const natGateways = [1, 2, 3].map(zone => `<att:network.NatEip${zone}.PublicIp>`)
  return [
    ...loginPaths.map(path => gets(stranger, path, 'a stranger', true)),
    ...loginPaths.map(path => gets(ipv6, path, 'an IPv6 viewer', true)),
    ...administrationPaths.flatMap(path => [
      gets(stranger, path, 'a stranger', isOpen || isIn(stranger, ranges)),
      gets(ipv6, path, 'an IPv6 viewer', isEverybodys),
      ...ranges.map(range => gets(firstOf(range), path, `the first address of ${range}`, true)),
      ...natGateways.map(address => gets(address, path, 'a NAT gateway', true)),
    ]),
    ...(door.type === 'AWS::CloudFront::Distribution' ? [] : limitsOf(deployed, door)),
  ]
}

function firstOf(range: string): string {
  return range.split('/')[0] ?? ''
}

function isIn(address: string, ranges: readonly string[]): boolean {
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return ranges.some(range => {
    const [network = '', size] = range.split('/')
    const block = 2 ** (32 - Number(size))
    return Math.floor(number(network) / block) === Math.floor(number(address) / block)
  })
}

type Admits = (asked: Asked) => boolean

/** Keycloak's own refusals of health and metrics are another property's. */
function atBalancer(deployed: Deployed, listener: DeployedResource): Admits {
  return asked => answerOf(deployed, listener, asked) !== '403'
}

function atEdge(deployed: Deployed, {properties}: DeployedResource): Admits {
  const associations: Properties[] =
    properties.DistributionConfig.DefaultCacheBehavior.FunctionAssociations ?? []
  const guards = associations.flatMap(({EventType, FunctionARN}) => {
    const guard = deployed.resource(referenceIn(String(FunctionARN)))
    return EventType === 'viewer-request' && guard !== undefined ? [guard.properties] : []
  })
  if (guards.length === 0) return () => true
  const handlers = guards.map(({FunctionCode, FunctionConfig, AutoPublish}) => {
    const code = replaceReferences(String(FunctionCode), ({logicalId}) => natAddress(logicalId))
    const isServed =
      AutoPublish === true &&
      FunctionConfig?.Runtime === 'cloudfront-js-2.0' &&
      code.length <= longestFunction
    return isServed ? handlerOf(code) : () => ({statusCode: 503})
  })
  return ({path, address = stranger}) => {
    const viewer = {ip: /^<att/.test(address) ? natAddress(/NatEip\d/.exec(address)?.[0] ?? '') : address}
    return handlers.every(handler => {
      const event = {version: '1.0', context: {}, viewer, request: {method: 'GET', uri: path, headers: {}}}
      return handler(event).statusCode === undefined
    })
  }
}

function natAddress(logicalId: string): string {
  return `203.0.113.25${logicalId.at(-1)}`
}

/** Our own code, as CloudFront would run it. */
function handlerOf(code: string): (event: unknown) => {statusCode?: number} {
  const context = createContext(Object.create(null))
  runInContext(code, context)
  return event =>
    JSON.parse(
      String(
        runInContext(
          `JSON.stringify(handler(JSON.parse(${JSON.stringify(JSON.stringify(event))})))`,
          context,
        ),
      ),
    )
}

function limitsOf(deployed: Deployed, listener: DeployedResource): Findings {
  return rulesOf(deployed, listener).flatMap(({logicalId, properties}) => {
    const counts = properties.Conditions.map((condition: Properties) => {
      const {Values: values = [], RegexValues: expressions = []} =
        condition.PathPatternConfig ?? condition.SourceIpConfig ?? {}
      return [...values, ...expressions]
    }) as string[][]
    const longest = Math.max(...counts.flat().map(({length}) => length))
    return [
      counts.some(values => values.length > mostValues.condition) &&
        `a condition of ${logicalId} has too many values`,
      counts.flat().length > mostValues.rule && `${logicalId} has too many values`,
      longest > mostValues.characters && differs(`a value of ${logicalId}`, longest, mostValues.characters),
    ]
  })
}
