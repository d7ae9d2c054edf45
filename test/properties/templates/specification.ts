import {loadAwsServiceSpecSync} from '@aws-cdk/aws-service-spec'

/** A resource type as CloudFormation's registry describes it, in the form that the AWS CDK team publishes. */
export interface ResourceSpecification {
  readonly properties: Members
  readonly attributes: Readonly<Record<string, unknown>>
  /** It holds what people would miss. */
  readonly isStateful?: boolean
}

type Members = Readonly<Record<string, PropertySpecification>>

interface PropertySpecification {
  readonly type: PropertyType
  readonly previousTypes?: readonly PropertyType[]
  readonly required?: boolean
}

type PropertyType =
  | {readonly type: 'array' | 'map'; readonly element: PropertyType}
  | {readonly type: 'union'; readonly types: readonly PropertyType[]}
  | {readonly type: 'ref'; readonly reference: unknown}
  | {readonly type: 'json' | 'tag'}
  | Scalar

interface Scalar {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'date-time' | 'null'
  readonly allowedValues?: readonly unknown[]
}

type Database = ReturnType<typeof loadAwsServiceSpecSync>

let loaded: Database | undefined
const known = new Map<string, ResourceSpecification | undefined>()

/** Most of a second and 150 MB: only when the first type is asked for. */
function database(): Database {
  loaded ??= loadAwsServiceSpecSync()
  return loaded
}

/** `undefined` for a type that CloudFormation does not have, such as a custom resource. */
export function specificationOf(type: string): ResourceSpecification | undefined {
  if (!known.has(type)) {
    known.set(type, [...database().lookup('resource', 'cloudFormationType', 'equals', type)][0])
  }
  return known.get(type)
}

function membersOf(reference: unknown): Members {
  return database().get('typeDefinition', reference as string).properties
}

/** Whether a type has a property: `Matcher.HttpCode`, `Volumes.*.Name`, `Attributes[key]` for the value of a key. */
export function hasProperty(type: string, path: string): boolean {
  const members = specificationOf(type)?.properties
  return members !== undefined && isIn(members, path.replace(/\[.*$/, '.*.Value').split('.'))
}

function isIn(members: Members, [name = '', ...rest]: readonly string[]): boolean {
  const property = Object.hasOwn(members, name) ? members[name] : undefined
  return (
    property !== undefined &&
    [property.type, ...(property.previousTypes ?? [])].some(type => leads(type, rest))
  )
}

function leads(type: PropertyType, path: readonly string[]): boolean {
  if (path.length === 0 || type.type === 'json') return true
  if (type.type === 'array' || type.type === 'map') return leads(type.element, path.slice(1))
  if (type.type === 'union') return type.types.some(one => leads(one, path))
  return type.type === 'ref' && isIn(membersOf(type.reference), path)
}

/**
 * Where properties are not what the specification says: unknown, missing, of another shape, or no value of a list of
 * words. A text in which `isUnknown` finds a stand-in may be any scalar.
 */
export function misfits(
  specification: ResourceSpecification,
  properties: unknown,
  isUnknown: (text: string) => boolean,
): string[] {
  return inMembers(specification.properties, properties, '')

  function inMembers(members: Members, value: unknown, path: string): string[] {
    if (!isMap(value)) return [`${path || 'it'} is no map`]
    const missing = Object.entries(members)
      .filter(([name, {required}]) => required === true && value[name] === undefined)
      .map(([name]) => `${path}${name} is missing`)
    const present = Object.entries(value).flatMap(([name, member]) => {
      const property = Object.hasOwn(members, name) ? members[name] : undefined
      if (property === undefined) return [`there is no ${path}${name}`]
      const [first = [], ...others] = [property.type, ...(property.previousTypes ?? [])].map(type =>
        inType(type, member, `${path}${name}`),
      )
      return others.some(found => found.length === 0) ? [] : first
    })
    return [...missing, ...present]
  }

  function inType(type: PropertyType, value: unknown, path: string): string[] {
    switch (type.type) {
      case 'json':
        return []
      case 'ref':
        return inMembers(membersOf(type.reference), value, `${path}.`)
      case 'tag':
        return isMap(value) && 'Key' in value && 'Value' in value ? [] : [`${path} is no tag`]
      case 'array':
        if (!Array.isArray(value)) return [`${path} is no list`]
        return value.flatMap((item, index) => inType(type.element, item, `${path}[${index}]`))
      case 'map':
        if (!isMap(value)) return [`${path} is no map`]
        return Object.entries(value).flatMap(([key, item]) => inType(type.element, item, `${path}.${key}`))
      case 'union': {
        const found = type.types.map(one => inType(one, value, path))
        return found.some(misfit => misfit.length === 0) ? [] : (found[0] ?? [])
      }
      default:
        return inScalar(type, value, path)
    }
  }

  function inScalar(type: Scalar, value: unknown, path: string): string[] {
    if (typeof value === 'object') return [`${path} is no ${type.type}`]
    const text = String(value)
    if (isUnknown(text)) return []
    const isRight =
      type.type === 'integer'
        ? /^-?\d+$/.test(text)
        : type.type === 'number'
          ? /^-?\d+(\.\d+)?$/.test(text)
          : type.type !== 'boolean' || /^(true|false)$/.test(text)
    if (!isRight) return [`${path} is ${text}, no ${type.type}`]
    const words = type.allowedValues
    return words === undefined || words.map(String).includes(text)
      ? []
      : [`${path} is ${text}, none of ${words}`]
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
