/** Texts that are looked for inside others, by how they begin: most places of a text need one look-up. */
export class TextFinder {
  readonly #byBeginning = new Map<string, string[]>()

  constructor(texts: Iterable<string>) {
    for (const text of new Set(texts)) {
      const beginning = text.slice(0, beginningLength)
      if (beginning.length < beginningLength) continue
      const alike = this.#byBeginning.get(beginning)
      if (alike === undefined) this.#byBeginning.set(beginning, [text])
      else alike.push(text)
    }
    // The longest first: of two texts that begin alike, the longer one is meant.
    for (const alike of this.#byBeginning.values()) alike.sort((a, b) => b.length - a.length)
  }

  /** The text with each occurrence that stands by itself replaced. */
  replace(text: string, by: (found: string) => string): string {
    let result = ''
    let copied = 0
    for (let at = 0; at + beginningLength <= text.length; at += 1) {
      if (at > 0 && partOfWord.test(text[at - 1] ?? '')) continue
      const alike = this.#byBeginning.get(text.slice(at, at + beginningLength))
      const found = alike?.find(one => text.startsWith(one, at) && endsWord(text, at + one.length))
      if (found === undefined) continue
      result += text.slice(copied, at) + by(found)
      copied = at + found.length
      at = copied - 1
    }
    return copied === 0 ? text : result + text.slice(copied)
  }
}

const beginningLength = 4
const partOfWord = /[\w-]/

function endsWord(text: string, at: number): boolean {
  return at >= text.length || !partOfWord.test(text[at] ?? '')
}
