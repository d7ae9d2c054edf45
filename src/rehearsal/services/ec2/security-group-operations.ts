import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {arn} from '../../resources/names.js'
import {number, text} from '../../resources/values.js'
import type {Operations} from '../../wire/operations.js'
import {filtered, selected, tagList} from './filters.js'
import {ec2Page} from './page.js'
import {type Direction, rulesOf, rulesWithIds} from './security-group-providers.js'

/** Security groups with their rules. */
export function securityGroupOperations(world: World) {
  return {
    DescribeSecurityGroups(input, call) {
      const region = world.region(call.region)
      const all = world.resourcesOf(region, 'AWS::EC2::SecurityGroup')
      const byId = selected(all, input.GroupIds, ({physicalId}) => physicalId, {
        code: 'InvalidGroup.NotFound',
        message: id => `The security group '${id}' does not exist`,
      })
      const wanted = byId.filter(({data}) => input.GroupNames?.includes(text(data.name) ?? '') ?? true)
      const found = filtered(wanted, input.Filters, ({physicalId, attributes, properties, data, tags}) => ({
        'group-id': physicalId,
        'group-name': text(data.name),
        description: text(properties.GroupDescription),
        'vpc-id': text(attributes.VpcId),
        'owner-id': world.account.id,
        tags,
      }))
      const page = ec2Page(found, input)
      return {SecurityGroups: page.items.map(group => groupEntry(world, region, group)), NextToken: page.next}
    },

    DescribeSecurityGroupRules(input, call) {
      const region = world.region(call.region)
      const all = world
        .resourcesOf(region, 'AWS::EC2::SecurityGroup')
        .flatMap(group => groupRules(world, region, group))
      const byId = selected(all, input.SecurityGroupRuleIds, ({SecurityGroupRuleId}) => SecurityGroupRuleId, {
        code: 'InvalidSecurityGroupRuleId.NotFound',
        message: id => `The security group rule ID '${id}' does not exist`,
      })
      const found = filtered(byId, input.Filters, rule => ({
        'group-id': rule.GroupId,
        'security-group-rule-id': rule.SecurityGroupRuleId,
        tags: {},
      }))
      const page = ec2Page(found, input)
      return {SecurityGroupRules: page.items, NextToken: page.next}
    },
  } satisfies Operations<'ec2'>
}

function groupRules(world: World, region: Region, group: Resource) {
  return (['Ingress', 'Egress'] as const).flatMap(direction =>
    rulesWithIds(world, region, group, direction).map(({id, rule}) => {
      const peer = text(rule.SourceSecurityGroupId) ?? text(rule.DestinationSecurityGroupId)
      return {
        SecurityGroupRuleId: id,
        GroupId: group.physicalId,
        GroupOwnerId: world.account.id,
        IsEgress: direction === 'Egress',
        IpProtocol: text(rule.IpProtocol),
        FromPort: number(rule.FromPort) ?? -1,
        ToPort: number(rule.ToPort) ?? -1,
        CidrIpv4: text(rule.CidrIp),
        CidrIpv6: text(rule.CidrIpv6),
        PrefixListId: text(rule.SourcePrefixListId) ?? text(rule.DestinationPrefixListId),
        ReferencedGroupInfo: peer === undefined ? undefined : {GroupId: peer, UserId: world.account.id},
        Description: text(rule.Description),
        Tags: [],
      }
    }),
  )
}

function groupEntry(world: World, region: Region, group: Resource) {
  const {physicalId, properties, attributes, data, tags} = group
  return {
    GroupId: physicalId,
    GroupName: text(data.name),
    Description: text(properties.GroupDescription),
    VpcId: text(attributes.VpcId),
    OwnerId: world.account.id,
    SecurityGroupArn: arn(world, region.name, 'ec2', `security-group/${physicalId}`),
    IpPermissions: permissionsOf(world, region, group, 'Ingress'),
    IpPermissionsEgress: permissionsOf(world, region, group, 'Egress'),
    Tags: tagList(tags),
  }
}

/** Rules for the same protocol and ports are one permission with several peers. */
function permissionsOf(world: World, region: Region, group: Resource, direction: Direction) {
  const permissions = new Map<string, ReturnType<typeof emptyPermission>>()
  for (const rule of rulesOf(world, region, group, direction)) {
    const key = [rule.IpProtocol, rule.FromPort, rule.ToPort].join('/')
    const permission = permissions.get(key) ?? emptyPermission(rule)
    permissions.set(key, permission)
    const Description = text(rule.Description)
    const cidr = text(rule.CidrIp)
    const cidr6 = text(rule.CidrIpv6)
    const peer = text(rule.SourceSecurityGroupId) ?? text(rule.DestinationSecurityGroupId)
    const list = text(rule.SourcePrefixListId) ?? text(rule.DestinationPrefixListId)
    if (cidr !== undefined) permission.IpRanges.push({CidrIp: cidr, Description})
    if (cidr6 !== undefined) permission.Ipv6Ranges.push({CidrIpv6: cidr6, Description})
    if (list !== undefined) permission.PrefixListIds.push({PrefixListId: list, Description})
    if (peer !== undefined) {
      permission.UserIdGroupPairs.push({GroupId: peer, UserId: world.account.id, Description})
    }
  }
  return [...permissions.values()]
}

function emptyPermission(rule: Record<string, unknown>) {
  return {
    IpProtocol: text(rule.IpProtocol),
    FromPort: number(rule.FromPort),
    ToPort: number(rule.ToPort),
    IpRanges: [] as {CidrIp: string; Description?: string}[],
    Ipv6Ranges: [] as {CidrIpv6: string; Description?: string}[],
    PrefixListIds: [] as {PrefixListId: string; Description?: string}[],
    UserIdGroupPairs: [] as {GroupId: string; UserId: string; Description?: string}[],
  }
}
