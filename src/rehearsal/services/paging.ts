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
  const start = token === undefined ? 0 : placeIn(token, refusal)
  const end = start + size
  return {items: all.slice(start, end), next: end < all.length ? tokenOf(end) : undefined}
}

/**
 * One page of a list that grows at its end, from the end on. The pages of one walk meet, whatever is added meanwhile.
 * @throws ValidationError for a token that this account never gave.
 */
export function lastFirst<T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
): {items: T[]; next: string | undefined} {
  const end = token === undefined ? all.length : placeIn(token, invalidToken)
  const start = Math.max(0, end - size)
  return {items: all.slice(start, end).reverse(), next: start > 0 ? tokenOf(start) : undefined}
}

function tokenOf(place: number): string {
  return Buffer.from(`from:${place}`).toString('base64url')
}

function placeIn(token: string, refusal: () => AwsError): number {
  const place = Number(
    Buffer.from(token, 'base64url')
      .toString('utf8')
      .replace(/^from:/, ''),
  )
  if (!Number.isInteger(place) || place < 0) throw refusal()
  return place
}
