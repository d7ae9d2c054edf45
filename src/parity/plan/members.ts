import {isObject, type Json, type JsonObject} from '../json.js'
import {malformed} from './refusals.js'

/** A member that is not as the format has it; `where` is its path, with the numbers of what has names of its own: these may be anything. The reader turns it into a failure that names the file. */
export class MalformedError extends Error {
  override name = 'MalformedError'
  readonly where: string
  readonly wanted: string

  constructor(where: string, wanted: string) {
    super(`${where} is not ${wanted}`)
    this.where = where
    this.wanted = wanted
  }
}

/** Does the work of reading; what is not as the format has it becomes a failure that names the file. */
export function namingFile<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof MalformedError) throw malformed(name, error.where, error.wanted)
    // Values inside each other a thousand times over: no provider has such.
    if (error instanceof RangeError) throw malformed(name, 'a value', 'nested less deeply')
    throw error
  }
}

/** An object; empty where it is absent or null, as Go leaves out what is empty. */
export function objectAt(parent: JsonObject, member: string, where: string): JsonObject {
  const value = own(parent, member) ?? {}
  if (!isObject(value)) throw new MalformedError(path(where, member), 'an object')
  return value
}

/** A list; empty where it is absent or null. */
export function listAt(parent: JsonObject, member: string, where: string): readonly Json[] {
  const value = own(parent, member) ?? []
  if (!Array.isArray(value)) throw new MalformedError(path(where, member), 'a list')
  return value
}

/** A list of objects; empty where it is absent or null. */
export function objectsAt(parent: JsonObject, member: string, where: string): readonly JsonObject[] {
  return listAt(parent, member, where).map((value, index) => {
    if (!isObject(value)) throw new MalformedError(`${path(where, member)}.${index}`, 'an object')
    return value
  })
}

export function textAt(parent: JsonObject, member: string, where: string): string {
  const value = own(parent, member)
  if (typeof value !== 'string') throw new MalformedError(path(where, member), 'a text')
  return value
}

/** Values inside each other; the most that an attribute of a provider has is about 10. */
export const deepest = 100

/** The value, which is nested less deeply than what walks through it can go. */
export function shallow<T extends Json>(value: T, where: string): T {
  if (isDeep(value, deepest)) throw new MalformedError(where, 'nested less deeply')
  return value
}

export function isDeep(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(inside => isDeep(inside, levels - 1))
}

/** What is there under this name; `__proto__` and `constructor` are names like any other. */
export function own(parent: JsonObject, member: string): Json | undefined {
  return Object.hasOwn(parent, member) ? parent[member] : undefined
}

function path(where: string, member: string): string {
  return where === '' ? member : `${where}.${member}`
}
