import type {Json} from './json.js'

/** What hides the secrets of one document or more. */
interface Hiding {
  hide(value: Json): Json
}

/** Members that hold values of a plan or of the templates, of any shape. */
const foreign = new Set(['terraform', 'here', 'before', 'after'])

/** Members whose values are words of ours: a report without its verdicts would be none, should a secret be such a word. */
const ours = new Set(['verdict', 'kind', 'tool', 'change', 'layout', 'code'])

/** A report without the secrets of the documents that it is made of. */
export function hiddenIn<T extends object>(report: T, secrets: Hiding): T {
  return Object.fromEntries(
    Object.entries(report).map(([name, member]) => [name, hiddenMember(name, member, secrets)]),
  ) as T
}

function hiddenMember(name: string, member: unknown, secrets: Hiding): unknown {
  if (ours.has(name)) return member
  if (foreign.has(name)) return secrets.hide((member ?? null) as Json)
  if (Array.isArray(member)) return member.map(each => hiddenMember('', each, secrets))
  if (typeof member === 'object' && member !== null) return hiddenIn(member, secrets)
  return typeof member === 'string' ? secrets.hide(member) : member
}
