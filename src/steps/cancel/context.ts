import type {CancelledStack} from '../../results.js'
import type {AwsContext} from '../context.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import type {OperationRecord} from '../stacks/record.js'

/** What the steps of cancel know and find out. */
export interface CancelContext extends AwsContext {
  readonly record: OperationRecord
  /** On which something runs that can be stopped, in the order of creation; set by `findCancellable`. */
  existingStacks?: readonly ExistingStack[]
  /** What became of them, filled as they come to rest. */
  readonly cancelled: CancelledStack[]
}
