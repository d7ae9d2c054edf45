import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {records, text} from '../../resources/values.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {reconsiderAllTargets} from '../elbv2/target-health.js'
import {type Direction, rulesOf, rulesWithIds, sameRule} from './security-group-providers.js'

const groupType = 'AWS::EC2::SecurityGroup'

/** Rules as a call names them: by protocol and ports with several peers, or by their ids. */
interface Named {
  GroupId?: string
  IpPermissions?: {
    IpProtocol?: string
    FromPort?: number
    ToPort?: number
    IpRanges?: {CidrIp?: string; Description?: string}[]
    Ipv6Ranges?: {CidrIpv6?: string; Description?: string}[]
    PrefixListIds?: {PrefixListId?: string; Description?: string}[]
    UserIdGroupPairs?: {GroupId?: string; Description?: string}[]
  }[]
  SecurityGroupRuleIds?: string[]
}

type Rule = Record<string, unknown>

/** What adds and takes rules of security groups, by hand. Source: EC2 API reference. */
export function ruleOperations(world: World) {
  const revoke = (input: Named, call: {region: string}, direction: Direction) => {
    const region = world.region(call.region)
    const group = demandGroup(world, region, input.GroupId)
    const ruleType = `${groupType}${direction}`
    const known = rulesWithIds(world, region, group, direction)
    const byId = (input.SecurityGroupRuleIds ?? []).map(id => {
      const found = known.find(one => one.id === id)
      if (found) return found.rule
      throw new AwsError(
        'InvalidSecurityGroupRuleId.NotFound',
        `The security group rule ID '${id}' does not exist`,
      )
    })
    const wanted = [...rulesNamed(input, direction), ...byId]
    const existing = rulesOf(world, region, group, direction)
    if (wanted.some(rule => !existing.some(other => sameRule(other, rule)))) {
      throw new AwsError(
        'InvalidPermission.NotFound',
        'The specified rule does not exist in this security group.',
      )
    }
    const beside = world
      .resourcesOf(region, ruleType)
      .filter(({properties}) => properties.GroupId === group.physicalId)
      .filter(({properties}) => wanted.some(rule => sameRule(rule, properties)))
    for (const rule of beside) world.remove(region, rule)
    // A copy: the stack's own record of the properties must not change with it.
    const own = records(group.properties[`SecurityGroup${direction}`])
    const kept = own.filter(rule => !wanted.some(other => sameRule(other, rule)))
    if (kept.length < own.length) {
      group.properties = {...group.properties, [`SecurityGroup${direction}`]: kept}
    }
    reconsiderAllTargets(world, region)
    return {Return: true}
  }
  const authorize = (input: Named, call: {region: string}, direction: Direction) => {
    const region = world.region(call.region)
    const group = demandGroup(world, region, input.GroupId)
    const existing = rulesOf(world, region, group, direction)
    const wanted = rulesNamed(input, direction)
    if (wanted.some(rule => existing.some(other => sameRule(other, rule)))) {
      throw new AwsError('InvalidPermission.Duplicate', 'the specified rule already exists')
    }
    const name = `SecurityGroup${direction}`
    group.properties = {...group.properties, [name]: [...records(group.properties[name]), ...wanted]}
    reconsiderAllTargets(world, region)
    return {Return: true}
  }
  return {
    RevokeSecurityGroupIngress: (input, call) => revoke(input, call, 'Ingress'),
    RevokeSecurityGroupEgress: (input, call) => revoke(input, call, 'Egress'),
    AuthorizeSecurityGroupIngress: (input, call) => authorize(input, call, 'Ingress'),
    AuthorizeSecurityGroupEgress: (input, call) => authorize(input, call, 'Egress'),
  } satisfies Operations<'ec2'>
}

function demandGroup(world: World, region: Region, id: string | undefined): Resource {
  const group = world.resource(region, groupType, id ?? '')
  if (group) return group
  throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`)
}

/** One rule for each peer, in CloudFormation's words. */
function rulesNamed({IpPermissions = []}: Named, direction: Direction): Rule[] {
  const side = direction === 'Ingress' ? 'Source' : 'Destination'
  return IpPermissions.flatMap(({IpProtocol, FromPort, ToPort, ...peers}) => {
    const ports = {IpProtocol: text(IpProtocol), FromPort, ToPort}
    return [
      ...(peers.IpRanges ?? []).map(({CidrIp, Description}) => ({CidrIp, Description})),
      ...(peers.Ipv6Ranges ?? []).map(({CidrIpv6, Description}) => ({CidrIpv6, Description})),
      ...(peers.PrefixListIds ?? []).map(({PrefixListId, Description}) => ({
        [`${side}PrefixListId`]: PrefixListId,
        Description,
      })),
      ...(peers.UserIdGroupPairs ?? []).map(({GroupId, Description}) => ({
        [`${side}SecurityGroupId`]: GroupId,
        Description,
      })),
    ].map(peer => {
      const rule = {...ports, ...peer}
      return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined))
    })
  })
}
