import type {Value} from '../value.js'
import {type Located, Recorder} from './located.js'
import {numberOrText, type ScalarReading} from './scalar.js'

/** The offset of the first character that JSON does not allow there. */
export class JsonSyntaxError extends Error {
  readonly offset: number

  constructor(offset: number) {
    super(`not JSON at offset ${offset}`)
    this.offset = offset
  }
}

const stringToken = /"(?:[\u0020\u0021\u0023-\u005b\u005d-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const numberToken = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y
/** Levels of maps and lists: more than any template or policy has, and fewer than would overflow the stack of a reader. */
const deepest = 400

const blank = /[ \t\r\n]*/y

/**
 * Reads JSON and remembers where each member is. `JSON.parse` cannot tell positions, and on a syntax
 * error not even that one reliably: its message differs between versions of Node.js.
 * @param scalars `written` keeps a number as the text that it is
 * @throws {JsonSyntaxError}
 */
export function readJson(text: string, scalars: ScalarReading = 'typed'): Located {
  return new JsonReader(text, scalars).read()
}

class JsonReader {
  readonly #text: string
  readonly #recorder = new Recorder()
  readonly #scalars: ScalarReading
  #at = 0
  #depth = 0

  constructor(text: string, scalars: ScalarReading) {
    this.#text = text
    this.#scalars = scalars
  }

  read(): Located {
    this.#skipBlank()
    const value = this.#value()
    this.#skipBlank()
    if (this.#at < this.#text.length) this.#fail()
    return this.#recorder.located(value)
  }

  #value(): Value {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#map()
      case '[':
        return this.#list()
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #map(): Value {
    const map = this.#recorder.map()
    this.#each('}', () => {
      const offset = this.#at
      if (this.#text[offset] !== '"') this.#fail()
      const key = this.#string()
      this.#skipBlank()
      this.#take(':')
      this.#skipBlank()
      this.#recorder.put(map, key, offset, this.#value())
    })
    return map
  }

  #list(): Value {
    const list = this.#recorder.list()
    this.#each(']', () => this.#recorder.push(list, this.#at, this.#value()))
    return list
  }

  #each(close: string, readOne: () => void): void {
    this.#depth++
    if (this.#depth > deepest) this.#fail()
    this.#members(close, readOne)
    this.#depth--
  }

  #members(close: string, readOne: () => void): void {
    this.#at++
    this.#skipBlank()
    if (this.#text[this.#at] === close) {
      this.#at++
      return
    }
    for (;;) {
      readOne()
      this.#skipBlank()
      if (this.#text[this.#at] === close) break
      this.#take(',')
      this.#skipBlank()
    }
    this.#at++
  }

  #string(): string {
    const token = this.#token(stringToken)
    return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1)
  }

  #number(): number | string {
    const token = this.#token(numberToken)
    if (this.#scalars === 'written') return token
    const number = numberOrText(token)
    return typeof number === 'string' && /^-?[0-9]+[eE]/.test(token) ? Number(token) : number
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail()
    this.#at += word.length
    return value
  }

  #token(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const token = pattern.exec(this.#text)?.[0]
    if (token === undefined) return this.#fail()
    this.#at += token.length
    return token
  }

  #take(character: string): void {
    if (this.#text[this.#at] !== character) this.#fail()
    this.#at++
  }

  #skipBlank(): void {
    blank.lastIndex = this.#at
    blank.test(this.#text)
    this.#at = blank.lastIndex
  }

  #fail(): never {
    throw new JsonSyntaxError(this.#at)
  }
}
