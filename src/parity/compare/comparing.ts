import type {Configured} from './configured.js'
import type {Values} from './values.js'

/** What comparisons of resources share. */
export interface Comparing {
  readonly values: Values
  readonly configured: Configured
  /** Where it is the same, a resource that is compared with the same properties again differs from them as before. */
  readonly fingerprint: string
}
