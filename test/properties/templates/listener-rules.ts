import {BlockList, isIPv4} from 'node:net'
import {referenceIn} from '../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from './deployed.js'
import {placeOf} from './property.js'

type Properties = DeployedResource['properties']

/** What a load balancer is asked, as far as rules look at it. Names of headers are in lower case. */
export interface Asked {
  readonly path: string
  readonly address?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The listeners of a load balancer on a port. */
export function listenersOf(deployed: Deployed, balancer: string, port: number): DeployedResource[] {
  return deployed.resources('AWS::ElasticLoadBalancingV2::Listener').filter(({properties}) => {
    const owner = deployed.resource(referenceIn(properties.LoadBalancerArn))
    return owner !== undefined && placeOf(owner) === balancer && Number(properties.Port) === port
  })
}

/** The rules of a listener, in the order in which they are tried. */
export function rulesOf(deployed: Deployed, listener: DeployedResource): DeployedResource[] {
  return deployed
    .resources('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter(({properties}) => deployed.resource(referenceIn(properties.ListenerArn)) === listener)
    .sort((one, other) => Number(one.properties.Priority) - Number(other.properties.Priority))
}

/** `forward <target group>`, `redirect`, or the status of a fixed response. */
export function answerOf(deployed: Deployed, listener: DeployedResource, asked: Asked): string {
  const rule = rulesOf(deployed, listener).find(({properties}) =>
    (properties.Conditions ?? []).every((condition: Properties) => holds(condition, asked)),
  )
  const [action] = rule?.properties.Actions ?? listener.properties.DefaultActions ?? []
  if (action?.Type === 'fixed-response') return String(action.FixedResponseConfig?.StatusCode)
  return action?.Type === 'forward' ? `forward ${action.TargetGroupArn}` : String(action?.Type)
}

/** Source: Elastic Load Balancing, "Condition types for listener rules". */
function holds(condition: Properties, {path, address = '198.18.0.1', headers = {}}: Asked): boolean {
  const {Values: values = [], RegexValues: expressions = []} =
    condition.PathPatternConfig ?? condition.HttpHeaderConfig ?? condition.SourceIpConfig ?? {}
  switch (condition.Field) {
    case 'path-pattern':
      return (
        values.some((pattern: string) => wildcard(pattern, path)) ||
        expressions.some((expression: string) => new RegExp(expression).test(path))
      )
    case 'http-header': {
      const value = headers[String(condition.HttpHeaderConfig.HttpHeaderName).toLowerCase()]
      return value !== undefined && values.some((pattern: string) => wildcard(pattern, value))
    }
    case 'source-ip':
      return values.some((range: string) => isInRange(address, range))
    default:
      return false
  }
}

/** An address that only AWS will know is in the range of that address alone. */
function isInRange(address: string, range: string): boolean {
  const [network = '', size] = range.split('/')
  if (!isIPv4(network) || !isIPv4(address)) return network === address && size === '32'
  const list = new BlockList()
  list.addSubnet(network, Number(size))
  return list.check(address)
}

function wildcard(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 's').test(text)
}
