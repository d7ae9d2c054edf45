import type {NetworkContent} from '../../aws/network-contents.js'
import {isDeleted} from '../../aws/stack-status.js'
import {McpgwError} from '../../errors.js'
import {requireContext} from '../context.js'
import type {StepTools} from '../step.js'
import type {TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'

/**
 * Deletes network interfaces that load balancers and functions of the environment have left in its VPC: nothing uses them any more, and
 * AWS removes them late or never, so that neither subnet nor security group nor VPC can go.
 * @returns how many are gone
 */
export async function deleteLeftInterfaces(context: TeardownContext, {tell}: StepTools): Promise<number> {
  const {aws, identity, inventory = [], cleaned} = context
  const resources = inventory.flatMap(stack => stack.resources)
  const ours = resources.map(({physicalId}) => physicalId).filter(Boolean)
  const vpcs = resources.filter(
    ({type, physicalId, status}) => type === 'AWS::EC2::VPC' && physicalId !== '' && !isDeleted(status),
  )
  let gone = 0
  for (const {physicalId: vpcId} of vpcs) {
    const {account, partition} = requireContext(identity, 'the account')
    const place = {vpcId, account, partition, region: aws.region}
    const found = await unlessRefused(
      () => aws.networkContents.interfaces(place),
      reason =>
        tell({kind: 'note', text: `Whether interfaces are left in ${vpcId} cannot be told: ${reason}`}),
    )
    for (const {kind, id, owner} of (found ?? []).filter(each => isOurs(each, ours))) {
      try {
        await aws.networkContents.deleteInterface(id)
      } catch (error) {
        if (!(error instanceof McpgwError)) throw error
        tell({kind: 'note', text: `${kind} ${id} stays: ${error.message}`})
        continue
      }
      gone++
      cleaned.push({kind, name: id})
      tell({kind: 'note', text: `Deleted ${kind} ${id}, which ${owner} had left`})
    }
  }
  return gone
}

/** Its owner was in the stacks, by its whole name, or it is in security groups of theirs alone. */
function isOurs({isLeft, ownerId = '', groups = []}: NetworkContent, ours: readonly string[]): boolean {
  if (!isLeft) return false
  if (ours.some(each => each === ownerId || each.endsWith(`:loadbalancer/${ownerId}`))) return true
  return groups.length > 0 && groups.every(group => ours.includes(group))
}
