import type {Templates} from '../diagnosis/template-line.js'
import type {CommonInputFlags} from '../input/common-input.js'
import type {GivenParameters} from '../input/given-parameter.js'
import type {ProgressSink} from '../progress.js'
import type {CheckReport} from '../report/checks.js'
import type {Paint} from '../report/paint.js'
import type {AwsContext} from '../steps/context.js'
import type {OperationRecord} from '../steps/stacks/record.js'
import type {Workflow} from '../workflows/run-workflow.js'
import type {AwsFlags, OutputFlags} from './flags.js'
import type {Outcome} from './outcome.js'
import type {Recorded} from './start-recording.js'

/** The flags that every specification is given, and those that mean the same for every command that has them. */
export interface CommonFlags extends AwsFlags {
  parameters?: string
  set?: readonly string[]
  timeout?: string
  yes?: boolean
  'account-alias'?: string
  output?: 'junit' | 'markdown' | undefined
}

/** The flags of a command that asks nothing of AWS. */
export type LocalFlags = CommonInputFlags & OutputFlags

/** What the context of every command has. */
export interface CommonContext extends AwsContext {
  readonly record: OperationRecord
}

/** What the context of one command has besides. */
export type OwnContext<Context extends AwsContext> = Omit<Context, keyof CommonContext>

/** Both together: the context of a command. */
export type WholeContext<Context extends AwsContext> = CommonContext & OwnContext<Context>

/** Whether the rules for accounts are heeded, and an account for production has to be named. */
export type AccountCheck = 'guarded' | 'confirmed'

/** How a workflow is run. */
export interface Running {
  /** When the command began, on the clock. */
  startedAt: number
  tell: ProgressSink
  signal: AbortSignal
}

/** Words for people: what they read, and what is said of it. */
export type Words = string | Pick<Outcome, 'text' | 'isValue' | 'note'>

/**
 * What a command has of its own. Everything else is the same for all and is in `runCommand`: what is given is read and
 * checked, a session is opened, the survey runs, what needs it is confirmed, the work is done, its result is told; secrets
 * are hidden, and what happens is recorded.
 */
export interface CommandSpecification<Flags extends CommonFlags, Context extends AwsContext, Result> {
  /** As it is called, without `mcpgw`. */
  readonly name: string
  /** It starts or follows operations: `--timeout` limits it, and whoever stops it is told what is still running. */
  readonly follows?: boolean
  /** What the config file says of accounts is heeded; `confirmed`: an account for production has to be named, too. */
  readonly account?: AccountCheck | ((flags: Flags) => AccountCheck | undefined)
  /** No progress is drawn, but a word beside a spinner: standard output holds the result alone. */
  readonly waiting?: string
  /** How the user calls another command from here, when that takes more than `commandLineFor` says. */
  commandLine?(flags: Flags, mask: (text: string) => string): (command: string) => string
  /**
   * Reads what only this command is given, before AWS is touched.
   * @throws exit code 2
   */
  read(flags: Flags, given: GivenParameters): OwnContext<Context>
  /** What cannot continue where nobody can be asked, unless `--yes` is given; it is refused before AWS is touched. */
  mustConfirm?(
    flags: Flags,
    commandLine: (command: string) => string,
  ): {what: string; command: string} | undefined
  /** Templates that explain failures; without it those that are installed. */
  templates?(own: OwnContext<Context>): Templates
  /** What of the run is recorded; nothing without it. */
  recorded?(own: OwnContext<Context>): Recorded
  /** Looks, and refuses what can be refused, before anything is confirmed and changed. */
  readonly survey?: Workflow<WholeContext<Context>>
  /** Has confirmed what the survey found. @throws exit code 3 */
  confirm?(flags: Flags, context: WholeContext<Context>, signal: AbortSignal): Promise<void>
  /** The workflow. */
  work(context: WholeContext<Context>, running: Running, flags: Flags): Promise<Result>
  /** The result in words; `--json` prints it as it is. */
  words(result: Result, options: {flags: Flags; context: WholeContext<Context>; paint: Paint}): Words
  /** What was checked one by one, for `--output` and for the summary of a step in GitHub Actions. */
  checks?(result: Result, flags: Flags): CheckReport
  /** 0 without it. */
  exitCode?(result: Result): number
}

/** A command that asks nothing of AWS and opens no session. */
export interface LocalSpecification<Flags extends LocalFlags, Result> {
  /** @throws exit code 2 for anything wrong with what was given */
  work(flags: Flags, given: GivenParameters): Promise<Result>
  /** The result in words; `--json` prints it as it is. */
  words(result: Result, options: {flags: Flags; paint: Paint}): Words
  /** 0 without it. */
  exitCode?(result: Result): number
}
