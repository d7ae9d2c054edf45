import type {KeptDeployment, KeptPlace} from '../../recorder/kept-deployment.js'
import type {KeptResult, TeardownResult} from '../../results.js'
import type {AwsContext} from '../context.js'
import type {DeployContext, DeploySettings} from '../deploy/context.js'
import type {OperationRecord} from '../stacks/record.js'
import type {Layout} from '../stacks/stack-targets.js'
import type {TeardownContext} from '../teardown/context.js'

/** What a teardown is given by flags, before there is an account. */
export type Removal = Omit<TeardownContext, keyof AwsContext | 'record'>

/** What is deployed again, as far as it is known before this run's flags are asked. */
export type Kept = Omit<KeptDeployment, 'begunAt' | 'stackIds'>

/** What the steps of reset know and find out. */
export interface ResetContext extends AwsContext {
  readonly record: OperationRecord
  /** The folder of the recordings. */
  readonly runsFolder: string
  readonly removal: Removal
  /** Deploy although something remains, or nobody could look. */
  readonly allowRemaining: boolean
  /** Begin anew where an earlier reset has come to deploying. */
  readonly startOver: boolean
  /**
   * The settings of the deployment: what was given in this run, over what is kept.
   * @throws exit code 2 where they do not suit each other
   */
  settle(kept: Kept): DeploySettings
  /** Set by `findWhatExists`. */
  teardown?: TeardownContext
  /** Where the file is. Set by `recall`. */
  place?: KeptPlace
  /** What is to be done first: an earlier reset may have come to deploying. Set by `recall`. */
  phase?: 'teardown' | 'deploy'
  /** When the reset began, in this run or in an earlier one. Set by `recall`. */
  begunAt?: string
  /** Ids of the stacks that are to go, or went. Set by `recall`. */
  stackIds?: readonly string[]
  /** Set by `recall`, and by `settle` completed by what was given. */
  kept?: Kept
  /** For people and machines. Set by `settle`. */
  told?: KeptResult
  /** For the head of the document. Set by `settle`. */
  layout?: Layout
  /** Set by `settle`. */
  deploy?: DeployContext
  /** How long the deployment typically takes. Set by `settle`. */
  deploySeconds?: number
  /** What this run's teardown came to. */
  torn?: TeardownResult
}
