import type {StackChange} from '../account/change-set.js'
import type {Stack} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'

/** A stack of which nothing exists yet, registered in its region. */
export function newStack(
  place: Pick<StackContext, 'world' | 'region'>,
  name: string,
  change: StackChange,
): Stack {
  const stack: Stack = {
    id: stackArn(place, name),
    name,
    status: '',
    createdAt: place.world.now,
    ...change,
    capabilities: [],
    disableRollback: false,
    onFailure: 'ROLLBACK',
    terminationProtection: false,
    notificationArns: [],
    resources: {},
    outputs: [],
    imports: [],
    events: [],
    lastOperations: [],
  }
  place.region.stacks[stack.id] = stack
  return stack
}

function stackArn({world, region}: Pick<StackContext, 'world' | 'region'>, name: string): string {
  return `arn:aws:cloudformation:${region.name}:${world.account.id}:stack/${name}/${world.newUuid()}`
}
