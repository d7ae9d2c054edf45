/** Refuses JSON whose types do not fit the schema, as AWS does, so that handlers meet only what their types promise. */
import {AwsError} from './errors.js'
import {isShape, membersOf, type Schema} from './schema.js'

/** The error of every JSON service for a body that cannot be read. */
export const serializationError = (message: string, cause?: unknown): AwsError =>
  new AwsError('SerializationException', message, {cause})

function providerFor(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY'
  if (typeof value === 'object') return 'START_OBJECT'
  if (typeof value === 'boolean') return `${value}`.toUpperCase()
  return typeof value === 'number' ? 'NUMBER_VALUE' : 'STRING_VALUE'
}

function refuse(value: unknown, type: string): never {
  throw serializationError(`${providerFor(value)} cannot be converted to ${type}`)
}

const SPECIAL_NUMBERS = new Set(['NaN', 'Infinity', '-Infinity'])

function checkScalar(schema: Schema, value: unknown): void {
  if (schema.isBooleanSchema()) {
    if (typeof value !== 'boolean') refuse(value, 'Boolean')
  } else if (schema.isNumericSchema() || schema.isBigIntegerSchema()) {
    if (typeof value !== 'number' && !SPECIAL_NUMBERS.has(String(value))) refuse(value, 'Number')
  } else if (schema.isTimestampSchema()) {
    if (typeof value !== 'number' && typeof value !== 'string') refuse(value, 'Timestamp')
  } else if (schema.isStringSchema() || schema.isBlobSchema()) {
    if (typeof value !== 'string') refuse(value, schema.isBlobSchema() ? 'Blob' : 'String')
  }
}

/** Throws `SerializationException` where the value's type is not the schema's. Null counts as absent. */
export function checkJson(schema: Schema, value: unknown): void {
  if (value === null || value === undefined || schema.isDocumentSchema()) return
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) refuse(value, 'List')
    const member = schema.getValueSchema()
    for (const item of value) checkJson(member, item)
  } else if (schema.isMapSchema()) {
    if (!isShape(value)) refuse(value, 'Map')
    const member = schema.getValueSchema()
    for (const item of Object.values(value)) checkJson(member, item)
  } else if (schema.isStructSchema()) {
    if (!isShape(value)) refuse(value, schema.getName() ?? 'Structure')
    for (const [name, member] of membersOf(schema)) {
      if (Object.hasOwn(value, name)) checkJson(member, value[name])
    }
  } else {
    checkScalar(schema, value)
  }
}
