import type {Json} from '../json.js'

/** Bytes of a value that is parsed at once. */
const pieceBytes = 1_000_000
/** Levels of lists and objects that are taken apart; what is deeper is parsed at once, however large it is. */
const mostLevels = 8

/**
 * What `JSON.parse` makes of a text in UTF-8, without the text: a plan of 50 MB would be 100 MB as a string as soon as one
 * character of it is not of Western Europe. Lists and objects are taken apart until their pieces are small.
 *
 * @throws SyntaxError, whose message may quote the text
 */
export function parseLarge(bytes: Uint8Array): Json {
  return new Pieces(bytes).value(0, bytes.length, 0)
}

class Pieces {
  readonly #bytes: Uint8Array
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true})

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  value(from: number, to: number, level: number): Json {
    const start = this.#behindSpace(from)
    const first = this.#bytes[start]
    const isTakenApart = to - start > pieceBytes && level < mostLevels
    if (isTakenApart && first === openObject) return this.#object(start, to, level)
    if (isTakenApart && first === openList) return this.#list(start, to, level)
    return JSON.parse(this.#text(from, to))
  }

  #object(start: number, to: number, level: number): Json {
    const members: [string, Json][] = []
    const end = this.#each(start, closeObject, at => {
      const nameEnd = this.#behindString(at)
      const colon = this.#behindSpace(nameEnd)
      this.#expect(colon, colonSign)
      const valueEnd = this.#behindValue(this.#behindSpace(colon + 1))
      members.push([JSON.parse(this.#text(at, nameEnd)), this.value(colon + 1, valueEnd, level + 1)])
      return valueEnd
    })
    this.#expectEnd(end, to)
    return Object.fromEntries(members)
  }

  #list(start: number, to: number, level: number): Json {
    const elements: Json[] = []
    const end = this.#each(start, closeList, at => {
      const valueEnd = this.#behindValue(at)
      elements.push(this.value(at, valueEnd, level + 1))
      return valueEnd
    })
    this.#expectEnd(end, to)
    return elements
  }

  /** @returns the place behind the bracket that closes */
  #each(start: number, close: number, take: (at: number) => number): number {
    let at = this.#behindSpace(start + 1)
    if (this.#bytes[at] === close) return at + 1
    for (;;) {
      at = this.#behindSpace(take(at))
      if (this.#bytes[at] === close) return at + 1
      this.#expect(at, comma)
      at = this.#behindSpace(at + 1)
    }
  }

  /** Brackets are only counted: what is between them is parsed later. */
  #behindValue(from: number): number {
    const bytes = this.#bytes
    let depth = 0
    for (let at = from; at < bytes.length; ) {
      const byte = bytes[at]
      if (byte === quote) {
        at = this.#behindString(at)
      } else {
        const isClosing = byte === closeObject || byte === closeList
        if (depth === 0 && (isClosing || byte === comma)) return at
        if (byte === openObject || byte === openList) depth += 1
        if (isClosing) depth -= 1
        at += 1
        if (!isClosing) continue
      }
      if (depth === 0) return at
    }
    throw new SyntaxError('The text ends too early.')
  }

  #behindString(from: number): number {
    this.#expect(from, quote)
    const bytes = this.#bytes
    for (let at = from + 1; at < bytes.length; at += 1) {
      const byte = bytes[at]
      if (byte === quote) return at + 1
      if (byte === backslash) at += 1
    }
    throw new SyntaxError('The text ends too early.')
  }

  #behindSpace(from: number): number {
    let at = from
    while (isSpace(this.#bytes[at])) at += 1
    return at
  }

  #expect(at: number, byte: number): void {
    if (this.#bytes[at] !== byte) throw new SyntaxError('Another character is expected.')
  }

  #expectEnd(at: number, to: number): void {
    if (this.#behindSpace(at) < to) throw new SyntaxError('Something follows the value.')
  }

  #text(from: number, to: number): string {
    return this.#decoder.decode(this.#bytes.subarray(from, to))
  }
}

/** The four that JSON knows. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colonSign = 0x3a
const openObject = 0x7b
const closeObject = 0x7d
const openList = 0x5b
const closeList = 0x5d
