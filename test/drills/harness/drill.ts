import type {StartState} from './states.js'

/** What a command is expected to end with. Words are looked for in what it says; what is left out may be anything. */
export interface Expectation {
  exit: 0 | 1 | 2 | 3 | 4 | 130
  /** `error.code`; `NOT_HEALTHY` stands for a document that says so. */
  code?: string
  /** `error.resource`, or that of a diagnosis: stack and logical id. */
  resource?: string | RegExp
  /** In `error.message`, or in what a document says of what it found or did: what happened, in AWS's own words. */
  message?: RegExp
  /** The first command that it advises. */
  next?: RegExp
  /** `operation` of the document of deploy or watch. */
  operation?: 'create' | 'update' | 'none' | 'attached' | 'delete'
}

/** Where following the advice must lead once the faults are over. */
export type Goal = 'healthy' | 'clean'

/** A bad day, and what mcpgw makes of it. */
export interface Drill {
  /** Says what goes wrong, and is unique. */
  name: string
  start: StartState
  /** As for `--rehearse-fault`; they begin when the command does, and end before its advice is followed. */
  faults?: readonly string[]
  /** Without `--rehearse`, `--yes` and `--json`. */
  command: string
  /** For how many seconds the faults have been on when the command begins; none unless given. */
  begunBefore?: number
  /** Ctrl-C is pressed when the output shows this. */
  interruptAt?: RegExp
  /** What somebody else runs, at the same moment or when the output shows `at`, and what it is expected to end with. */
  beside?: {command: string; at?: RegExp; expect: Expectation}
  expect: Expectation
  /**
   * The environment's stacks and their statuses after a success that is not the goal itself; following what the command
   * says to do next must lead there.
   */
  leaves?: Readonly<Record<string, string>>
  /** Default: `clean` for teardown, `healthy` for everything else. */
  goal?: Goal
}

export function goalOf({goal, command}: Pick<Drill, 'goal' | 'command'>): Goal {
  return goal ?? (command.startsWith('mcpgw teardown') ? 'clean' : 'healthy')
}
