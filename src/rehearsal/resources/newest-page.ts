import {AwsError} from '../wire/index.js'

/**
 * One page of a list that grows at its end, newest first. The token says from where it continues, so that what is added
 * meanwhile moves no page.
 * @throws AwsError ValidationError for a token that this account never gave.
 */
export function newestPage<T>(
  oldestFirst: readonly T[],
  seen: number,
  token: string | undefined,
  size: number,
): {items: T[]; next: string | undefined} {
  const end = token === undefined ? seen : endOf(token)
  if (end > oldestFirst.length) throw refusal()
  const start = Math.max(0, end - size)
  return {
    items: oldestFirst.slice(start, end).reverse(),
    next: start > 0 ? Buffer.from(`below:${start}`).toString('base64url') : undefined,
  }
}

function endOf(token: string): number {
  const [, end] = /^below:([1-9]\d{0,9})$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? []
  if (end === undefined) throw refusal()
  return Number(end)
}

function refusal(): AwsError {
  return new AwsError('ValidationError', 'Invalid NextToken')
}
