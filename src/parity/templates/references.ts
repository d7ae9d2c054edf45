import type {Label} from './template-set.js'

/**
 * A stand-in for what only AWS would know: the physical id of a resource (`Ref`) or one of its attributes
 * (`Fn::GetAtt`). It says which, so that it can be followed to its resource through parameters, exports and texts
 * around it.
 */
export interface Reference {
  readonly stack: Label
  readonly logicalId: string
  /** `undefined` for `Ref`. */
  readonly attribute?: string
}

/** `<ref:network.Vpc>` or `<att:compute.TaskRole.Arn>`; the brackets tell where it ends inside a longer text. */
export function standIn({stack, logicalId, attribute}: Reference): string {
  return attribute === undefined ? `<ref:${stack}.${logicalId}>` : `<att:${stack}.${logicalId}.${attribute}>`
}

const pattern = /<(?:ref|att):([a-z]+)\.([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?>/g

/** Every reference in a resolved value, at any depth and in the middle of texts. */
export function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(referencesIn)
  if (typeof value !== 'string') return []
  return [...value.matchAll(pattern)].map(match => referenceOf(match))
}

/** The reference that a value is, with nothing around it. */
export function referenceIn(value: unknown): Reference | undefined {
  const [only, ...others] = typeof value === 'string' ? [...value.matchAll(pattern)] : []
  return only !== undefined && others.length === 0 && only[0] === value ? referenceOf(only) : undefined
}

/** A text with each stand-in replaced. */
export function replaceReferences(text: string, by: (reference: Reference) => string): string {
  return text.replaceAll(pattern, (...match) => by(referenceOf(match)))
}

function referenceOf([, stack, logicalId, attribute]: readonly (string | undefined)[]): Reference {
  return {stack: stack as Label, logicalId: String(logicalId), ...(attribute !== undefined && {attribute})}
}
