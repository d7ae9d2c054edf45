import type {Build} from '../../aws/builds.js'
import type {McpgwError} from '../../errors.js'
import type {ForeseenUpdate} from '../../foreseen.js'
import type {CheckResult, Health, Operation, RealmState, Remaining, StackResult} from '../../results.js'
import type {OperationRecord} from '../stacks/record.js'
import type {Layout} from '../stacks/stack-targets.js'
import type {DeletionContext} from '../teardown/context.js'
import type {TemplateSet} from './template-set.js'

/** What the user asked for, checked before AWS is called. */
export interface DeploySettings {
  layout: Layout
  templates: TemplateSet
  /** Parameters that the user gave, or that follow from flags; text, as CloudFormation takes them. */
  parameters: Readonly<Record<string, string>>
  templateBucket: string | undefined
  /** Ends in a slash, or is empty. */
  templatePrefix: string | undefined
  replace: boolean
  /** Replace or remove what holds data where an update needs it. */
  replaceData: boolean
  /** Put back what somebody deleted or changed beside the stacks. */
  repair: boolean
  /** Logical ids of what held data, is lost, and may be made anew, empty. */
  acceptedLosses: readonly string[]
  onFailure: 'rollback' | 'keep' | 'delete'
  /** Create the stacks in express mode for which that is safe (`isSafeInExpress`). */
  express: boolean
  /** ARN of the role that CloudFormation works with; the stacks keep the one that they have without it. */
  serviceRole?: string
  verify: boolean
  /** Make the realm that a class logs in to; without it nobody can, and nothing may be said of logins. */
  realm: boolean
  /** Names of the students; undefined when nothing was said of any. */
  students: readonly string[] | undefined
  /** Ids of checks that are not to be made. */
  skippedChecks: readonly string[]
}

/** What the steps of deploy know and find out. */
export interface DeployContext extends DeletionContext {
  readonly settings: DeploySettings
  readonly record: OperationRecord
  /** Why what exists cannot be deployed, where that is a finding among others; set by `look`. */
  refusal?: McpgwError
  /** Set by `preflight`. */
  findings?: readonly CheckResult[]
  /** Where the templates lie; set by `chooseTemplateBucket`. */
  templateLocation?: TemplateLocation
  /** Looked up, not given; set by `findPrefixList`. */
  cloudFrontPrefixListId?: string
  /** What the update will do, as far as it could be told before; set by `foresee`. */
  foreseen?: ForeseenUpdate
  /** Names of the stacks whose update was looked at, and agreed to where that was needed. */
  readonly foreseenStacks: Set<string>
  /** What was done to each stack, by stack name; filled by `deployStacks`. */
  readonly operations: Map<string, Operation>
  /** The image build of this operation, when there was one. */
  build?: Build
  /** What exists at the end; set by `collect`. */
  stacks?: readonly StackResult[]
  outputs?: Readonly<Record<string, string>>
  /** Of the stacks; NoEcho values are `****`. */
  parameters?: Readonly<Record<string, string>>
  /** What an update could not delete; set by `tellLeftovers`. */
  remaining?: readonly Remaining[]
  /** Set by `makeDeployedRealm`. */
  realm?: RealmState
  /** Set by `verifyDeployed`. */
  health?: Health
}

/** A folder in a bucket that holds exactly these templates: its name is made of what is in them. */
export interface TemplateLocation {
  bucket: string
  /** Ends in a slash. */
  prefix: string
}
