import {isDeepStrictEqual} from 'node:util'

/** Where two answers differ, and what each says there. */
export interface Difference {
  /** Title of the answer and the members on the way: `a realm > body > realm`. */
  readonly path: string
  readonly ours: unknown
  readonly theirs: unknown
}

/** Every place where two values differ, as deep as both are objects or lists of one length. */
export function differences(ours: unknown, theirs: unknown, path: readonly string[] = []): Difference[] {
  if (isDeepStrictEqual(ours, theirs)) return []
  const isList = Array.isArray(ours) && Array.isArray(theirs)
  if ((isList && ours.length === theirs.length) || (!isList && isObject(ours) && isObject(theirs))) {
    const [left, right] = [ours as Record<string, unknown>, theirs as Record<string, unknown>]
    const names = new Set([...Object.keys(left), ...Object.keys(right)])
    return [...names].flatMap(name => differences(left[name], right[name], [...path, name]))
  }
  return [{path: path.join(' > '), ours, theirs}]
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
