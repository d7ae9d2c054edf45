import {isObject, type Json} from '../json.js'

/** Numbers and truth values as texts, of which Terraform and CloudFormation write now one, now the other. */
export function scalars(value: Json): Json {
  return mapTexts(value, text => text)
}

/** Without repetitions, in an order of its own. */
export function sorted(list: readonly Json[]): readonly Json[] {
  const texts = new Map(list.map(element => [JSON.stringify(sortedMembers(element)), element]))
  return [...texts].sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, element]) => element)
}

export function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}

function sortedMembers(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedMembers)
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]) => [name, sortedMembers(member)] as const)
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
}

/** Every text of a value changed; numbers and truth values become texts. */
export function mapTexts(value: Json, map: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map(element => mapTexts(element, map))
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, map)]))
  }
  return value === null ? null : map(String(value))
}
