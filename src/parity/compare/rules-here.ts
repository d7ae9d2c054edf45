import type {Json} from '../json.js'
import type {DeployedResource} from '../templates/deployed.js'
import {isEmpty, memberOf} from './path.js'
import {portsOf, protocolOf, type Rule} from './rule.js'
import {listOf} from './scalars.js'
import type {Values} from './values.js'

/** Types of rules by themselves; each names the group that it is for. */
const standaloneTypes = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']

/** The resources of the templates that are rules of a group. */
export function standaloneRules(
  all: readonly DeployedResource[],
  group: string,
  values: Values,
): DeployedResource[] {
  return all.filter(
    ({type, properties}) =>
      standaloneTypes.includes(type) && values.here(properties.GroupId ?? '', 'scalar') === group,
  )
}

/** Rules of a group in the templates: its own, and those of resources that are made for it. */
export function rulesHere(
  {properties}: DeployedResource,
  standalone: readonly DeployedResource[],
  values: Values,
): Rule[] {
  const ingress = listOf(properties.SecurityGroupIngress ?? [])
  const egress = listOf(properties.SecurityGroupEgress ?? [])
  return [
    ...ingress.map(rule => ruleHere(rule, 'ingress', values)),
    ...egress.map(rule => ruleHere(rule, 'egress', values)),
    ...standalone.map(one =>
      ruleHere(one.properties, one.type.endsWith('Egress') ? 'egress' : 'ingress', values),
    ),
    ...(egress.length === 0 ? [everythingOut] : []),
  ]
}

/** EC2 lets everything out of a group that is created without a rule for it. */
const everythingOut: Rule = {direction: 'egress', protocol: '-1', ports: '', peer: '0.0.0.0/0'}

const peerProperties = [
  ...['CidrIp', 'CidrIpv6', 'SourceSecurityGroupId', 'DestinationSecurityGroupId'],
  ...['SourcePrefixListId', 'DestinationPrefixListId'],
]

function ruleHere(rule: Json, direction: Rule['direction'], values: Values): Rule {
  const protocol = protocolOf(memberOf(rule, 'IpProtocol'))
  const peer = peerProperties.map(name => memberOf(rule, name)).find(value => !isEmpty(value))
  return {
    direction,
    protocol,
    ports: portsOf(protocol, memberOf(rule, 'FromPort'), memberOf(rule, 'ToPort')),
    peer: peer === undefined ? 'nobody' : String(values.here(peer, 'scalar')),
  }
}
