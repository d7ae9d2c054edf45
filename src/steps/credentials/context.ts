import type {Credential} from '../../results.js'
import type {VerifyContext} from '../verify/context.js'

/** What the steps of credentials know and find out. */
export interface CredentialsContext extends VerifyContext {
  /** Whether passwords are read, too. */
  readonly reveal: boolean
  /** The name of the only account that is wanted. */
  readonly user: string | undefined
  credentials?: readonly Credential[]
  /** The environment is of templates that had no students: only an update can give it some. */
  isTooOld?: boolean
}
