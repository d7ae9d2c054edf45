import type {Clients} from './clients.js'
import {type InterfaceOwner, interfaceOwner} from './interface-owner.js'
import {allPages} from './pages.js'

/** What deletes something that was found, as `deletingCommand` takes it. */
type Target = NonNullable<InterfaceOwner['target']>

/** Something that lies in a VPC and keeps it, or a subnet of it, from being deleted. */
export interface NetworkContent {
  /** As in `TaggedResource`: "ec2:vpc-endpoint". */
  readonly kind: string
  readonly id: string
  /** Who made it, or what it belongs to, in words. */
  readonly owner: string
  /** Id or name of what an interface belongs to. */
  readonly ownerId?: string | undefined
  /** An interface of a load balancer or a function, which that no longer uses. */
  readonly isLeft?: boolean
  /** Security groups of an interface. */
  readonly groups?: readonly string[]
  readonly target: Target | undefined
}

/** Where the VPC is, for the ARNs that EC2 leaves out. */
export interface NetworkPlace {
  readonly vpcId: string
  readonly partition: string
  readonly region: string
  readonly account: string
}

/** What is in a VPC, and what of it can be deleted without anything else. */
export interface NetworkContents {
  interfaces(place: NetworkPlace): Promise<readonly NetworkContent[]>
  endpoints(vpcId: string): Promise<readonly NetworkContent[]>
  securityGroups(vpcId: string): Promise<readonly NetworkContent[]>
  subnets(vpcId: string): Promise<readonly NetworkContent[]>
  /** VPC peering connections, at either end. */
  peerings(vpcId: string): Promise<readonly NetworkContent[]>
  transitGatewayAttachments(vpcId: string): Promise<readonly NetworkContent[]>
  /** Begins it: an endpoint is gone when `endpoints` no longer lists it. */
  deleteEndpoint(id: string): Promise<void>
  /** @throws McpgwError while something uses it */
  deleteSecurityGroup(id: string): Promise<void>
  deleteInterface(id: string): Promise<void>
}

interface Tag {
  Key?: string
  Value?: string
}

/** What may leave interfaces behind when it is gone. Source: AWS re:Post on interfaces of unknown owners. */
const leaving: ReadonlySet<string> = new Set([
  ...['elasticloadbalancing:loadbalancer', 'elb:loadbalancer'],
  'lambda:function',
])

const byHand = 'someone who created it by hand'
const guardDuty = 'Amazon GuardDuty (Runtime Monitoring)'

/** What tags say of who made it. */
function makerOf(tags: readonly Tag[] | undefined): string | undefined {
  const tagged = (key: string) => tags?.find(({Key}) => Key === key)?.Value
  if (tagged('GuardDutyManaged') !== undefined) return guardDuty
  if (tagged('AWSNetworkFirewallManaged') !== undefined) return 'AWS Network Firewall'
  if (tagged('aws:cloud9:environment') !== undefined) return 'AWS Cloud9'
  const stack = tagged('aws:cloudformation:stack-name')
  return stack === undefined ? undefined : `the stack ${stack}`
}

const itself = (kind: string, id: string): Target => ({kind, arn: id, name: id})
const inVpc = (vpcId: string) => [{Name: 'vpc-id', Values: [vpcId]}]

