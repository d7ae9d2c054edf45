import type {Clients} from './clients.js'

/** One question: what it returns has to be the same from both servers. Later checks find what earlier ones left. */
export interface Check {
  title: string
  ask(clients: Clients): Promise<unknown>
  /** Whether the account has to refuse it. */
  isRefused?: true
}

export const check = (title: string, ask: Check['ask']): Check => ({title, ask})

/** The refusal that a call must end with, as far as documentation fixes it: code and status, not the words. */
export async function refusal(call: Promise<unknown>): Promise<{code: string; status?: number}> {
  try {
    await call
  } catch (error) {
    const {name, Code, $metadata} = error as {
      name: string
      Code?: string
      $metadata?: {httpStatusCode?: number}
    }
    if (!$metadata) throw error
    return {code: Code ?? name, status: $metadata.httpStatusCode}
  }
  return {code: 'none'}
}

/** A check that a call is refused in the same way. */
export const refused = (title: string, call: (clients: Clients) => Promise<unknown>): Check => ({
  title,
  ask: clients => refusal(call(clients)),
  isRefused: true,
})

const masks: readonly (readonly [RegExp, string])[] = [
  [/\b(arn:aws:[\w-]+:[\w-]*:)\d{12}\b/g, '$1<account>'],
  [/\b\d{12}\b/g, '<account>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>'],
  [/\b([a-z]+)-(?:[0-9a-f]{17}|[0-9a-f]{8})\b/g, '$1-<id>'],
  [/\/[0-9a-f]{16}\b/g, '/<id>'],
]

/** The answer without what two accounts cannot share: ids, account numbers, dates. */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') return masks.reduce((text, [what, by]) => text.replace(what, by), value)
  if (value instanceof Date) return '<date>'
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(members.map(([name, item]) => [name, masked(item)]))
}
