/** The edge to the SDK's schema types: what the wire codecs need of them, and structures made at run time. */
import {NormalizedSchema} from '@smithy/core/schema'

/** Anything that `NormalizedSchema.of` reads. */
export type SchemaRef = NormalizedSchema['ref']
export type Schema = NormalizedSchema

/** A schema as a client package exports it: an array whose first element says what it is. */
type StaticSchema = Extract<ReturnType<Schema['getSchema']>, readonly unknown[]>
type StructureSchema = Extract<StaticSchema, {0: 3}>
export type ErrorSchema = Extract<StaticSchema, {0: -3}>
export type OperationSchema = Extract<StaticSchema, {0: 9}>

/** What a schema says beside its members; a number stands for a usual combination. */
export type Traits = OperationSchema[3]

/** An object of the SDK's shape, whose members are known only to its schema. */
export type Shape = Record<string, unknown>

/** A string member without traits. */
export const STRING: SchemaRef = 0

/** Reads a schema reference (a static schema, a thunk, a member or a number). */
export const schemaOf = (ref: SchemaRef): Schema => NormalizedSchema.of(ref)

/** A normalized schema that is not a member yet has to be unwrapped, or it would keep its own name as a member. */
const bare = (schema: SchemaRef): SchemaRef =>
  schema instanceof NormalizedSchema && !schema.isMemberSchema() ? schema.getSchema() : schema

/**
 * A structure that no model has, such as the envelope of a Query response: giving it to the SDK's own
 * serializer avoids building XML or JSON by hand.
 */
export function structure(
  name: string,
  members: Iterable<readonly [string, SchemaRef]>,
  traits: Traits = 0,
  namespace = 'mcpgw.wire',
): Schema {
  const names: string[] = []
  const schemas: SchemaRef[] = []
  for (const [member, schema] of members) {
    names.push(member)
    schemas.push(bare(schema))
  }
  const schema: StructureSchema = [3, namespace, name, traits, names, schemas]
  return schemaOf(schema)
}

/** The members of a structure; none for `unit`. */
export function membersOf(schema: Schema): [string, Schema][] {
  return schema.isStructSchema() ? [...schema.structIterator()] : []
}

/** The names of the members that a structure requires: the model lists them first. */
export function requiredMembers(schema: Schema): ReadonlySet<string> {
  const source = schema.getSchema()
  const isStructure = Array.isArray(source) && (source[0] === 3 || source[0] === -3)
  return new Set(isStructure ? source[4].slice(0, source[6] ?? 0) : [])
}

/** Whether a value is a plain object with members. */
export const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
