/** What a template is made of once it is read: JSON, never changed after reading. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap
export interface ValueMap {
  readonly [key: string]: Value
}

/** Steps from the root of a template to a value in it, such as `['Resources', 'Vpc', 'Properties']`. */
export type Path = readonly (string | number)[]

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value)
}

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** The member of that name, never one that every object inherits (`toString` is a valid logical id). */
export function member<T>(record: {readonly [key: string]: T}, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** An empty record without inherited members, safe to index with names that users choose. */
export function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>
}

/** Sets a member also when it is called `__proto__`, which plain assignment would swallow. */
export function setMember<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, {value, enumerable: true, configurable: true, writable: true})
  } else {
    record[key] = value
  }
}

/** The name and argument of an intrinsic function: a map with one member called `Ref` or `Fn::…`. */
export function intrinsicOf(value: ValueMap): {readonly name: string; readonly argument: Value} | undefined {
  let name: string | undefined
  for (const key in value) {
    if (name !== undefined) return undefined
    name = key
  }
  if (name === undefined || (name !== 'Ref' && !name.startsWith('Fn::'))) return undefined
  return {name, argument: value[name] as Value}
}

/** CloudFormation writes pointers like `/Resources/Vpc/Properties` into its messages. */
export function pointerOf(path: Path): string {
  return `/${path.join('/')}`
}
