import type {AwsError} from '../wire/errors.js'

interface Bounds {
  least: number
  most: number
}

/**
 * Holds a number of a request to what the API reference allows. The words are those that most services share.
 * @throws what `refusal` makes of them: each service has its own error.
 */
export function checkValue(
  name: string,
  value: number | undefined,
  bounds: Bounds,
  refusal: (message: string) => AwsError,
): void {
  if (value !== undefined) check(name, String(value), value, 'value', bounds, refusal)
}

/** Holds the length of a list to what the API reference allows, in the same words. */
export function checkLength(
  name: string,
  list: readonly string[],
  bounds: Bounds,
  refusal: (message: string) => AwsError,
): void {
  check(name, `[${list.join(', ')}]`, list.length, 'length', bounds, refusal)
}

function check(
  name: string,
  shown: string,
  measure: number,
  noun: 'value' | 'length',
  {least, most}: Bounds,
  refusal: (message: string) => AwsError,
): void {
  if (measure >= least && measure <= most) return
  const bound = measure < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`
  throw refusal(
    `1 validation error detected: Value '${shown}' at '${name}' failed to satisfy constraint: Member must have ${noun} ${bound}`,
  )
}
