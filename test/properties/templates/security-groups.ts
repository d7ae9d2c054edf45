import {referenceIn} from '../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from './deployed.js'
import {perResource} from './once.js'
import {placeOf} from './property.js'

/** One rule of a security group, stated inside the group or as a resource of its own. */
export interface GroupRule {
  /** The resource that states it. */
  readonly place: string
  /** `stack.LogicalId` of the group. */
  readonly group: string
  readonly direction: 'ingress' | 'egress'
  readonly protocol: string
  readonly from: number | undefined
  readonly to: number | undefined
  /** `stack.LogicalId` of a group, an address range or a prefix list. */
  readonly peer: string
}

type Properties = DeployedResource['properties']

export function securityGroups(deployed: Deployed): DeployedResource[] {
  return deployed.resources('AWS::EC2::SecurityGroup')
}

export function rulesIn(deployed: Deployed): GroupRule[] {
  return [
    ...securityGroups(deployed).flatMap(group => [
      ...(group.properties.SecurityGroupIngress ?? []).map((rule: Properties) =>
        ruleOf(group, placeOf(group), 'ingress', rule),
      ),
      ...(group.properties.SecurityGroupEgress ?? []).map((rule: Properties) =>
        ruleOf(group, placeOf(group), 'egress', rule),
      ),
    ]),
    ...(['ingress', 'egress'] as const).flatMap(direction =>
      deployed
        .resources(
          direction === 'ingress' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress',
        )
        .map(rule => ruleOf(rule, groupIn(rule.properties.GroupId), direction, rule.properties)),
    ),
  ]
}

function ruleOf(
  stated: DeployedResource,
  group: string,
  direction: GroupRule['direction'],
  rule: Properties,
): GroupRule {
  const peer =
    rule.SourceSecurityGroupId ??
    rule.DestinationSecurityGroupId ??
    rule.SourcePrefixListId ??
    rule.DestinationPrefixListId ??
    rule.CidrIp
  return {
    place: placeOf(stated),
    group,
    direction,
    protocol: String(rule.IpProtocol),
    from: rule.FromPort,
    to: rule.ToPort,
    peer: groupIn(peer),
  }
}

/** `stack.LogicalId` when a value is the id of a group that a template makes; else the value. */
function groupIn(value: unknown): string {
  const reference = referenceIn(value)
  const isId = reference !== undefined && [undefined, 'GroupId'].includes(reference.attribute)
  return isId ? placeOf(reference) : String(value)
}

/** The groups of every resource that has some, wherever its type keeps them; groups and rules themselves apart. */
export function groupsByMember(deployed: Deployed): Map<string, readonly string[]> {
  const members = deployed.resources().flatMap(resource => {
    if (resource.type.startsWith('AWS::EC2::SecurityGroup') || !mayHaveGroups(resource)) return []
    const groups = groupListsIn(resource.properties).map(groupIn)
    return groups.length === 0 ? [] : [[placeOf(resource), groups] as const]
  })
  return new Map(members)
}

const listNames = ['SecurityGroups', 'SecurityGroupIds', 'VpcSecurityGroupIds']

/** Told from the text, so that the others need no evaluation. */
const mayHaveGroups = perResource(({declaration}) =>
  /SecurityGroup(Id)?s"/.test(JSON.stringify(declaration.properties)),
)

function groupListsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(groupListsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    listNames.includes(name) && Array.isArray(member) ? member : groupListsIn(member),
  )
}
