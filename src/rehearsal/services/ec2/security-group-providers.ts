import {createHash} from 'node:crypto'
import type {Region, Resource} from '../../account/account.js'
import {quotas} from '../../account/quotas.js'
import type {World} from '../../account/world.js'
import {hasRoom} from '../../faults/quota-value.js'
import {ec2Failure, serviceFailure} from '../../resources/failures.js'
import type {ProviderRequest, ResourceFailure, ResourceProvider} from '../../resources/resource-provider.js'
import {records, text} from '../../resources/values.js'
import {isDefaultGroup} from './default-group.js'
import {securityGroupUserOf} from './in-use.js'
import {managedPrefixLists} from './prefix-lists.js'
import {vpcOf} from './vpc-providers.js'

type Rule = Record<string, unknown>
export type Direction = 'Ingress' | 'Egress'

/** Security groups and the rules that are beside them. */
export const securityGroupProviders: readonly ResourceProvider[] = [
  {
    type: 'AWS::EC2::SecurityGroup',
    create(request) {
      const {world, region, properties} = request
      const vpc = vpcOf(request)
      const groups = world.resourcesOf(region, 'AWS::EC2::SecurityGroup')
      const used = groups.filter(group => !isDefaultGroup(group)).length
      if (!hasRoom(world.account, quotas.securityGroups, used)) {
        throw limitExceeded(
          world,
          `The maximum number of security groups for VPC '${vpc.physicalId}' has been reached.`,
        )
      }
      const name = text(properties.GroupName) ?? request.generatedName(255)
      if (groupNamed(world, region, vpc.physicalId, name)) {
        throw ec2Failure(
          world,
          `The security group '${name}' already exists for VPC '${vpc.physicalId}'`,
          'InvalidGroup.Duplicate',
        )
      }
      for (const direction of ['Ingress', 'Egress'] as const) {
        checkRules(request, records(properties[`SecurityGroup${direction}`]))
      }
      const physicalId = `sg-${world.newHex(17)}`
      return {
        physicalId,
        attributes: {GroupId: physicalId, Id: physicalId, VpcId: vpc.physicalId},
        data: {name},
      }
    },
    update(resource, request) {
      for (const direction of ['Ingress', 'Egress'] as const) {
        checkRules(request, rulesOf(request.world, request.region, resource, direction))
      }
      return undefined
    },
    blocksDeletion(group, {world, region}) {
      const {physicalId} = group
      if (isDefaultGroup(group)) {
        return ec2Failure(
          world,
          `the specified group: "${physicalId}" name: "default" cannot be deleted by a user`,
          'CannotDelete',
        ).message
      }
      return (
        securityGroupUserOf(world, region, physicalId) &&
        ec2Failure(world, `resource ${physicalId} has a dependent object`, 'DependencyViolation').message
      )
    },
  },
  ruleProvider('Ingress'),
  ruleProvider('Egress'),
]

/** Source: template reference, AWS::EC2::SecurityGroup: a group that states no egress may reach everything. */
const anywhere: Rule = {IpProtocol: '-1', CidrIp: '0.0.0.0/0'}

/** A group's rules in one direction: its own and those that are beside it. */
export function rulesOf(world: World, region: Region, group: Resource, direction: Direction): Rule[] {
  const own = records(group.properties[`SecurityGroup${direction}`])
  return [
    ...(direction === 'Egress' && own.length === 0 ? [anywhere] : own),
    ...world
      .resourcesOf(region, `AWS::EC2::SecurityGroup${direction}`)
      .map(({properties}) => properties)
      .filter(({GroupId}) => GroupId === group.physicalId),
  ]
}

/** The same with their ids: that of a rule's resource, or one that follows from the group and the rule's place in it. */
export function rulesWithIds(
  world: World,
  region: Region,
  group: Resource,
  direction: Direction,
): {id: string; rule: Rule}[] {
  const beside = world.resourcesOf(region, `AWS::EC2::SecurityGroup${direction}`)
  return rulesOf(world, region, group, direction).map((rule, index) => {
    const resource = beside.find(({properties}) => properties === rule)
    const place = createHash('sha256').update(`${group.physicalId} ${direction} ${index}`).digest('hex')
    return {id: resource?.physicalId ?? `sgr-${place.slice(0, 17)}`, rule}
  })
}

function ruleProvider(direction: Direction): ResourceProvider {
  return {
    type: `AWS::EC2::SecurityGroup${direction}`,
    create(request) {
      const {world, region, properties} = request
      const groupId = text(properties.GroupId) ?? ''
      const group = groupOf(world, region, groupId)
      const rules = rulesOf(world, region, group, direction)
      if (rules.some(rule => sameRule(rule, properties))) {
        throw ec2Failure(
          world,
          `the specified rule "peer: ${peerOf(properties)}, ${text(properties.IpProtocol)?.toUpperCase()}, from port: ${text(properties.FromPort)}, to port: ${text(properties.ToPort)}, ALLOW" already exists`,
          'InvalidPermission.Duplicate',
        )
      }
      checkRules(request, [...rules, properties])
      const physicalId = `sgr-${world.newHex(17)}`
      return {physicalId, attributes: {Id: physicalId}}
    },
  }
}

/** Whether the peers of rules exist, and whether the rules are not too many. */
function checkRules({world, region}: ProviderRequest, rules: readonly Rule[]): void {
  const lists = managedPrefixLists(region.name)
  let weight = 0
  for (const rule of rules) {
    const listId = text(rule.SourcePrefixListId) ?? text(rule.DestinationPrefixListId)
    const list = lists.find(({id}) => id === listId)
    if (listId !== undefined && !list) {
      throw ec2Failure(world, `The prefix list ID '${listId}' does not exist`, 'InvalidPrefixListID.NotFound')
    }
    const peerId = text(rule.SourceSecurityGroupId) ?? text(rule.DestinationSecurityGroupId)
    if (peerId !== undefined) groupOf(world, region, peerId)
    weight += list?.weight ?? 1
  }
  // Inbound rules are counted apart from outbound ones.
  if (!hasRoom(world.account, quotas.securityGroupRules, weight, 0)) {
    throw limitExceeded(world, 'The maximum number of rules per security group has been reached.')
  }
}

function limitExceeded(world: World, message: string): ResourceFailure {
  return serviceFailure(world, 'Ec2', message, {code: 'ServiceLimitExceeded'})
}

function groupOf(world: World, region: Region, id: string): Resource {
  const group = world.resource(region, 'AWS::EC2::SecurityGroup', id)
  if (!group) throw ec2Failure(world, `The security group '${id}' does not exist`, 'InvalidGroup.NotFound')
  return group
}

function groupNamed(world: World, region: Region, vpcId: string, name: string): Resource | undefined {
  return world
    .resourcesOf(region, 'AWS::EC2::SecurityGroup')
    .find(({attributes, data}) => attributes.VpcId === vpcId && data.name === name)
}

function peerOf(rule: Rule): string | undefined {
  return [
    'CidrIp',
    'CidrIpv6',
    'SourceSecurityGroupId',
    'DestinationSecurityGroupId',
    'SourcePrefixListId',
    'DestinationPrefixListId',
  ]
    .map(name => text(rule[name]))
    .find(value => value !== undefined)
}

export function sameRule(left: Rule, right: Rule): boolean {
  return (
    peerOf(left) === peerOf(right) &&
    ['IpProtocol', 'FromPort', 'ToPort'].every(name => text(left[name]) === text(right[name]))
  )
}
