import type {Cost} from './cost.js'
import type {Proof} from './proof.js'
import type {TeardownForecast} from './teardown-forecast.js'

/** What teardown did. */
export interface TeardownResult {
  environment: string
  /** In the order in which they were gone. */
  removed: {stack: string; status: string; durationSeconds: number}[]
  cleaned: readonly Cleaned[]
  remaining: readonly Remaining[]
  /** What could not be told, or was not looked at: whether it remains, or is ours, nobody knows. */
  unknown: readonly Unknown[]
  durationSeconds: number
  /** Where else an environment of that name stands, and what could not be asked; null where one was here, or none is. */
  elsewhere: string | null
  /** What a fresh look at the account says; null with --dry-run, which looks for nothing that is not to go. */
  proof: Proof | null
  /** What a teardown would do, with --dry-run; null without it. */
  forecast: TeardownForecast | null
  /** What to do next; null when nothing remains and everything could be told. */
  next: string | null
}

/** Something that was not a stack and was removed. */
export interface Cleaned {
  kind: string
  name: string
}

/** Something of the environment that still exists, and why. */
export interface Remaining extends Cleaned {
  reason: string
  /** Whose it is, as far as that is known: the environment, a stack of it, a service or somebody else; null where nothing tells. */
  owner: string | null
  /** It stays on purpose: the environment was deployed so that it outlives a teardown. */
  kept: boolean
  /** What deletes it, for pasting; null for a kind that nothing of an environment is. */
  command: string | null
  /** Null where nothing is known of what it costs. */
  cost: Cost | null
}

/** Something of which nothing can be said, and why not. */
export interface Unknown extends Cleaned {
  reason: string
  /** What shows it, or deletes it if it is to go, for pasting; null where there is no such command. */
  command: string | null
}
