import {isList, isMap, type Value} from './value.js'

/** `{{resolve:kind:reference}}` as it is in a text. */
export interface DynamicReference {
  readonly kind: 'ssm' | 'ssm-secure' | 'secretsmanager'
  /** What follows the kind, such as `my-secret:SecretString:password`. */
  readonly reference: string
  /** The whole text with its braces. */
  readonly text: string
}

const pattern = /\{\{resolve:(ssm-secure|ssm|secretsmanager):([^{}]+)\}\}/g

/** Every dynamic reference in a value. They are never resolved here: their values are secrets or change. */
export function findDynamicReferences(value: unknown): DynamicReference[] {
  if (typeof value === 'string') {
    return [...value.matchAll(pattern)].map(([text, kind, reference = '']) => ({
      kind: kind as DynamicReference['kind'],
      reference,
      text,
    }))
  }
  if (isList(value)) return value.flatMap(findDynamicReferences)
  return isMap(value) ? Object.values<Value>(value).flatMap(findDynamicReferences) : []
}
