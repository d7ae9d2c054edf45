import type {Json} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import type {Comparing} from './comparing.js'
import {isEmpty, memberOf} from './path.js'
import {listOf} from './scalars.js'

/** One connection that a security group lets through, from or to one peer. */
export interface Rule {
  readonly direction: 'ingress' | 'egress'
  /** `-1` is every protocol, and then no port is told. */
  readonly protocol: string
  readonly ports: string
  /** A range, a prefix list, `<network.EfsSecurityGroup>`; undefined where it is known after an apply only. */
  readonly peer: string | undefined
}

/** `ingress tcp 443 from 10.0.0.0/16`, `egress all to 0.0.0.0/0`. */
export function ruleText({direction, protocol, ports, peer}: Rule): string {
  const what = protocol === '-1' ? 'all' : `${protocol} ${ports}`
  return `${direction} ${what} ${direction === 'ingress' ? 'from' : 'to'} ${peer ?? 'what is known after an apply'}`
}

/** Whether a rule whose peer is unknown may turn out to be this one. */
export function mayBe(unknown: Rule, rule: Rule): boolean {
  const {direction, protocol, ports, peer} = unknown
  return (
    peer === undefined && direction === rule.direction && protocol === rule.protocol && ports === rule.ports
  )
}

/** Rules that a resource of the plan makes; none for a group without rules of its own. */
export function rulesInPlan(resource: TerraformResource, group: string, comparing: Comparing): Rule[] {
  const {type, values} = resource
  if (type === 'aws_security_group') {
    return (['ingress', 'egress'] as const).flatMap(direction =>
      listOf(values[direction] ?? []).flatMap(block => rulesOf(block, direction, group, resource, comparing)),
    )
  }
  if (type === 'aws_security_group_rule') {
    return rulesOf(values, values.type === 'egress' ? 'egress' : 'ingress', group, resource, comparing)
  }
  return rulesOf(values, type.includes('egress') ? 'egress' : 'ingress', group, resource, comparing)
}

/** Where the three forms of a rule in Terraform name peers. */
const peerAttributes = [
  ...['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'source_security_group_id', 'security_groups'],
  ...['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'],
] as const

function rulesOf(
  block: Json,
  direction: Rule['direction'],
  group: string,
  resource: TerraformResource,
  comparing: Comparing,
): Rule[] {
  const protocol = protocolOf(memberOf(block, 'protocol') ?? memberOf(block, 'ip_protocol'))
  const ports = portsOf(protocol, memberOf(block, 'from_port'), memberOf(block, 'to_port'))
  const named = peerAttributes.flatMap(attribute => peersAt(block, attribute, resource, comparing))
  const peers = String(memberOf(block, 'self')) === 'true' ? [...named, group] : named
  return peers.map(peer => ({direction, protocol, ports, peer}))
}

function peersAt(
  block: Json,
  attribute: string,
  resource: TerraformResource,
  {values, configured}: Comparing,
): (string | undefined)[] {
  const candidates = configured.of(resource, [attribute])
  // What nobody configures is unknown too, and a state tells what AWS made of it.
  const isLeftOut = memberOf(resource.unknownInPlan, attribute) === true && candidates === undefined
  if (isLeftOut) return []
  const value = memberOf(block, attribute)
  if (value === undefined || value === null) {
    if (candidates === undefined || memberOf(resource.unknown, attribute) === undefined) return []
    return candidates.isComplete && candidates.pointers.length === 1 ? [...candidates.pointers] : [undefined]
  }
  return listOf(value).map(peer => (isEmpty(peer) ? undefined : String(values.terraform(peer, [], 'scalar'))))
}

/** Rules of a group in the templates: its own, and those of resources that are made for it. */
export function rulesHere(
  group: DeployedResource,
  standalone: readonly DeployedResource[],
  pointer: string,
  comparing: Comparing,
): Rule[] {
  const {SecurityGroupIngress: ingress = [], SecurityGroupEgress: egress = []} = group.properties
  const own = [
    ...listOf(ingress).map(rule => ruleHere(rule, 'ingress', pointer, comparing)),
    ...listOf(egress).map(rule => ruleHere(rule, 'egress', pointer, comparing)),
  ]
  const others = standalone.map(({type, properties}) =>
    ruleHere(properties, type.endsWith('Egress') ? 'egress' : 'ingress', pointer, comparing),
  )
  // EC2 lets everything out of a group that is created without a rule for it.
  const isOpen = listOf(egress).length === 0
  return [
    ...own,
    ...others,
    ...(isOpen ? [{direction: 'egress', protocol: '-1', ports: '', peer: '0.0.0.0/0'} as const] : []),
  ]
}

/** Types of rules by themselves; each names the group that it is for. */
export const standaloneRules = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']

const peerProperties = [
  ...['CidrIp', 'CidrIpv6', 'SourceSecurityGroupId', 'DestinationSecurityGroupId'],
  ...['SourcePrefixListId', 'DestinationPrefixListId'],
]

function ruleHere(rule: Json, direction: Rule['direction'], pointer: string, {values}: Comparing): Rule {
  const protocol = protocolOf(memberOf(rule, 'IpProtocol'))
  const peer = peerProperties.map(name => memberOf(rule, name)).find(value => !isEmpty(value))
  return {
    direction,
    protocol,
    ports: portsOf(protocol, memberOf(rule, 'FromPort'), memberOf(rule, 'ToPort')),
    peer: peer === undefined ? pointer : String(values.here(peer, 'scalar')),
  }
}

const protocolNames: Readonly<Record<string, string>> = {'6': 'tcp', '17': 'udp', '1': 'icmp', all: '-1'}

function protocolOf(value: Json | undefined): string {
  const text = String(value ?? '-1').toLowerCase()
  return protocolNames[text] ?? text
}

function portsOf(protocol: string, from: Json | undefined, to: Json | undefined): string {
  if (protocol === '-1') return ''
  return String(from) === String(to) ? String(from) : `${String(from)}-${String(to)}`
}

/** What of a rule is compared or made by AWS; a description is for people. */
export const ruleAttributes: readonly string[] = [
  ...peerAttributes,
  ...['type', 'protocol', 'ip_protocol', 'from_port', 'to_port', 'self', 'security_group_id', 'description'],
  ...['id', 'arn', 'region', 'security_group_rule_id', 'tags', 'tags_all', 'timeouts'],
]
