import {childStacks, type StackKey} from '../../environment/stacks.js'

/** Tells of a name whether it is one that the environment gives; never by its beginning alone. */
export type IsName = (name: string) => boolean

/** Where names are looked for. */
export interface Place {
  readonly environment: string
  readonly account: string
  readonly region: string
}

/** These names and no others. */
export function exactly(...names: readonly string[]): IsName {
  const known = new Set(names)
  return name => known.has(name)
}

/**
 * Names that CloudFormation makes from stack, logical id and a random part, in either layout. Services that know no capitals
 * have them in lower case. Source: CloudFormation template reference, "Name type".
 * @param logicalIds of the resources of that stack that have no name of their own
 */
export function generated(environment: string, key: StackKey, logicalIds: readonly string[]): IsName {
  const nested = childStacks.find(stack => stack.key === key)?.logicalId ?? key
  const stack = `(?:${literal(environment)}-${nested}-[0-9a-z]+|${literal(environment)}-${key})`
  const pattern = new RegExp(`^${stack}-(?:${logicalIds.join('|')})-[0-9a-z]+$`, 'i')
  return name => pattern.test(name)
}

/** The text itself, in a regular expression. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

export function either(...ones: readonly IsName[]): IsName {
  return name => ones.some(isName => isName(name))
}
