import {isDeepStrictEqual} from 'node:util'
import resourceTypes from './resource-types.json' with {type: 'json'}

/** Members of an object: their types by name, and which of them are required. */
export interface Shape {
  /** `string`, `Ebs[]` (a list), `string{}` (a map), with alternatives divided by bars. */
  properties?: Readonly<Record<string, string>>
  required?: readonly string[]
}

/** What CloudFormation's registry says about a resource type, as far as the account needs it. */
export interface ResourceSchema extends Shape {
  /** Properties whose change always needs a new resource. */
  immutable?: readonly string[]
  /** Properties whose change needs a new resource in some cases. */
  maybeImmutable?: readonly string[]
  /** The types that `properties` mention. */
  types?: Readonly<Record<string, Shape>>
  /** What tells one resource from another: properties and attributes. */
  id?: readonly string[]
  /** Types of the attributes by their names in `Fn::GetAtt`. */
  attributes?: Readonly<Record<string, string>>
  /** The property that holds the tags; absent for a type that cannot be tagged. */
  tags?: string
  /** The ARN with `${…}` places; names in it are those of IAM's service authorization reference. */
  arn?: string
}

/** What `npm run schemas` wrote: every type that the account makes, by name. */
const texts: Readonly<Record<string, string>> = resourceTypes
const schemas = new Map<string, ResourceSchema>()

/** The schema of a resource type, or undefined for one that the account has no schema of (custom resources too). */
export function schemaOf(type: string): ResourceSchema | undefined {
  let schema = schemas.get(type)
  if (schema === undefined && Object.hasOwn(texts, type)) {
    schema = JSON.parse((texts[type] ?? '').replaceAll("'", '"')) as ResourceSchema
    schemas.set(type, schema)
  }
  return schema
}

/** Every resource type that has a schema. */
export function typesWithSchema(): string[] {
  return Object.keys(texts)
}

/** Names of properties that the type does not have; none for a type without a schema. */
export function unknownProperties(type: string, properties: Record<string, unknown>): string[] {
  const schema = schemaOf(type)
  return schema ? Object.keys(properties).filter(name => !Object.hasOwn(schema.properties ?? {}, name)) : []
}

/** Names of top-level properties that differ. */
function changedProperties(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter(name => !isDeepStrictEqual(before[name], after[name]))
}

/**
 * Whether going from one set of properties to the other needs a new resource, in the words of a change set.
 * Source: CloudFormation API reference, "ResourceTargetDefinition", RequiresRecreation.
 */
export function replacementOf(
  type: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): 'True' | 'Conditional' | 'False' {
  const changed = changedProperties(before, after)
  const schema = schemaOf(type)
  if (changed.some(name => schema?.immutable?.includes(name))) return 'True'
  return changed.some(name => schema?.maybeImmutable?.includes(name)) ? 'Conditional' : 'False'
}

/**
 * Whether the change certainly needs a new resource. What only may need one is made in place here: the cases
 * where it does (another instance class family, another engine) belong to no type of this account.
 */
export function needsReplacement(
  type: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): boolean {
  return replacementOf(type, before, after) === 'True'
}
