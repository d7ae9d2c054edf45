import {AwsError} from '../wire/index.js'

const invalidToken = () => new AwsError('ValidationError', 'Invalid NextToken')

/**
 * One page of a list and the opaque token of the next one.
 * @throws what `refusal` makes, for a token that this account never gave; each service has its own.
 */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
  refusal: () => AwsError = invalidToken,
): {items: T[]; next: string | undefined} {
  const start =
    token === undefined
      ? 0
      : Number(
          Buffer.from(token, 'base64url')
            .toString('utf8')
            .replace(/^from:/, ''),
        )
  if (!Number.isInteger(start) || start < 0) throw refusal()
  const end = start + size
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(`from:${end}`).toString('base64url') : undefined,
  }
}
