import {isDeleted} from '../../aws/stack-status.js'
import {leaving, McpgwError} from '../../errors.js'
import type {Remaining} from '../../results.js'
import {costOf} from '../cost-of.js'
import type {TeardownContext} from './context.js'
import {takeInventory} from './inventory.js'

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * A failure of the teardown, with all that still exists and is billed, or may be. One that only stopped waiting, or was
 * refused, stays as it is: there the deletion goes on, or has not begun.
 */
export async function withRemaining(
  context: TeardownContext,
  error: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof McpgwError) || error.exitCode !== 1 || signal.aborted) return error
  try {
    const remaining = await stillBilled(context)
    return leaving(
      error,
      remaining,
      remaining.length === 0 ? 'What remains does not cost anything.' : undefined,
    )
  } catch {
    // AWS may be what failed: then the failure itself is all that can be told.
    return error
  }
}

async function stillBilled(context: TeardownContext): Promise<readonly Remaining[]> {
  const {aws, existingStacks = [], leftovers = [], commandLine} = context
  const inventory = await takeInventory(aws.stacks, existingStacks)
  const inStacks = inventory
    .flatMap(({label, resources}) => resources.map(resource => ({...resource, label})))
    .filter(({type, status, physicalId}) => type !== nestedType && physicalId !== '' && !isDeleted(status))
    .map(({type, physicalId, label}) => ({
      kind: type,
      name: physicalId,
      reason: 'It is still there with its stack.',
      owner: `the environment (stack ${label})`,
    }))
  const besides = leftovers.map(({kind, name}) => ({
    ...{kind, name, reason: 'An update could not delete it.'},
    owner: 'the environment',
  }))
  const command = commandLine('teardown')
  return [...inStacks, ...besides]
    .map(each => ({...each, kept: false, command, cost: costOf(each.kind)}))
    .filter(({cost}) => cost === null || cost.usd > 0)
    .sort((a, b) => weightOf(b) - weightOf(a))
}

/** What costs something by being there comes before what costs by what is in it, and before what nobody can price. */
function weightOf({cost}: Remaining): number {
  if (cost === null) return -1
  return cost.per === 'GiB and month' ? 0 : cost.usd
}
