import type {Configured} from './configured.js'
import type {Values} from './values.js'

/** What comparisons of resources share. */
export interface Comparing {
  readonly values: Values
  readonly configured: Configured
}
