/**
 * From the parameters of a Query request to an SDK-shaped input: the one codec that the SDK has no
 * counterpart of. The mirror image of `QueryShapeSerializer` in @aws-sdk/core.
 */
import {FromStringShapeDeserializer} from '@smithy/core/protocols'
import {AwsError} from './errors.js'
import type {FormNode} from './form.js'
import {membersOf, type Schema, type Shape} from './schema.js'

const strings = new FromStringShapeDeserializer({
  timestampFormat: {useTrait: true, default: 5},
  httpBindings: false,
})

/** How the two Query protocols name things: EC2 capitalises members and never writes `.member`. */
export interface QueryDialect {
  readonly ec2: boolean
}

interface NameTraits {
  xmlName?: string
  xmlFlattened?: unknown
  ec2QueryName?: string
}

const traitsOf = (schema: Schema): NameTraits => schema.getMergedTraits() as NameTraits

function keyOf(schema: Schema, fallback: string, {ec2}: QueryDialect, isMember: boolean): string {
  const {xmlName, ec2QueryName} = traitsOf(schema)
  if (ec2 && ec2QueryName) return ec2QueryName
  const key = xmlName ?? fallback
  return ec2 && isMember ? key.charAt(0).toUpperCase() + key.slice(1) : key
}

/** The children named 1, 2, 3 …, in numeric order; gaps are allowed, other names are ignored. */
function numbered(node: FormNode | undefined): FormNode[] {
  if (!node) return []
  return [...node.children]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}

function readScalar(schema: Schema, text: string, path: string): unknown {
  const malformed = (kind: string) =>
    new AwsError('MalformedInput', `The value for the parameter ${path} is not a valid ${kind}.`)
  if (schema.isBooleanSchema() && !/^(true|false)$/i.test(text)) throw malformed('boolean')
  let value: unknown
  try {
    value = strings.read(schema, text)
  } catch {
    throw malformed(schema.isTimestampSchema() ? 'timestamp' : 'value')
  }
  if (schema.isNumericSchema() && (text.trim() === '' || (Number.isNaN(value) && text !== 'NaN'))) {
    throw malformed('number')
  }
  return value
}

function readList(schema: Schema, node: FormNode, dialect: QueryDialect, path: string): unknown[] {
  const member = schema.getValueSchema()
  const flat = dialect.ec2 || Boolean(traitsOf(schema).xmlFlattened)
  const items = flat ? node : node.children.get(keyOf(member, 'member', dialect, false))
  return numbered(items).map((item, index) => read(member, item, dialect, `${path}.${index + 1}`))
}

function readMap(schema: Schema, node: FormNode, dialect: QueryDialect, path: string): Shape {
  const [keySchema, valueSchema] = [schema.getKeySchema(), schema.getValueSchema()]
  const keyName = keyOf(keySchema, 'key', dialect, false)
  const valueName = keyOf(valueSchema, 'value', dialect, false)
  const entries = traitsOf(schema).xmlFlattened ? node : node.children.get('entry')
  const pairs = numbered(entries).flatMap(entry => {
    const [key, value] = [entry.children.get(keyName), entry.children.get(valueName)]
    return key && value ? [[key.value ?? '', read(valueSchema, value, dialect, path)] as const] : []
  })
  return Object.fromEntries(pairs)
}

function read(schema: Schema, node: FormNode, dialect: QueryDialect, path: string): unknown {
  if (schema.isStructSchema()) return readStructure(schema, node, dialect, path)
  if (schema.isListSchema()) return readList(schema, node, dialect, path)
  if (schema.isMapSchema()) return readMap(schema, node, dialect, path)
  return readScalar(schema, node.value ?? '', path)
}

/** Reads a structure from its node; parameters that the schema lacks are ignored, as AWS does. */
export function readStructure(schema: Schema, node: FormNode, dialect: QueryDialect, path = ''): Shape {
  const result: Shape = {}
  for (const [name, member] of membersOf(schema)) {
    const key = keyOf(member, name, dialect, true)
    const child = node.children.get(key)
    if (child) result[name] = read(member, child, dialect, path ? `${path}.${key}` : key)
  }
  return result
}
