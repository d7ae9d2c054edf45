import type {Json} from '../json.js'

/** How two values are made comparable. Each is a function in `normalisers.ts`. */
export type Normaliser =
  /** `"60"` and `60`, `"true"` and `true` are the same. */
  | 'scalar'
  /** Upper and lower case apart: `ENABLED`, `enabled`. */
  | 'enum'
  /** A list whose order means nothing. */
  | 'set'
  /** A list as it is. */
  | 'list'
  /** `{Key, Value}` lists and maps of tags, without those that mcpgw or AWS adds. */
  | 'tags'
  /** A policy document, by meaning: order of statements, actions and resources, single values and lists, numbers and strings. */
  | 'policy'
  /** A text that holds JSON. */
  | 'json'
  /** Container definitions: containers by name, environment and secrets by name, ports, mounts, health checks. */
  | 'containers'

/**
 * What an attribute of a Terraform type is in CloudFormation. A row for every attribute that a plan gives a value, and for
 * every property that the templates write: what has no row is reported.
 */
export interface PropertyRow {
  /** Path in the attributes: `health_check.0.matcher`; `*` for every element: `volume.*.name`. */
  readonly attribute: string
  /** Path in the properties: `Matcher.HttpCode`; null where CloudFormation has none, and `reason` says why that is none. */
  readonly property: string | null
  /** `scalar` unless given. */
  readonly as?: Normaliser
  /** What Terraform's provider does where the attribute is absent, null, or empty. */
  readonly terraformDefault?: Json
  /** What CloudFormation does where the property is absent. */
  readonly cloudFormationDefault?: Json
  readonly reason?: string
}

/** Everything that is compared of one type. */
export interface TypeTable {
  readonly terraform: string
  readonly cloudFormation: string
  readonly rows: readonly PropertyRow[]
  /** Attributes that AWS or the provider makes, and nobody configures: `arn`, `id`, `tags_all`. */
  readonly computed: readonly string[]
}
