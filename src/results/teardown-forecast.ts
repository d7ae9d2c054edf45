import type {Cost} from './cost.js'
import type {StayingResult} from './plan.js'

/** What a teardown would do; nothing was changed. */
export interface TeardownForecast {
  /** Roots, and what is nested in them, in the order in which they were made. */
  stacks: readonly {stack: string; resources: number}[]
  /** What would begin before CloudFormation comes to it. */
  headStarts: readonly {name: string; resources: readonly string[]}[]
  /** What would hold something up, and how it goes. */
  blocks: readonly BlockResult[]
  /** What could not be looked at, and why: it may be in the way all the same. */
  unchecked: readonly string[]
  stays: readonly StayingResult[]
  /** How long it typically takes; null where the templates do not tell. */
  seconds: number | null
  /** The longest chain: it decides how long all takes. */
  path: readonly ForecastLink[]
  /** What costs something by being there, the dearest first. */
  stopsCosting: readonly StoppingCost[]
}

/** Something in the way of the deletion. */
export interface BlockResult {
  kind: string
  name: string
  reason: string
  /** It is cleared without asking anybody; else by the command. */
  cleared: boolean
  /** For pasting; null where only its owner can. */
  command: string | null
}

/** A link of the longest chain. */
export interface ForecastLink {
  logicalId: string
  type: string
  seconds: number
}

/** What costs nothing any more. */
export interface StoppingCost {
  type: string
  count: number
  /** Of one. */
  cost: Cost
}
