import type {ProtectedKind} from '../../aws/protections.js'
import type {StackDescription, StackResource} from '../../aws/stack-data.js'
import type {StandaloneTask} from '../../aws/standalone-tasks.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import type {Cleaned, Proof, Remaining, StayingResult, Unknown} from '../../results.js'
import type {AwsContext} from '../context.js'
import type {Timeline} from '../plan/timeline.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import type {OperationRecord} from '../stacks/record.js'
import type {UsedLocation} from '../stacks/template-location.js'
import type {HeadStartPlan} from './head-start/kinds.js'

/** The resources of one stack, nested or not. */
export interface StackInventory {
  /** The stack's ARN. */
  id?: string
  label: string
  resources: readonly StackResource[]
}

/** How a deletion typically goes, and what it leaves. */
export interface DeletionForecast {
  readonly timeline: Timeline
  readonly stays: readonly StayingResult[]
}

/** What remains, before anybody says what it costs. */
export interface Left extends Omit<Remaining, 'cost' | 'owner'> {
  readonly owner?: string | null
  /** GiB that are stored. */
  readonly size?: number | undefined
}

/** What others put into a VPC of ours. */
export interface Foreign {
  readonly kind: string
  readonly id: string
  readonly owner: string
  /** It holds no data and runs nothing: deleted when that is asked. */
  readonly isPlumbing: boolean
  /** Deletes it, for pasting; null where only its owner can. */
  readonly command: string | null
}

/** What AWS deletes only when its protection is lifted. */
export interface Protected {
  readonly kind: ProtectedKind
  /** As the call that lifts it wants it. */
  readonly id: string
  readonly name: string
  /** Lifts it, for pasting. */
  readonly command: string
}

/** What is found before somebody is asked whether stacks may be deleted. */
export interface DeletionContext extends AwsContext {
  /** Set by the step that looks for them. */
  existingStacks?: readonly ExistingStack[]
  /** All stacks of the region, as the survey found them; undefined where they fit into no answer. */
  standingStacks?: readonly StackDescription[] | undefined
  /** What the stacks hold, by stack label; read while they exist. */
  inventory?: readonly StackInventory[]
  /** How deleting the stacks typically goes; undefined where their templates do not tell. Set by `forecast`. */
  forecast?: DeletionForecast | undefined
  /** What others put into the VPC, as the survey found it. */
  foreign?: readonly Foreign[]
  /** What the survey could not look at, and why; each a sentence or more. */
  unchecked?: readonly string[]
  /** What an update could not delete, and is not removed yet; set by `findLeftovers`. */
  leftovers?: readonly TaggedResource[]
}

/** What the steps of teardown know and find out. */
export interface TeardownContext extends DeletionContext {
  readonly record: OperationRecord
  /** Take a snapshot of the database before anything is deleted. */
  readonly keepSnapshot: boolean
  /** Delete the stacks in express mode. */
  readonly express: boolean
  /** Delete the stacks without what cannot be deleted, when nothing else helps. */
  readonly forceDelete: boolean
  /** Physical ids of what its own service no longer knows. */
  readonly provedGone: Set<string>
  /** Names of the head starts that are on (`headStartKinds`). */
  readonly headStarts: ReadonlySet<string>
  /** What begins ahead of CloudFormation; set by `foreseeHeadStarts`. */
  headStartPlan?: HeadStartPlan
  /** Whether CloudFormation has told that nobody else imports from the stacks. Set by `refuseImported`. */
  importsAreKnown?: boolean
  /** Physical ids of what a head start has begun. */
  readonly headStarted: Set<string>
  /** Delete what others put into the VPC, too. */
  readonly deleteForeign: boolean
  /** Delete what is kept of the database, too. */
  readonly deleteSnapshots: boolean
  /** Nothing is looked for to be removed, and nothing removed: only the proof is asked for. */
  readonly provesOnly: boolean
  /** Lift deletion protection of what goes. */
  readonly liftProtection: boolean
  /** Nothing is to be changed: what is in the way is told, and not refused. */
  readonly foreseesOnly: boolean
  /** Set by `findProtected`; empty once it is lifted. */
  protections?: readonly Protected[]
  /** Tasks in the environment's clusters that no service has started; set by `findStandaloneTasks`. */
  standaloneTasks?: readonly (StandaloneTask & {readonly cluster: string})[]
  /** Where templates of this environment were uploaded. */
  locations?: readonly UsedLocation[]
  /** The default template bucket exists and carries our tag: the trace that outlives the stacks. */
  hasTrace?: boolean
  /** Where else an environment of the name stands, in words; asked when none is here. */
  elsewhere?: string
  /** Log groups that AWS services may write again while the stacks go away. */
  logGroups?: readonly string[]
  /** What a fresh look at the account has found; set by `prove`. */
  proof?: Proof
  readonly cleaned: Cleaned[]
  readonly remaining: Left[]
  readonly unknown: Unknown[]
}
