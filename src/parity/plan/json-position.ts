/**
 * Where a text stops being JSON: line and column from 1, and whether it is the end. `JSON.parse` tells the place only
 * sometimes, and quotes what stands there, which may be a secret; this quotes nothing.
 */
export function brokenAt(text: string): {line: number; column: number; isEnd: boolean} {
  const stop = new Scanner(text).brokenAt()
  unfinished.lastIndex = stop
  const at = unfinished.test(text) ? text.length : stop
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const line = text.slice(0, lineStart).split('\n').length
  return {line, column: at - lineStart + 1, isEnd: at >= text.length}
}

/** Looks at tokens one by one; what is open is kept in a list, so that no nesting is too deep for it. */
class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  brokenAt(): number {
    const open: ('{' | '[')[] = []
    let wanted: 'value' | 'name' | 'next' = 'value'
    /** An empty object or list may be closed at once. */
    let mayClose = false
    for (;;) {
      this.#space()
      const character = this.#text[this.#at]
      const innermost = open.at(-1)
      if (wanted === 'next' && innermost === undefined) return this.#at
      if ((wanted === 'next' || mayClose) && character === closing(innermost)) {
        open.pop()
        this.#at += 1
        wanted = 'next'
        mayClose = false
      } else if (wanted === 'next') {
        if (character !== ',') return this.#at
        this.#at += 1
        wanted = innermost === '{' ? 'name' : 'value'
        mayClose = false
      } else if (wanted === 'name') {
        if (!this.#string()) return this.#at
        this.#space()
        if (this.#text[this.#at] !== ':') return this.#at
        this.#at += 1
        wanted = 'value'
        mayClose = false
      } else if (character === '{' || character === '[') {
        open.push(character)
        this.#at += 1
        wanted = character === '{' ? 'name' : 'value'
        mayClose = true
      } else {
        if (!this.#string() && !this.#token(aNumber) && !this.#token(aWord)) return this.#at
        wanted = 'next'
        mayClose = false
      }
    }
  }

  #space(): void {
    this.#token(space)
  }

  #token(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined) return false
    this.#at += found.length
    return true
  }

  /** Goes behind a text, or to what is wrong in it. No pattern: a text may have megabytes, and patterns remember each step. */
  #string(): boolean {
    if (this.#text[this.#at] !== '"') return false
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at)
      if (code < firstPrintable) return false
      if (code === quote) {
        this.#at += 1
        return true
      }
      if (code !== backslash) continue
      if (!this.#token(anEscape)) return false
      this.#at -= 1
    }
    return false
  }
}

const firstPrintable = 0x20
const quote = 0x22
const backslash = 0x5c

function closing(open: '{' | '[' | undefined): string | null {
  if (open === undefined) return null
  return open === '{' ? '}' : ']'
}

const space = /[ \t\r\n]*/y
const anEscape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const aNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** The last piece of a text that was cut off in a word, a number or an escape. */
const unfinished = /(?:t(?:ru?)?|f(?:a(?:ls?)?)?|nu?l?|-|\.|[eE][+-]?|\\(?:u[0-9a-fA-F]{0,3})?)$/y
const aWord = /true|false|null/y
