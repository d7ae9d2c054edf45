/** What stands where a secret stood. */
export const mask = '****'

/** A shorter text is in too many others to be looked for inside them. */
export const shortestFound = 4

/**
 * Finds any of many texts inside a text in one pass: where the next four characters begin one of them, each length that
 * such a one has is looked up. Neither the number of texts nor a beginning that they share makes it slower.
 */
export class SecretFinder {
  readonly #texts = new Set<string>()
  readonly #lengths = new Map<string, number[]>()
  /** Which hashes of four characters occur: most places need no look-up. */
  readonly #beginnings = new Uint8Array(hashes)

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      if (text.length < shortestFound) continue
      this.#texts.add(text)
      this.#beginnings[hashAt(text, 0)] = 1
      const beginning = text.slice(0, shortestFound)
      const lengths = this.#lengths.get(beginning)
      if (lengths === undefined) this.#lengths.set(beginning, [text.length])
      else if (!lengths.includes(text.length)) lengths.push(text.length)
    }
    // The longest first: a secret that contains another one is hidden as a whole.
    for (const lengths of this.#lengths.values()) lengths.sort((a, b) => b - a)
  }

  /** The same text with a mask for each of them, the one that begins first. */
  replace(text: string): string {
    if (this.#texts.size === 0 || text.length < shortestFound) return text
    let clean = ''
    let from = 0
    for (let at = 0; at + shortestFound <= text.length; at += 1) {
      if (this.#beginnings[hashAt(text, at)] === 0) continue
      const length = this.#lengthAt(text, at)
      if (length === 0) continue
      clean += text.slice(from, at) + mask
      from = at + length
      at = from - 1
    }
    return from === 0 ? text : clean + text.slice(from)
  }

  #lengthAt(text: string, at: number): number {
    const lengths = this.#lengths.get(text.slice(at, at + shortestFound)) ?? []
    return lengths.find(length => this.#texts.has(text.slice(at, at + length))) ?? 0
  }
}

const hashes = 65_536

function hashAt(text: string, at: number): number {
  let hash = 0
  for (let index = 0; index < shortestFound; index += 1)
    hash = (hash * 31 + text.charCodeAt(at + index)) % hashes
  return hash
}
