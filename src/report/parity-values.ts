import {isDeepStrictEqual} from 'node:util'

/** What two values are without what is the same in both, so that long ones can be compared by eye. */
export function apart(one: unknown, other: unknown): readonly [unknown, unknown] {
  if (Array.isArray(one) && Array.isArray(other)) return listsApart(one, other)
  if (isRecord(one) && isRecord(other)) return recordsApart(one, other)
  return [one, other]
}

/** Elements that the other list lacks. Lists that only differ in their order, or in how often, stay whole. */
function listsApart(one: readonly unknown[], other: readonly unknown[]): readonly [unknown, unknown] {
  const [first, second] = [without(one, other), without(other, one)]
  if (first.length + second.length === 0) return [one, other]
  const [only] = first
  const [onlyOther] = second
  // One element on each side is the same one, changed.
  if (first.length === 1 && second.length === 1) {
    const [left, right] = apart(only, onlyOther)
    return [[left], [right]]
  }
  return [first, second]
}

function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  return list.filter(element => !other.some(each => isDeepStrictEqual(each, element)))
}

function recordsApart(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): readonly [unknown, unknown] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    name => !isDeepStrictEqual(one[name], other[name]),
  )
  if (names.length === 0) return [one, other]
  const parts = names.map(name => [name, apart(one[name], other[name])] as const)
  const side = (index: 0 | 1, whole: object) =>
    Object.fromEntries(
      parts.filter(([name]) => Object.hasOwn(whole, name)).map(([name, both]) => [name, both[index]]),
    )
  return [side(0, one), side(1, other)]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
