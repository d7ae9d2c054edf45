/** How a pattern is meant; both are false unless said otherwise. */
interface Reading {
  ignoreCase?: boolean
  /** Whether `?` stands for any one character. */
  oneByOne?: boolean
}

/**
 * Whether a text is, from end to end, what a pattern says in which `*` stands for anything. As regular expressions such
 * patterns would take exponential time, and hold up everybody else; this takes at most pattern times text.
 */
export function fitsWildcards(pattern: string, text: string, reading: Reading = {}): boolean {
  const [wanted, given] = reading.ignoreCase ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text]
  let [at, next] = [0, 0]
  let star: {after: number; covers: number} | undefined
  while (at < given.length) {
    if (wanted[next] === '*') {
      next += 1
      star = {after: next, covers: at}
    } else if (wanted[next] === given[at] || (reading.oneByOne && wanted[next] === '?')) {
      next += 1
      at += 1
    } else {
      if (!star) return false
      // Only the last star can still take more: whatever the ones before it took leaves it the most to choose from.
      star.covers += 1
      at = star.covers
      next = star.after
    }
  }
  return /^\**$/.test(wanted.slice(next))
}
