import type {FollowedStack} from '../../aws/stack-events.js'
import type {Stacks} from '../../aws/stacks.js'
import {childStacks} from '../../environment/stacks.js'
import type {StackResult} from '../../results.js'
import {durationOf, type OperationRecord} from '../stacks/record.js'
import {unitsOf} from '../stacks/units.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/** Reads all stacks of the environment as they stand now, roots and nested ones, and their outputs. */
export function collect(): Step<DeployContext> {
  return {
    id: 'collect',
    title: 'Read the outputs',
    async run(context) {
      const {aws, environment, settings, record} = context
      const results: StackResult[] = []
      const outputs: Record<string, string> = {}
      const parameters: Record<string, string> = {}
      for (const unit of unitsOf(settings.layout, environment)) {
        const stack = await aws.stacks.describe(unit.stackName)
        if (stack === undefined) continue
        Object.assign(outputs, stack.outputs)
        Object.assign(parameters, stack.parameters)
        const {name, status} = stack
        results.push({
          name,
          logicalId: unit.logicalId,
          status,
          durationSeconds: secondsFor(record.stacks, stack.id),
        })
        if (unit.label === 'main') results.push(...(await nestedStacks(aws.stacks, unit.stackName, record)))
      }
      context.stacks = results
      context.outputs = outputs
      context.parameters = parameters
    },
  }
}

async function nestedStacks(
  stacks: Pick<Stacks, 'resources'>,
  root: string,
  record: OperationRecord,
): Promise<StackResult[]> {
  const rows = await stacks.resources(root)
  return childStacks.flatMap(({logicalId}) => {
    const row = rows.find(candidate => candidate.logicalId === logicalId)
    if (row === undefined) return []
    return {
      // arn:aws:cloudformation:region:account:stack/NAME/uuid
      name: row.physicalId.split('/')[1] ?? row.physicalId,
      logicalId,
      status: row.status,
      durationSeconds: secondsFor(record.stacks, row.physicalId),
    }
  })
}

function secondsFor(followed: readonly FollowedStack[], id: string): number {
  const stack = followed.find(candidate => candidate.id === id)
  return stack === undefined ? 0 : durationOf(stack)
}
