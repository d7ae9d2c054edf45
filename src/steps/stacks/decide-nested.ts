import {isInReview} from '../../aws/stack-status.js'
import {childStacks, type StackKey} from '../../environment/stacks.js'
import {type ExistingNested, isBusy, type NestedStack, troubleOf} from './nested.js'

/** What deploy does about the nested stacks of a root that is well, from their own states. */
export type NestedDecision =
  | {action: 'none'}
  /** Somebody works on them: follow that to its end, then decide anew. */
  | {action: 'await'; busy: readonly ExistingNested[]}
  /** What is gone is made anew, and what failed is removed before. Nothing that is still there is lost by it. */
  | {action: 'remake'; remove: readonly ExistingNested[]; gone: readonly NestedStack[]}
  /** Only what loses more would repair it: a person has to decide. */
  | {action: 'refuse'; nested: NestedStack; lost: string}

/**
 * Decides by status alone. An existing nested stack takes an update from its root only when it is itself at rest and
 * has not failed, and a failed one cannot be continued or rolled back by itself (CloudFormation API Reference,
 * ContinueUpdateRollback: not for nested stacks): it has to be deleted. That is done unasked where it costs nothing but
 * time: the services hold nothing, and in DELETE_FAILED of the others what it would cost is gone already.
 */
export function decideNested(all: readonly NestedStack[]): NestedDecision {
  const busy = all.filter(isBusy)
  if (busy.length > 0) return {action: 'await', busy}
  const troubled = all.filter(nested => troubleOf(nested) !== undefined)
  const keys = new Set(troubled.map(({key}) => key))
  const stopped = troubled.find(nested => holdsMore(nested) || hasUsersOutside(nested, keys))
  if (stopped !== undefined) return {action: 'refuse', nested: stopped, lost: losses(all, keys)}
  if (troubled.length === 0) return {action: 'none'}
  const isFailed = (nested: NestedStack): nested is ExistingNested => troubleOf(nested) === 'failed'
  return {
    action: 'remake',
    remove: troubled.filter(isFailed).reverse(),
    gone: troubled.filter(nested => !isFailed(nested)),
  }
}

/** Whether making it anew would lose something, or make emptied data anew in silence. */
function holdsMore({key, status}: NestedStack): boolean {
  if (key === 'data' || key === 'network') return true
  return key === 'compute' && troubleOf({status}) === 'failed' && status !== 'DELETE_FAILED'
}

/** CloudFormation deletes no stack whose exports are used, so that these have to go first. */
function hasUsersOutside({key}: NestedStack, troubled: ReadonlySet<StackKey>): boolean {
  return childStacks.some(other => other.needs.includes(key) && !troubled.has(other.key))
}

/** What starting over takes away: of data, only what may still be there. */
function losses(all: readonly NestedStack[], troubled: ReadonlySet<StackKey>): string {
  const data = all.find(({key}) => key === 'data')
  const isGone = data === undefined || troubleOf(data) === 'missing'
  const users = 'the database with its users and their passwords, and everything that was registered'
  if (isGone)
    return `${users}, went with stack ${data?.name ?? 'DataStack'}, and are created again, empty; the addresses change`
  return `${users} are lost${troubled.has('data') ? ' as far as they are still there' : ''}, and the addresses change`
}

/** What is the matter with a nested stack, as the end of a sentence that names it. */
export function stateWords({status}: Pick<NestedStack, 'status'>): string {
  switch (troubleOf({status})) {
    case 'missing':
      if (status === 'ABSENT') return 'does not exist'
      if (isInReview(status)) return `was never created (${status})`
      return 'was deleted directly, and its root stack does not know'
    case 'failed':
      return `is in ${status}, and its root does not know of it`
    case 'busy':
      return `is in ${status}, by someone who works on it alone`
    case undefined:
      return `is in ${status}`
  }
}
