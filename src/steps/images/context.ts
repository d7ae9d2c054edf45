import type {Build} from '../../aws/builds.js'
import type {StackDescription} from '../../aws/stack-data.js'
import type {ImagePlace} from '../../environment/image-set.js'
import type {ImageSetResult} from '../../results.js'
import type {AwsContext} from '../context.js'
import type {OperationRecord} from '../stacks/record.js'
import type {StackTarget} from '../stacks/stack-targets.js'

/** What the steps about one set of images know and find out. */
export interface ImageSetContext extends AwsContext {
  readonly place: ImagePlace
  /** The version that the set should have; of an export it is known once the build is found. */
  expectedVersion?: string
  /** Set by `checkSet`. */
  set?: ImageSetResult
}

/** What the steps of an export know and find out besides. */
export interface ExportContext extends ImageSetContext {
  /** Images of another version that lie at the place may be overwritten. */
  readonly overwrite: boolean
  readonly record: OperationRecord
  /** The stack whose parameters let the build write; set by `findImages`. */
  owner?: {readonly stackTarget: StackTarget; readonly stack: StackDescription}
  /** An export to this place that is under way, or the last one when nothing was built after it. */
  earlier?: Build
  /** Decided by `lookAtTarget`. */
  operation?: 'export' | 'attached' | 'none'
  /** The build that exported. */
  build?: Build
}
