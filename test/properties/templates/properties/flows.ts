import type {Deployed} from '../deployed.js'
import {type Property, placeOf, tooFew} from '../property.js'
import {type GroupRule, groupsByMember, rulesIn, securityGroups} from '../security-groups.js'
import {
  type Flow,
  inward,
  flows as needed,
  type OutsideFlow,
  outward,
  type Party,
  parties,
} from '../tables/flows.js'

/** EC2: rules of a group in one direction; a prefix list counts as many as it may have entries. */
const maxRules = 60
const prefixListWeight = 55

/** Where a group states that it has no way out: without any egress rule EC2 would allow everything. */
const nowhere = '127.0.0.1/32'

/**
 * A connection is refused unless the client's group lets it out and the server's group lets it in; one rule of the
 * two is easily forgotten, and a rule that no connection needs is a way in.
 */
export const flows: Property = {
  id: 'flows',
  title: 'security groups allow every connection that the services need, at both ends, and no other',
  violations({deployed}) {
    const rules = rulesIn(deployed)
    const members = groupsByMember(deployed)
    const known = Object.values(parties).flat() as readonly string[]
    const groups = securityGroups(deployed)
    const network = {deployed, rules, members}
    return [
      ...tooFew(groups, 8, 'security groups'),
      ...[...members.keys()].flatMap(member =>
        known.includes(member) ? [] : [`${member}: no table knows what traffic it needs`],
      ),
      ...groups.map(placeOf).flatMap(group => problemsOf(group, network)),
      ...needed.flatMap(flow => blockagesOf(flow, network)),
      ...[...inward(deployed), ...outward].flatMap(flow => outsideBlockagesOf(flow, network)),
      ...rules.flatMap(rule => excessOf(rule, network)),
    ]
  },
}

interface Network {
  readonly deployed: Deployed
  readonly rules: readonly GroupRule[]
  /** The groups of each resource. */
  readonly members: ReadonlyMap<string, readonly string[]>
}

function problemsOf(group: string, {rules, members}: Network): string[] {
  const own = rules.filter(rule => rule.group === group)
  const weight = (direction: string) =>
    own
      .filter(rule => rule.direction === direction)
      .reduce((sum, {peer}) => sum + (peer.startsWith('pl-') ? prefixListWeight : 1), 0)
  return [
    ...([...members.values()].some(groups => groups.includes(group)) ? [] : [`${group}: nothing carries it`]),
    ...(own.some(({place, direction}) => place === group && direction === 'egress')
      ? []
      : [`${group}: it states no egress, so that everything may leave`]),
    ...['ingress', 'egress']
      .filter(direction => weight(direction) > maxRules)
      .map(direction => `${group}: ${weight(direction)} rules of ${maxRules} for ${direction}`),
  ]
}

/** The ends that do not let a needed connection through. */
function blockagesOf({client, server, port}: Flow, network: Network): string[] {
  const what = `${client} to ${server} on ${port}`
  const [clients, servers] = [groupsOf(client, network), groupsOf(server, network)]
  return [
    ...(clients.length > 0 && servers.length > 0 ? [] : [`${what}: one of them has no security group`]),
    ...clients.flatMap(from =>
      servers.some(to =>
        network.rules.some(rule => allows(rule, {direction: 'egress', group: from, peer: to, port})),
      )
        ? []
        : [`${from}: nothing lets ${what} out`],
    ),
    ...servers.flatMap(to =>
      clients.some(from =>
        network.rules.some(rule => allows(rule, {direction: 'ingress', group: to, peer: from, port})),
      )
        ? []
        : [`${to}: nothing lets ${what} in`],
    ),
  ]
}

function outsideBlockagesOf(flow: OutsideFlow, network: Network): string[] {
  return groupsOf(flow.party, network).flatMap(group =>
    network.rules.some(rule => rule.group === group && isOutsideFlow(rule, flow))
      ? []
      : [
          `${group}: ${flow.party} and ${flow.peer} need ${flow.protocol} ${flow.port}, and no rule allows it`,
        ],
  )
}

/** What a rule allows beyond what is needed. */
function excessOf(rule: GroupRule, network: Network): string[] {
  const {place, group, direction, protocol, from, to, peer} = rule
  const inside = (party: Party, of: string) => groupsOf(party, network).includes(of)
  const outside = (direction === 'ingress' ? inward(network.deployed) : outward).some(
    flow => inside(flow.party, group) && isOutsideFlow(rule, flow),
  )
  const isNowhere = direction === 'egress' && peer === nowhere
  const [client, server] = direction === 'egress' ? [group, peer] : [peer, group]
  const isNeeded = needed.some(
    flow =>
      protocol === 'tcp' &&
      from === flow.port &&
      to === flow.port &&
      inside(flow.client, client) &&
      inside(flow.server, server),
  )
  if (outside || isNeeded || isNowhere) return []
  return [
    `${place}: ${direction} of ${group}, ${peer} on ${protocol} ${from ?? ''}-${to ?? ''}, is needed by nothing`,
  ]
}

function allows(
  rule: GroupRule,
  wanted: {direction: string; group: string; peer: string; port: number},
): boolean {
  if (rule.direction !== wanted.direction || rule.group !== wanted.group) return false
  const isEverything = rule.protocol === '-1' && rule.peer === '0.0.0.0/0'
  const isPort = rule.protocol === 'tcp' && rule.from === wanted.port && rule.to === wanted.port
  return isEverything || (isPort && rule.peer === wanted.peer)
}

function isOutsideFlow({direction, peer, protocol, from, to}: GroupRule, flow: OutsideFlow): boolean {
  const isDirection = outward.includes(flow) ? direction === 'egress' : direction === 'ingress'
  const isPort = flow.port === 'all' ? from === undefined : from === flow.port && to === flow.port
  return isDirection && peer === flow.peer && protocol === flow.protocol && isPort
}

function groupsOf(party: Party, {members}: Network): readonly string[] {
  return [...new Set(parties[party].flatMap(member => members.get(member) ?? []))]
}
