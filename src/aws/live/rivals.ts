import type {Clients} from '../clients.js'
import {shell} from '../command-line.js'
import {isNamed} from '../errors.js'
import {forwardedTo} from '../load-balancers.js'
import {allPages, unlessAbsent} from '../pages.js'

/** Something that somebody made by hand, and that has the place of a resource which is to be made again. */
export interface Rival {
  /** Its ARN, or its id where it has none that the AWS CLI takes. */
  readonly id: string
  /** What deletes it, without `aws` and the region, where it has no ARN. */
  readonly line?: string
}

/**
 * Finds it by the properties that the template gives the resource. `own` are the physical ids that the stacks have of
 * this type: one of those is no rival.
 */
type Find = (
  clients: Clients,
  properties: Readonly<Record<string, unknown>>,
  own: readonly string[],
) => Promise<Rival | undefined>

/** A load balancer has one listener on a port. */
const listener: Find = async (clients, {LoadBalancerArn, Port}, own) => {
  const found = (await listenersOf(clients, text(LoadBalancerArn))).find(
    one => one.Port === Number(Port) && !own.includes(one.ListenerArn ?? ''),
  )
  return byArn(found?.ListenerArn)
}

/** A listener has one rule of a priority. */
const rule: Find = async (clients, {ListenerArn, Priority}, own) => {
  const sdk = await clients.loadBalancing()
  const all = await allPages(async marker => {
    const page = await sdk.describeRules({ListenerArn: text(ListenerArn), Marker: marker})
    return {items: page.Rules, token: page.NextMarker}
  })
  return byArn(all.find(one => one.Priority === text(Priority) && !own.includes(one.RuleArn ?? ''))?.RuleArn)
}

/** Names are unique. A group goes only after the listeners that send to it. */
const targetGroup: Find = async (clients, {Name}, own) => {
  if (Name === undefined) return undefined
  const sdk = await clients.loadBalancing()
  const found = await unlessAbsent(
    async () => (await sdk.describeTargetGroups({Names: [text(Name)]})).TargetGroups?.[0],
    error => isNamed(error, 'TargetGroupNotFoundException'),
    undefined,
  )
  const {TargetGroupArn: arn = '', LoadBalancerArns = []} = found ?? {}
  if (found === undefined || own.includes(arn)) return undefined
  const listeners = (await Promise.all(LoadBalancerArns.map(one => listenersOf(clients, one)))).flat()
  const sender = listeners.find(({DefaultActions = []}) => forwardedTo(DefaultActions).includes(arn))
  return byArn(sender?.ListenerArn ?? arn)
}

const loadBalancer: Find = async (clients, {Name}, own) => {
  if (Name === undefined) return undefined
  const sdk = await clients.loadBalancing()
  const found = await unlessAbsent(
    async () => (await sdk.describeLoadBalancers({Names: [text(Name)]})).LoadBalancers?.[0],
    error => isNamed(error, 'LoadBalancerNotFoundException'),
    undefined,
  )
  const {LoadBalancerArn: arn = ''} = found ?? {}
  return own.includes(arn) ? undefined : byArn(found?.LoadBalancerArn)
}

/** One that is scheduled for deletion keeps its name, too. */
const secret: Find = async (clients, {Name}, own) => {
  if (Name === undefined) return undefined
  const sdk = await clients.secrets()
  const all = await allPages(async token => {
    const page = await sdk.listSecrets({
      ...{IncludePlannedDeletion: true, MaxResults: 100, NextToken: token},
      Filters: [{Key: 'name', Values: [text(Name)]}],
    })
    return {items: page.SecretList, token: page.NextToken}
  })
  return byArn(all.find(one => one.Name === Name && !own.includes(one.ARN ?? ''))?.ARN)
}

/** A file system has one mount target in a zone, and all that the stacks did not make are in the way of theirs. */
const mountTarget: Find = async (clients, {FileSystemId}, own) => {
  const efs = await clients.efs()
  const {MountTargets = []} = await efs.describeMountTargets({FileSystemId: text(FileSystemId)})
  const found = MountTargets.find(({MountTargetId = ''}) => !own.includes(MountTargetId))
  const id = found?.MountTargetId
  return id === undefined ? undefined : {id, line: shell`efs delete-mount-target --mount-target-id ${id}`}
}

/** A group has one rule for the same ports and the same other side. */
const groupRule =
  (direction: 'ingress' | 'egress'): Find =>
  async (clients, wanted, own) => {
    const ec2 = await clients.ec2()
    const group = text(wanted.GroupId)
    const all = await allPages(async token => {
      const Filters = [{Name: 'group-id', Values: [group]}]
      const page = await ec2.describeSecurityGroupRules({Filters, NextToken: token})
      return {items: page.SecurityGroupRules, token: page.NextToken}
    })
    const peer = wanted[direction === 'ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId']
    const list = wanted[direction === 'ingress' ? 'SourcePrefixListId' : 'DestinationPrefixListId']
    const id = all.find(
      one =>
        !own.includes(one.SecurityGroupRuleId ?? '') &&
        one.IsEgress === (direction === 'egress') &&
        one.IpProtocol === text(wanted.IpProtocol) &&
        (one.FromPort ?? -1) === Number(wanted.FromPort ?? -1) &&
        (one.ToPort ?? -1) === Number(wanted.ToPort ?? -1) &&
        one.ReferencedGroupInfo?.GroupId === peer &&
        one.PrefixListId === list &&
        one.CidrIpv4 === wanted.CidrIp,
    )?.SecurityGroupRuleId
    if (id === undefined) return undefined
    const options = shell`--group-id ${group ?? ''} --security-group-rule-ids ${id}`
    return {id, line: `ec2 revoke-security-group-${direction} ${options}`}
  }

/** Other types have no name to lose, or their name is their identity: whoever makes one of that name makes it again. */
export const rivalsByType: Readonly<Record<string, Find>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::ListenerRule': rule,
  'AWS::SecretsManager::Secret': secret,
  'AWS::EFS::MountTarget': mountTarget,
  'AWS::EC2::SecurityGroupIngress': groupRule('ingress'),
  'AWS::EC2::SecurityGroupEgress': groupRule('egress'),
}

async function listenersOf(clients: Clients, LoadBalancerArn: string) {
  const sdk = await clients.loadBalancing()
  return unlessAbsent(
    () =>
      allPages(async marker => {
        const page = await sdk.describeListeners({LoadBalancerArn, Marker: marker})
        return {items: page.Listeners, token: page.NextMarker}
      }),
    error => isNamed(error, 'LoadBalancerNotFoundException'),
    [],
  )
}

const byArn = (id: string | undefined): Rival | undefined => (id ? {id} : undefined)

const text = (value: unknown): string => String(value)
