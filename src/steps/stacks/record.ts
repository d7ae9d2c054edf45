import type {FollowedStack} from '../../aws/stack-events.js'
import type {StackProgress} from '../../progress.js'

/** Everything that the stacks said during one run, for the failure report and the result. */
export class OperationRecord {
  readonly #events: StackProgress[] = []
  readonly #stacks = new Map<string, FollowedStack>()

  add(event: StackProgress): void {
    this.#events.push(event)
  }

  finished(stacks: readonly FollowedStack[]): void {
    for (const stack of stacks) this.#stacks.set(stack.id, stack)
  }

  /** In the order in which they were told. */
  get events(): readonly StackProgress[] {
    return this.#events
  }

  /** Every stack that was followed to its end. */
  get stacks(): readonly FollowedStack[] {
    return [...this.#stacks.values()]
  }
}

/** How long an operation on a stack took, by its own events; 0 when it had none. */
export function durationOf(stack: Pick<FollowedStack, 'startedAt' | 'endedAt'>): number {
  if (stack.startedAt === undefined || stack.endedAt === undefined) return 0
  return Math.round((stack.endedAt - stack.startedAt) / 100) / 10
}
