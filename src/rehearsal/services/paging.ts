import {AwsError} from '../wire/index.js'

/**
 * One page of a list and the opaque token of the next one.
 * @throws AwsError ValidationError for a token that this account never gave.
 */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
): {items: T[]; next: string | undefined} {
  const start =
    token === undefined
      ? 0
      : Number(
          Buffer.from(token, 'base64url')
            .toString('utf8')
            .replace(/^from:/, ''),
        )
  if (!Number.isInteger(start) || start < 0) throw new AwsError('ValidationError', 'Invalid NextToken')
  const end = start + size
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(`from:${end}`).toString('base64url') : undefined,
  }
}
