import type {RealmState} from '../../results.js'
import type {OperationRecord} from '../stacks/record.js'
import type {VerifyContext} from '../verify/context.js'

/** What the steps of realm know and find out, beside where the environment is. */
export interface RealmContext extends VerifyContext {
  /** Names of the students; undefined when nothing was said of any. */
  readonly students: readonly string[] | undefined
  readonly record: OperationRecord
  /** Set by `makeExistingRealm`. */
  realm?: RealmState
}
