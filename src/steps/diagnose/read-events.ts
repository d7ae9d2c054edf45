import {isDeployed, isInReview} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import type {StackProgress} from '../../progress.js'
import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {DiagnoseContext, ExaminedStack} from './context.js'
import {lastOperation} from './last-operation.js'

/** Stacks that are made one after another belong to one deployment when they begin within so long: the longest run. */
const oneDeploymentMs = 24 * 3_600_000

/** Reads what happened in the last operation on the stacks that are not well. */
export function readEvents(): Step<DiagnoseContext> {
  return {
    id: 'events',
    title: 'Read what happened',
    async run(context) {
      const troubled = troubledTogether(requireContext(context.examined, 'the stacks'))
      const lists = await Promise.all(troubled.map(each => lastOperation(context.aws.stacks, each)))
      const apart = new Set(troubled.filter(({nested}) => nested !== undefined).map(({stack}) => stack.id))
      const events: StackProgress[] = lists.flatMap((list, index) =>
        // What a root's operation did to a nested stack is older than what somebody did to that alone.
        troubled[index]?.nested === undefined ? list.filter(({stackId}) => !apart.has(stackId)) : list,
      )
      context.events = events.sort((a, b) => a.at - b.at)
    },
  }
}

/** Whether something is going on with the stack, or has gone wrong. */
export function isTroubled({stack}: ExaminedStack): boolean {
  return !isDeployed(stack.status) && !isInReview(stack.status)
}

/** What failed long before the newest trouble is another story. */
function troubledTogether(examined: readonly ExaminedStack[]): readonly ExaminedStack[] {
  const troubled = examined.filter(isTroubled)
  const newest = Math.max(...troubled.map(({stack}) => operationStartedAt(stack)))
  return troubled.filter(({stack}) => newest - operationStartedAt(stack) < oneDeploymentMs)
}
