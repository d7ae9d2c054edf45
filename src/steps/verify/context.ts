import type {Health} from '../../results.js'
import type {AwsContext} from '../context.js'

/** What the steps of verify know and find out. */
export interface VerifyContext extends AwsContext {
  /** Set by `findEnvironment`. */
  outputs?: Readonly<Record<string, string>>
  hasDomain?: boolean
  health?: Health
}
