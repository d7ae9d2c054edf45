import type {Aws} from '../aws/aws.js'
import type {CallerIdentity} from '../aws/identity.js'
import type {Clock} from '../clock.js'
import type {AccountRules} from '../environment/account-rules.js'
import {failed} from '../errors.js'
import type {LearnedSeconds} from '../timings/learned-seconds.js'

/** What the steps of every workflow know. */
export interface AwsContext {
  readonly aws: Aws
  readonly clock: Clock
  readonly environment: string
  /** How the user calls mcpgw on this environment, for hints: `mcpgw verify --environment demo --rehearse`. */
  commandLine(command: string): string
  /** What the config file says of accounts; undefined when it says nothing. */
  readonly accountRules?: AccountRules
  /** What earlier runs have measured of the resources in an account; not asked where nobody knows it yet. */
  learned?(account: string | undefined): LearnedSeconds
  /** Set by `identify`. */
  identity?: CallerIdentity
}

/**
 * A fact that an earlier step has found.
 * @throws when the workflow lists its steps in the wrong order, which is a defect
 */
export function requireContext<T>(fact: T | undefined, what: string): T {
  if (fact === undefined)
    throw failed('INTERNAL', `A step needs ${what} before it is known: the steps are in the wrong order.`)
  return fact
}
