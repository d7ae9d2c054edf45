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
  const written = token === undefined ? 'from:0' : Buffer.from(token, 'base64url').toString('utf8')
  const start = Number(/^from:(\d{1,9})$/.exec(written)?.[1] ?? Number.NaN)
  if (Number.isNaN(start)) throw refusal()
  const end = start + size
  return {items: all.slice(start, end), next: end < all.length ? tokenOf(end) : undefined}
}

function tokenOf(place: number): string {
  return Buffer.from(`from:${place}`).toString('base64url')
}
