import type {Build} from '../../aws/builds.js'
import type {StackResult} from '../../results.js'
import type {AwsContext} from '../context.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import type {NestedStack} from '../stacks/nested.js'
import type {OperationRecord} from '../stacks/record.js'

/** What the steps of watch know and find out. */
export interface WatchContext extends AwsContext {
  readonly record: OperationRecord
  /** Every stack of the environment, in the order of creation; set by `findOperations`. */
  existingStacks?: readonly ExistingStack[]
  /** The nested stacks of a root at rest, by their own states; set by `findOperations`. */
  nested?: readonly NestedStack[]
  /** The image build of what is followed, when there is one. */
  build?: Build
  /** What exists at the end, or existed last. */
  stacks?: readonly StackResult[]
}
