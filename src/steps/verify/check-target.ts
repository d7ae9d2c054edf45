import type {Aws} from '../../aws/aws.js'
import type {Clock} from '../../clock.js'
import type {HoldingStack} from '../resources/damage.js'
import type {Layout} from '../stacks/stack-targets.js'

/** What the checks need to know. */
export interface CheckTarget {
  readonly aws: Aws
  readonly clock: Clock
  readonly environment: string
  readonly layout: Layout
  /** Of the environment's stacks: where the endpoints are. */
  readonly outputs: Readonly<Record<string, string>>
  /** True when the environment has its own domain: its listeners then have other ports. */
  readonly hasDomain: boolean
  /** Whether the way in of a student is tried, too. */
  readonly links: boolean
  /** The stacks whose resources are looked at; none are without them. */
  readonly stacks?: readonly HoldingStack[]
  readonly signal: AbortSignal
  commandLine(command: string): string
}
