import type {FollowedStack} from '../../aws/followed-stack.js'
import type {Stacks} from '../../aws/stacks.js'
import type {StackResult} from '../../results.js'
import {nestedStacks} from '../stacks/nested.js'
import {durationOf, type OperationRecord} from '../stacks/record.js'
import {targetsOfLayout} from '../stacks/stack-targets.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/** Reads all stacks of the environment as they are now, roots and nested ones, and their outputs. */
export function collect(): Step<DeployContext> {
  return {
    id: 'collect',
    title: 'Read the outputs',
    async run(context) {
      const {aws, environment, settings, record} = context
      const results: StackResult[] = []
      const outputs: Record<string, string> = {}
      const parameters: Record<string, string> = {}
      for (const stackTarget of targetsOfLayout(settings.layout, environment)) {
        const stack = await aws.stacks.describe(stackTarget.stackName)
        if (stack === undefined) continue
        Object.assign(outputs, stack.outputs)
        Object.assign(parameters, stack.parameters)
        const {name, status} = stack
        results.push({
          name,
          logicalId: stackTarget.logicalId,
          status,
          durationSeconds: secondsFor(record.stacks, stack.id),
        })
        if (stackTarget.label === 'main') results.push(...(await ofNested(aws.stacks, stack.id, record)))
      }
      context.stacks = results
      context.outputs = outputs
      context.parameters = parameters
    },
  }
}

/** As each says of itself: its resource in the root is as old as the root's last operation. */
async function ofNested(
  stacks: Pick<Stacks, 'describe' | 'resources'>,
  rootId: string,
  record: OperationRecord,
): Promise<StackResult[]> {
  const nested = (await nestedStacks(stacks, rootId)).filter(({id}) => id !== '')
  return nested.map(({id, name, logicalId, status}) => ({
    name,
    logicalId,
    status,
    durationSeconds: secondsFor(record.stacks, id),
  }))
}

function secondsFor(followed: readonly FollowedStack[], id: string): number {
  const stack = followed.find(candidate => candidate.id === id)
  return stack === undefined ? 0 : durationOf(stack)
}
