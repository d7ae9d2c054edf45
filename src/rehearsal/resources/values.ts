/** Reading resolved CloudFormation properties, in which numbers and booleans may be written as text. */

export type Properties = Record<string, unknown>

/** An object's members; an empty object for anything else. */
export function record(value: unknown): Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {}
}

/** A list's items; a single value is a list of one, as CloudFormation takes it; nothing is an empty list. */
export function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** A list of objects. */
export function records(value: unknown): Properties[] {
  return list(value).map(record)
}

/** Text, or undefined when there is none; numbers and booleans are written out. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Every item of a list as text. */
export function texts(value: unknown): string[] {
  return list(value).flatMap(item => text(item) ?? [])
}

/** A number, or undefined when it is not one. */
export function number(value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const result = Number(value)
  return Number.isFinite(result) ? result : undefined
}

/** A boolean, or undefined when it is not one. */
export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return undefined
}

/** What to keep when names are turned from CloudFormation's spelling into that of a JSON service's API. */
export interface ApiSpelling {
  /** Members whose name differs in more than the first letter. */
  rename?: Readonly<Record<string, string>>
  /** Members (in the API's spelling) that hold a map of names chosen by the user. */
  maps?: ReadonlySet<string>
  numbers?: ReadonlySet<string>
  booleans?: ReadonlySet<string>
}

/** Properties as the service's API spells them: `ContainerDefinitions` becomes `containerDefinitions`. */
export function apiShape(value: unknown, spelling: ApiSpelling, member = ''): unknown {
  if (Array.isArray(value)) return value.map(item => apiShape(item, spelling, member))
  if (typeof value === 'object' && value !== null) {
    if (spelling.maps?.has(member)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const apiName = spelling.rename?.[name] ?? name.charAt(0).toLowerCase() + name.slice(1)
        return [apiName, apiShape(inner, spelling, apiName)]
      }),
    )
  }
  if (spelling.numbers?.has(member)) return number(value)
  if (spelling.booleans?.has(member)) return flag(value)
  return typeof value === 'number' || typeof value === 'boolean' ? value : text(value)
}

/** Whether two plain values are the same, whatever the order of their members. */
export function same(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right)
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}
