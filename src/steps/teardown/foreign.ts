import {commandsToDelete} from '../../aws/deleting-command.js'
import type {NetworkContent} from '../../aws/network-contents.js'
import {isDeleted} from '../../aws/stack-status.js'
import {requireContext} from '../context.js'
import type {Foreign, TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'

type Context = Pick<TeardownContext, 'aws' | 'identity' | 'inventory'>

/** What holds no data and runs nothing, in the order in which it can go; all else is for its owner to delete. */
export const plumbing: readonly string[] = ['ec2:vpc-endpoint', 'ec2:network-interface', 'ec2:security-group']

/**
 * Everything in the environment's VPC that its stacks did not make, and that would go with nothing of theirs: CloudFormation
 * can delete neither the VPC nor a subnet around it. A kind that may not be looked at is left out: the deletion tells then.
 * @param onRefused is told of each such kind
 * Empty where there is no VPC.
 */
export async function findForeign(
  context: Context,
  onRefused: (what: string, reason: string) => void = () => {},
): Promise<readonly Foreign[]> {
  const resources = (context.inventory ?? []).flatMap(stack => stack.resources)
  const vpcs = resources.filter(({type, status}) => type === 'AWS::EC2::VPC' && !isDeleted(status))
  const ours = new Set(resources.map(({physicalId}) => physicalId).filter(Boolean))
  const found = await Promise.all(
    vpcs
      .filter(({physicalId}) => physicalId !== '')
      .map(({physicalId}) => contentsOf(context, physicalId, onRefused)),
  )
  return Promise.all(
    inOrder(found.flat().filter(content => !belongs(content, ours))).map(
      async ({kind, id, owner, target}) => ({
        ...{kind, id, owner},
        isPlumbing: target?.kind === kind && plumbing.includes(kind),
        command: target === undefined ? null : await commandsToDelete(context.aws, target),
      }),
    ),
  )
}

/** For a line of its own: what it is, whose, and how it goes. */
export function foreignWords({kind, id, owner, command}: Foreign): string {
  const how = command === null ? 'it is deleted with what it belongs to' : `\`${command}\``
  return `${kind} ${id}, of ${owner}: ${how}`
}

async function contentsOf(
  {aws, identity}: Context,
  vpcId: string,
  onRefused: (what: string, reason: string) => void,
): Promise<readonly NetworkContent[]> {
  const {account, partition} = requireContext(identity, 'the account')
  const place = {vpcId, account, partition, region: aws.region}
  const {networkContents: network} = aws
  const lists = [
    ['network interfaces', () => network.interfaces(place)],
    ['endpoints', () => network.endpoints(vpcId)],
    ['security groups', () => network.securityGroups(vpcId)],
    ['subnets', () => network.subnets(vpcId)],
    ['peerings', () => network.peerings(vpcId)],
    ['transit gateway attachments', () => network.transitGatewayAttachments(vpcId)],
  ] as const
  const found = await Promise.all(
    lists.map(([what, list]) =>
      unlessRefused<readonly NetworkContent[]>(list, reason =>
        onRefused(`whether others put ${what} into ${vpcId}`, reason),
      ),
    ),
  )
  return found.flatMap(list => list ?? [])
}

/** Whether it is made by the environment's stacks, or comes and goes with something that is told of, or is theirs. */
function belongs(
  {kind, id, owner, ownerId, groups = [], target}: NetworkContent,
  ours: ReadonlySet<string>,
): boolean {
  if (ours.has(id)) return true
  if (kind !== 'ec2:network-interface') return false
  if (/VPC Endpoint Interface|Transit Gateway/i.test(owner)) return true
  if (ownerId !== undefined) return [...ours].some(each => each === ownerId || each.endsWith(`/${ownerId}`))
  // Of tasks and databases nothing but their security groups is known.
  return target === undefined && groups.length > 0 && groups.every(group => ours.has(group))
}

const rank = (kind: string) => (plumbing.includes(kind) ? plumbing.indexOf(kind) : plumbing.length)

/** Each owner once. What has interfaces goes before the groups that they are in. */
function inOrder(found: readonly NetworkContent[]): NetworkContent[] {
  const seen = new Map(found.map(each => [each.target === undefined ? each.id : each.target.arn, each]))
  return [...seen.values()].sort((a, b) => rank(a.kind) - rank(b.kind))
}
