import type {ParityDifference, ParityReport, ParityResource} from '../results.js'

/** What differs of one resource of the templates, whichever addresses it comes from. */
export interface DifferingResource {
  /** `network.Vpc`; the address, where no pattern takes it. */
  readonly name: string
  readonly resources: readonly ParityResource[]
}

/** Differing resources of one stack. */
export interface DifferingStack {
  /** `network`; undefined for what has no place in the templates. */
  readonly stack: string | undefined
  readonly resources: readonly DifferingResource[]
}

/** What differs or is missing, by stack and resource, in the order of the plan; what has no place comes last. */
export function differingStacks({resources}: Pick<ParityReport, 'resources'>): DifferingStack[] {
  const wrong = resources.filter(({verdict}) => verdict === 'different' || verdict === 'missing')
  const placed = wrong.filter(({counterpart}) => counterpart?.resource)
  const stacks = grouped(placed, resource => placeOf(resource).split('.')[0] ?? '')
  return [
    ...stacks.map(([stack, of]) => ({stack, resources: named(of, placeOf)})),
    ...withoutPlace(wrong.filter(({counterpart}) => !counterpart?.resource)),
  ]
}

function withoutPlace(resources: readonly ParityResource[]): DifferingStack[] {
  return resources.length === 0
    ? []
    : [{stack: undefined, resources: named(resources, ({address}) => address)}]
}

function named(
  resources: readonly ParityResource[],
  nameOf: (resource: ParityResource) => string,
): DifferingResource[] {
  return grouped(resources, nameOf).map(([name, of]) => ({name, resources: of}))
}

function placeOf({counterpart}: ParityResource): string {
  return counterpart?.resource ?? ''
}

/** Members under what they have in common, in the order in which it first occurs. */
export function grouped<T>(members: readonly T[], keyOf: (member: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member])
  return [...groups]
}

/** What a difference is of: an attribute, a property, or both; `code` shows each. */
export function nameOf(
  {attribute, property}: ParityDifference,
  code: (text: string) => string = text => text,
): string {
  const [theirs, ours] = [attribute, property].map(name => (name === '' ? 'the whole' : name && code(name)))
  if (!theirs) return `${ours ?? 'the resource'} (only here)`
  return ours ? `${theirs} → ${ours}` : `${theirs} (only in Terraform)`
}

/** What is the matter with a resource, for whoever has to mend it. */
export function troubleOf({verdict, counterpart}: ParityResource): string {
  if (verdict !== 'missing') return ''
  return counterpart === null
    ? 'No pattern of parity/mapping.yaml takes this address.'
    : 'The templates have no such resource.'
}

/** A value as people read it: a text as it is, everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'string') return value === '' ? '""' : value
  return JSON.stringify(value)
}

/** `Count of things`, with the word in its number. */
export function countOf(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}
