import {fitsWildcards} from '../../account/wildcards.js'
import {AwsError} from '../../wire/errors.js'

/** An EC2 filter as the client sends it. */
export interface Ec2Filter {
  Name?: string
  Values?: string[]
}

/** What can be asked of a thing: its value, or values, under each filter's name, and its tags. */
export interface Filterable {
  [filter: string]: string | readonly string[] | undefined | Record<string, string>
  tags: Record<string, string>
}

/**
 * Keeps what passes every filter; one of a filter's values has to fit, with `*` and `?` as wildcards.
 * Source: EC2 API reference, "Filter".
 * @throws AwsError InvalidParameterValue for a filter that the operation does not have.
 */
export function filtered<T>(
  all: readonly T[],
  filters: readonly Ec2Filter[] | undefined,
  describe: (item: T) => Filterable,
): T[] {
  return all.filter(item => (filters ?? []).every(filter => fits(filter, describe(item))))
}

function fits({Name = '', Values = []}: Ec2Filter, {tags, ...known}: Filterable): boolean {
  const matches = (value: string) => Values.some(pattern => fitsWildcards(pattern, value, {oneByOne: true}))
  if (Name === 'tag-key') return Object.keys(tags).some(matches)
  if (!Name.startsWith('tag:') && !Object.hasOwn(known, Name)) {
    throw new AwsError('InvalidParameterValue', `The filter '${Name}' is invalid`)
  }
  const value = Name.startsWith('tag:') ? tags[Name.slice(4)] : known[Name]
  if (Array.isArray(value)) return value.some(matches)
  return typeof value === 'string' && matches(value)
}

/** Tags as EC2 lists them. */
export function tagList(tags: Record<string, string>): {Key: string; Value: string}[] {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
}

/**
 * Holds a list of ids to what exists.
 * @throws AwsError with the code and words that the service has for the first id that does not exist.
 */
export function selected<T>(
  all: readonly T[],
  ids: readonly string[] | undefined,
  idOf: (item: T) => string | undefined,
  missing: {code: string; message(id: string): string},
): readonly T[] {
  if (!ids || ids.length === 0) return all
  const absent = ids.find(id => !all.some(item => idOf(item) === id))
  if (absent !== undefined) throw new AwsError(missing.code, missing.message(absent))
  return all.filter(item => ids.includes(idOf(item) ?? ''))
}
