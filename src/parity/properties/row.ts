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
  /** A map, or a list of names with values (`{name, value}`, `{Name, Value}`, `{Key, Value}`). */
  | 'pairs'
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
  /**
   * Path in the properties: `Matcher.HttpCode`. `LoadBalancerAttributes[idle_timeout.timeout_seconds]` is the value of that
   * key in a list of keys and values. In a table of a `property` counterpart it begins at that property, and `''` is the
   * property itself. Null where CloudFormation has none: with a `cloudFormationDefault` (which may be null) Terraform's value
   * is compared with that; without one, `reason` says why no value makes a difference.
   */
  readonly property: string | null
  /** `scalar` unless given. */
  readonly as?: Normaliser
  /** What Terraform's values are called here: `{false: 'internet-facing', true: 'internal'}`. */
  readonly values?: Readonly<Record<string, string>>
  /** What Terraform's provider does where the attribute is absent, null, or empty. */
  readonly terraformDefault?: Json
  /** What CloudFormation does where the property is absent. */
  readonly cloudFormationDefault?: Json
  /**
   * AWS fills the attribute in where nobody configures it. Where the plan itself leaves it unknown, that is so, and what a
   * state says of it is AWS's choice, not a setting.
   */
  readonly awsDecides?: true
  readonly reason?: string
}

/** Everything that is compared of one type. */
export interface TypeTable {
  readonly terraform: string
  readonly cloudFormation: string
  readonly rows: readonly PropertyRow[]
  /** Attributes that AWS or the provider makes, and nobody configures: `arn`, `id`, `tags_all`. */
  readonly computed: readonly string[]
  /**
   * By which field the elements of a list are paired, by the path of the list in the attributes: `{volume: 'name'}`. Lists
   * that are not here are paired by position.
   */
  readonly keys?: Readonly<Record<string, string>>
  /** Attributes and properties that are compared as a whole elsewhere: rules of a security group, policies of a role. */
  readonly elsewhere?: readonly string[]
}
