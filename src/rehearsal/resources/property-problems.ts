import {intrinsicOf, isMap} from '../../template/value.js'
import {type Shape, schemaOf} from './resource-schema.js'
import {record} from './values.js'

/** Something in a resource's properties that its type's schema does not allow. */
export interface PropertyProblem {
  /** `#` for the properties themselves, `#/Tags/0` for what is deeper in them. */
  pointer: string
  kind: 'unknown' | 'missing' | 'mistyped'
  /** The name that is unknown or missing there. */
  name?: string
  /** In the words of the validator that CloudFormation uses. */
  message: string
}

/** Types that still take a single object where a list of them belongs, as CloudFormation took it once everywhere. */
const singleForList: readonly string[] = ['AWS::EC2::SecurityGroup']

/**
 * Everything in properties that the schema of their type refuses: unknown and missing names, and values of the wrong
 * type, at every depth. What a function in them will give is not known yet. Which values a string may have, and how long it may be, is not looked at.
 * Source: messages of resource types, "Properties validation failed for resource … with message: …".
 */
export function propertyProblems(type: string, properties: Record<string, unknown>): PropertyProblem[] {
  const schema = schemaOf(type)
  if (!schema) return []
  const types = schema.types ?? {}
  return shapeProblems(schema, properties, '#')

  function shapeProblems(shape: Shape, value: Record<string, unknown>, pointer: string): PropertyProblem[] {
    const known = shape.properties ?? {}
    const names = Object.keys(value).filter(name => value[name] !== undefined && value[name] !== null)
    return [
      ...names
        .filter(name => !Object.hasOwn(known, name))
        .map((name): PropertyProblem => {
          return {pointer, kind: 'unknown', name, message: `extraneous key [${name}] is not permitted`}
        }),
      ...(shape.required ?? [])
        .filter(name => !names.includes(name))
        .map((name): PropertyProblem => {
          return {pointer, kind: 'missing', name, message: `required key [${name}] not found`}
        }),
      ...names.flatMap(name =>
        known[name] === undefined ? [] : valueProblems(known[name], value[name], `${pointer}/${name}`),
      ),
    ]
  }

  /** Of alternatives one has to fit; what the first has against the value is told. */
  function valueProblems(alternatives: string, value: unknown, pointer: string): PropertyProblem[] {
    if (isMap(value) && intrinsicOf(value) !== undefined) return []
    const found = alternatives.split('|').map(each => problemsOf(each, value, pointer))
    return found.some(problems => problems.length === 0) ? [] : (found[0] ?? [])
  }

  function problemsOf(expected: string, value: unknown, pointer: string): PropertyProblem[] {
    if (expected.endsWith('[]')) {
      const element = expected.slice(0, -2)
      if (Array.isArray(value)) {
        return value.flatMap((item, index) => valueProblems(element, item, `${pointer}/${index}`))
      }
      if (singleForList.includes(type) && typeof value === 'object')
        return valueProblems(element, value, pointer)
      return mismatch('JSONArray', value, pointer)
    }
    if (expected.endsWith('{}')) {
      if (jsonType(value) !== 'JSONObject') return mismatch('JSONObject', value, pointer)
      return Object.entries(record(value)).flatMap(([name, member]) =>
        valueProblems(expected.slice(0, -2), member, `${pointer}/${name}`),
      )
    }
    const scalar = scalars[expected]
    if (scalar) return scalar.takes(value) ? [] : mismatch(scalar.name, value, pointer)
    if (expected === 'json') return []
    if (jsonType(value) !== 'JSONObject') return mismatch('JSONObject', value, pointer)
    return expected === 'Tag' ? [] : shapeProblems(types[expected] ?? {}, record(value), pointer)
  }
}

/** Numbers and booleans may be written as text; what a dynamic reference stands for is known to nobody yet. */
const scalars: Readonly<Record<string, {name: string; takes(value: unknown): boolean}>> = {
  string: {name: 'String', takes: isScalar},
  'date-time': {name: 'String', takes: isScalar},
  integer: {name: 'Integer', takes: value => isReference(value) || /^[-+]?\d+$/.test(scalarText(value))},
  number: {
    name: 'Number',
    takes: value => isReference(value) || (scalarText(value).trim() !== '' && !Number.isNaN(Number(value))),
  },
  boolean: {name: 'Boolean', takes: value => isReference(value) || /^(true|false)$/i.test(scalarText(value))},
}

function mismatch(expected: string, value: unknown, pointer: string): PropertyProblem[] {
  return [{pointer, kind: 'mistyped', message: `expected type: ${expected}, found: ${jsonType(value)}`}]
}

/** The names that the validator's library gives to types. */
function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'JSONArray'
  if (typeof value === 'object' && value !== null) return 'JSONObject'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Double'
  return typeof value === 'boolean' ? 'Boolean' : 'String'
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function scalarText(value: unknown): string {
  return isScalar(value) ? String(value) : ''
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{resolve:')
}
