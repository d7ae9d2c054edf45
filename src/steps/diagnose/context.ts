import type {StackDescription} from '../../aws/stack-data.js'
import type {Templates} from '../../diagnosis/template-line.js'
import type {StackProgress} from '../../progress.js'
import type {Evidence} from '../../results.js'
import type {AwsContext} from '../context.js'
import type {NestedStack} from '../stacks/nested.js'
import type {Layout} from '../stacks/stack-targets.js'

/** A stack that is looked at, whoever made it. */
export interface ExaminedStack {
  stack: StackDescription
  label: string
  /** Undefined for a stack that is no part of an environment as mcpgw makes it. */
  layout: Layout | undefined
  /** Of a nested stack that is not what its root says; its last operation was by somebody who worked on it alone. */
  nested?: NestedStack
}

/** What the steps of diagnose know and find out. */
export interface DiagnoseContext extends AwsContext {
  /** A stack to explain, by name or id, instead of the environment. */
  readonly stackGiven: string | undefined
  /** What is deployed, to say where a resource is declared. */
  readonly templates?: Templates
  /** Set by `findStacks`. */
  examined?: readonly ExaminedStack[]
  /** Of the root in the environment, those that are gone for so long that AWS has forgotten them included. */
  nested?: readonly NestedStack[]
  /** Of what went wrong, and of all stacks nested in it, oldest first; set by `readEvents`. */
  events?: readonly StackProgress[]
  /** Set by `lookBehind`. */
  evidence?: readonly Evidence[]
}
