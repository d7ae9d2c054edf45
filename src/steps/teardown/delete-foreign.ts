import {McpgwError} from '../../errors.js'
import type {StepTools} from '../step.js'
import type {Foreign, TeardownContext} from './context.js'
import {findForeign, plumbing} from './foreign.js'

/** Of the clock. An endpoint takes minutes to go, and the group that its interfaces are in can go only then. */
const pollMs = 10_000
const patienceMs = 10 * 60_000

/**
 * Deletes endpoints, unused interfaces and security groups that others put into the VPC, in this order, and waits until
 * each kind is gone. What AWS does not delete stays, and is told of when the network cannot go.
 * @returns how many are gone
 */
export async function deleteForeign(context: TeardownContext, tools: StepTools): Promise<number> {
  let gone = 0
  for (const kind of plumbing) {
    const begun: Foreign[] = []
    for (const each of await findForeign(context)) {
      if (each.kind === kind && each.isPlumbing && (await begin(context, each, tools))) begun.push(each)
    }
    const left = await awaitGone(context, begun, tools)
    for (const {id, owner} of begun.filter(each => !left.includes(each))) {
      gone++
      context.cleaned.push({kind, name: id})
      tools.tell({kind: 'note', text: `Deleted ${kind} ${id}, of ${owner}, as --delete-foreign asked`})
    }
  }
  return gone
}

async function begin(
  {aws: {networkContents: network}}: TeardownContext,
  {kind, id}: Foreign,
  {tell}: StepTools,
): Promise<boolean> {
  try {
    if (kind === 'ec2:vpc-endpoint') await network.deleteEndpoint(id)
    else if (kind === 'ec2:network-interface') await network.deleteInterface(id)
    else await network.deleteSecurityGroup(id)
    return true
  } catch (error) {
    if (!(error instanceof McpgwError)) throw error
    tell({kind: 'note', text: `${kind} ${id} stays: ${error.message}`})
    return false
  }
}

/** @returns what is there still when the patience is over */
async function awaitGone(
  context: TeardownContext,
  begun: readonly Foreign[],
  {signal}: StepTools,
): Promise<readonly Foreign[]> {
  const {clock} = context
  const deadline = clock.now() + patienceMs
  let left = begun
  while (left.length > 0) {
    const now = await findForeign(context)
    left = left.filter(each => now.some(({id}) => id === each.id))
    if (left.length === 0 || clock.now() >= deadline) break
    await clock.sleep(pollMs, signal)
  }
  return left
}
