import type {Stack, StackChange} from './stack.js'
import type {Scene} from './stack-context.js'

/** A stack of which nothing exists yet, registered in its region. */
export function newStack(place: Pick<Scene, 'world' | 'region'>, name: string, change: StackChange): Stack {
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
    rows: {},
    outputs: [],
    imports: [],
    events: [],
    lastOperations: [],
  }
  place.region.stacks[stack.id] = stack
  return stack
}

function stackArn({world, region}: Pick<Scene, 'world' | 'region'>, name: string): string {
  return `arn:aws:cloudformation:${region.name}:${world.account.id}:stack/${name}/${world.newUuid()}`
}