export function createNetworkContents(clients: Pick<Clients, 'ec2'>): NetworkContents {
  return {
    async interfaces({vpcId, ...place}) {
      const ec2 = await clients.ec2()
      const found = await allPages(async NextToken => {
        const page = await ec2.describeNetworkInterfaces({Filters: inVpc(vpcId), NextToken})
        return {items: page.NetworkInterfaces, token: page.NextToken}
      })
      return found.map(each => {
        const id = each.NetworkInterfaceId ?? ''
        const {
          owner,
          id: ownerId,
          target,
        } = interfaceOwner({
          id,
          description: each.Description ?? '',
          instanceId: each.Attachment?.InstanceId,
          isAvailable: each.Status === 'available',
          requester: each.RequesterId,
          place,
        })
        const groups = (each.Groups ?? []).flatMap(({GroupId}) => GroupId ?? [])
        const isLeft = each.Status === 'available' && leaving.has(target?.kind ?? '')
        return {kind: 'ec2:network-interface', id, owner, ownerId, groups, isLeft, target}
      })
    },

    async endpoints(vpcId) {
      const ec2 = await clients.ec2()
      const found = await allPages(async NextToken => {
        const page = await ec2.describeVpcEndpoints({Filters: inVpc(vpcId), NextToken})
        return {items: page.VpcEndpoints, token: page.NextToken}
      })
      return found
        .filter(({State}) => State?.toLowerCase() !== 'deleted')
        .map(({VpcEndpointId: id = '', ServiceName = '', Tags, RequesterManaged}) => {
          const maker = ServiceName.endsWith('.guardduty-data') ? guardDuty : makerOf(Tags)
          const owner = maker ?? (RequesterManaged ? `a service of AWS (${ServiceName})` : byHand)
          return {kind: 'ec2:vpc-endpoint', id, owner, target: itself('ec2:vpc-endpoint', id)}
        })
    },

    async securityGroups(vpcId) {
      const ec2 = await clients.ec2()
      const found = await allPages(async NextToken => {
        const page = await ec2.describeSecurityGroups({Filters: inVpc(vpcId), NextToken})
        return {items: page.SecurityGroups, token: page.NextToken}
      })
      // The group called default goes with its VPC.
      return found
        .filter(({GroupName}) => GroupName !== 'default')
        .map(({GroupId: id = '', GroupName = '', Tags}) => {
          const maker = GroupName.startsWith('GuardDutyManagedSecurityGroup-') ? guardDuty : makerOf(Tags)
          return {
            kind: 'ec2:security-group',
            id,
            owner: maker ?? byHand,
            target: itself('ec2:security-group', id),
          }
        })
    },

    async subnets(vpcId) {
      const ec2 = await clients.ec2()
      const {Subnets = []} = await ec2.describeSubnets({Filters: inVpc(vpcId)})
      return Subnets.map(({SubnetId: id = '', Tags}) => ({
        ...{kind: 'ec2:subnet', id, owner: makerOf(Tags) ?? byHand},
        target: itself('ec2:subnet', id),
      }))
    },

    async peerings(vpcId) {
      const ec2 = await clients.ec2()
      const ends = ['requester-vpc-info.vpc-id', 'accepter-vpc-info.vpc-id']
      const pages = await Promise.all(
        ends.map(Name => ec2.describeVpcPeeringConnections({Filters: [{Name, Values: [vpcId]}]})),
      )
      return pages
        .flatMap(({VpcPeeringConnections = []}) => VpcPeeringConnections)
        .filter(({Status}) => !/^(deleted|deleting|rejected|expired|failed)$/.test(Status?.Code ?? ''))
        .map(({VpcPeeringConnectionId: id = '', AccepterVpcInfo, RequesterVpcInfo}) => {
          const other = [AccepterVpcInfo, RequesterVpcInfo].find(end => end?.VpcId !== vpcId)
          const owner = `the peering with ${other?.VpcId ?? 'another VPC'} of account ${other?.OwnerId ?? 'unknown'}`
          return {
            kind: 'ec2:vpc-peering-connection',
            id,
            owner,
            target: itself('ec2:vpc-peering-connection', id),
          }
        })
    },

    async transitGatewayAttachments(vpcId) {
      const ec2 = await clients.ec2()
      const {TransitGatewayVpcAttachments = []} = await ec2.describeTransitGatewayVpcAttachments({
        Filters: inVpc(vpcId),
      })
      return TransitGatewayVpcAttachments.filter(({State}) => !/^delet/.test(State ?? '')).map(
        ({TransitGatewayAttachmentId: id = '', TransitGatewayId}) => ({
          ...{kind: 'ec2:transit-gateway-attachment', id, owner: `the transit gateway ${TransitGatewayId}`},
          target: itself('ec2:transit-gateway-attachment', id),
        }),
      )
    },

    async deleteEndpoint(id) {
      const ec2 = await clients.ec2()
      await ec2.deleteVpcEndpoints({VpcEndpointIds: [id]})
    },

    async deleteSecurityGroup(id) {
      const ec2 = await clients.ec2()
      await ec2.deleteSecurityGroup({GroupId: id})
    },

    async deleteInterface(id) {
      const ec2 = await clients.ec2()
      await ec2.deleteNetworkInterface({NetworkInterfaceId: id})
    },
  }
}
