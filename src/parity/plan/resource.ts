import type {Json, JsonObject} from '../json.js'
import type {Address} from './address.js'
import type {Caller} from './caller.js'
import type {SecretValues} from './secret-values.js'

/** A managed resource as a plan (or a state beside it) tells it. */
export interface TerraformResource {
  /** As the document writes it: `module.vpc.aws_subnet.public[0]`. */
  readonly address: string
  /** Where it was before it was moved, as the document writes it. */
  readonly previousAddress?: string
  readonly parsed: Address
  /** `aws_subnet`. */
  readonly type: string
  /**
   * Attributes by name; what a state knows is filled in. An attribute that is not known is absent, or lacks what is not
   * known of it: members are absent, elements of lists are null, and `unknown` tells these from what is null.
   */
  readonly values: JsonObject
  /** The shape of `after_unknown`: `true` for what is known only after an apply, anything else is known. See `covers`. */
  readonly unknown: Json
  /** The same before a state told anything: of what nobody configures, a plan never knows what AWS will choose. */
  readonly unknownInPlan: Json
  /** The shape of `after_sensitive`: `true` for what may never be shown. */
  readonly sensitive: Json
  /** `create`, `update`, `delete`, `no-op` … */
  readonly actions: readonly string[]
  /**
   * What its configuration refers to, by path of the attribute: `{vpc_id: ['aws_vpc.this[0].id', 'aws_vpc.this[0]', 'aws_vpc.this']}`,
   * `{'default_action.0.target_group_arn': …}`. Addresses of resources and data sources from the root, modules without
   * keys, through variables and outputs of modules. What a local value or a `for_each` stands for is not in the document:
   * these stay as they are written, `local.name` and `each.value`.
   */
  readonly references: Readonly<Record<string, readonly string[]>>
  /** Attributes and blocks that its configuration has, without those that it makes from a value (`dynamic`). */
  readonly configured: readonly string[]
}

/** Why a document does not tell everything that a whole plan would. */
export interface PartialReason {
  readonly code: 'errored' | 'destroy' | 'targeted' | 'deferred' | 'incomplete'
  /** A full sentence: what is missing, and how a whole plan is made. */
  readonly detail: string
}

/** A plan, read and checked; what a state added is in it. */
export interface TerraformPlan {
  readonly tool: 'terraform' | 'opentofu' | 'unknown'
  /** `terraform_version` of the document. */
  readonly version: string | null
  readonly formatVersion: string
  /** Managed resources, in the order of the document; data sources are left out. */
  readonly resources: readonly TerraformResource[]
  /** Values of variables by name, sensitive ones too: never shown, hidden by `secrets`. */
  readonly variables: JsonObject
  /** Inputs of the modules that the root module calls, as far as the configuration tells them: `module.mcp_gateway.cpu`. */
  readonly inputs: JsonObject
  readonly caller: Caller
  readonly partial: readonly PartialReason[]
  /** Hides what plan and state mark as sensitive: every output goes through it. */
  readonly secrets: SecretValues
}
