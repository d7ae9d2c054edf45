/**
 * Asks one thing; a token that has become too old is renewed. A trial is a login of somebody else: no token of the
 * administrator is sent with it, and none is too old.
 */
export type Ask = <T>(
  asked: string,
  request: () => Promise<T>,
  options?: {readonly isTrial: boolean},
) => Promise<T>
