import type {Json, JsonObject} from '../json.js'
import type {Address} from './address.js'

/** A managed resource as a plan (or a state beside it) tells it. */
export interface TerraformResource {
  /** As the document writes it: `module.vpc.aws_subnet.public[0]`. */
  readonly address: string
  readonly parsed: Address
  /** `aws_subnet`. */
  readonly type: string
  /** Attributes by name; what a state knows is filled in. An attribute that is not known is absent. */
  readonly values: JsonObject
  /** The shape of `after_unknown`: `true` for what is known only after an apply, anything else is known. */
  readonly unknown: Json
  /** The shape of `after_sensitive`: `true` for what may never be shown. */
  readonly sensitive: Json
  /** `create`, `update`, `delete`, `no-op` … */
  readonly actions: readonly string[]
  /** What its configuration refers to, attribute by attribute: `{vpc_id: ['aws_vpc.this[0].id', 'aws_vpc.this']}`. */
  readonly references: Readonly<Record<string, readonly string[]>>
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
  /** Values of variables by name, sensitive ones too: never shown, hidden by `SecretValues`. */
  readonly variables: JsonObject
  readonly partial: readonly PartialReason[]
}
