/** The edge to the SDK's schema types: what the wire codecs need of them, and structures made at run time. */
import {NormalizedSchema} from '@smithy/core/schema'

/** Anything that `NormalizedSchema.of` reads. */
export type SchemaRef = Parameters<typeof NormalizedSchema.of>[0]
export type Schema = NormalizedSchema

/** An object of the SDK's shape, whose members are known only to its schema. */
export type Shape = Record<string, unknown>

/** A string member without traits. */
export const STRING: SchemaRef = 0

/** Reads a schema reference (a static schema, a thunk, a member or a number). */
export const schemaOf = (ref: SchemaRef): Schema => NormalizedSchema.of(ref)

/** A normalized schema that is not a member yet has to be unwrapped, or it would keep its own name as a member. */
const bare = (schema: SchemaRef): SchemaRef =>
  schema instanceof NormalizedSchema && !schema.isMemberSchema() ? (schema.getSchema() as SchemaRef) : schema

/**
 * A structure that no model has, such as the envelope of a Query response: giving it to the SDK's own
 * serializer avoids building XML or JSON by hand.
 */
export function structure(
  name: string,
  members: Iterable<readonly [string, SchemaRef]>,
  traits: object | number = 0,
  namespace = 'mcpgw.wire',
): Schema {
  const names: string[] = []
  const schemas: SchemaRef[] = []
  for (const [member, schema] of members) {
    names.push(member)
    schemas.push(bare(schema))
  }
  return schemaOf([3, namespace, name, traits, names, schemas] as unknown as SchemaRef)
}

/** The members of a structure; none for `unit`. */
export function membersOf(schema: Schema): [string, Schema][] {
  return schema.isStructSchema() ? [...schema.structIterator()] : []
}

/** The names of the members that a structure requires: the model lists them first. */
export function requiredMembers(schema: Schema): ReadonlySet<string> {
  const source = schema.getSchema() as unknown as [
    number,
    string,
    string,
    unknown,
    string[],
    unknown[],
    number?,
  ]
  return new Set(Array.isArray(source) ? source[4].slice(0, source[6] ?? 0) : [])
}

/** Whether a value is a plain object with members. */
export const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
