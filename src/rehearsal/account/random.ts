import {createHash} from 'node:crypto'

/**
 * Chance that does not depend on the order of calls: the same seed and the same words give the same number,
 * 0 ≤ n < 1. This is what makes a rehearsal repeatable whatever the client polls.
 */
export function chance(seed: number, ...words: readonly (string | number)[]): number {
  return digest(seed, words).readUIntBE(0, 6) / 2 ** 48
}

/** `length` lower-case hexadecimal digits, repeatable like {@link chance}; at most 64. */
export function hexId(seed: number, length: number, ...words: readonly (string | number)[]): string {
  return digest(seed, words).toString('hex').slice(0, length)
}

/** A version-4 shaped UUID, repeatable like {@link chance}. */
export function uuid(seed: number, ...words: readonly (string | number)[]): string {
  const hex = hexId(seed, 32, ...words)
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** `length` characters of `alphabet`, repeatable like {@link chance}; at most 64. */
export function letters(
  seed: number,
  length: number,
  alphabet: string,
  ...words: readonly (string | number)[]
): string {
  const bytes = Buffer.concat([digest(seed, words), digest(seed, [...words, 'more'])])
  return Array.from(bytes.subarray(0, length), byte => alphabet.charAt(byte % alphabet.length)).join('')
}

function digest(seed: number, words: readonly (string | number)[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...words]))
    .digest()
}
