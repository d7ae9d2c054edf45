import type {Aws} from '../../aws/aws.js'
import type {Health} from '../../results.js'
import type {AwsContext} from '../context.js'
import type {HoldingStack} from '../resources/damage.js'
import type {Layout} from '../stacks/stack-targets.js'

/** What the steps of verify know and find out. */
export interface VerifyContext extends AwsContext {
  /** All stacks of the region, as they are being read for `findEnvironment`. */
  ahead?: ReturnType<Aws['stacks']['atOnce']> | undefined
  /** Set by `findEnvironment`. */
  outputs?: Readonly<Record<string, string>>
  /** Of the stacks; NoEcho values are `****`. */
  parameters?: Readonly<Record<string, string>>
  layout?: Layout
  hasDomain?: boolean
  /** The stacks that hold the resources. */
  holding?: readonly HoldingStack[]
  /** Leaves the way in of a student out. */
  readonly shallow?: boolean
  health?: Health
}
