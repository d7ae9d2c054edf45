import {isList, isMap, type Path, setMember, type Value} from '../value.js'

/** Offsets of the members of each container, by key or index. */
export type Offsets = Pick<WeakMap<object, Record<string, number>>, 'get'>

/** A value as read from text, and where its parts are in that text. */
export interface Located {
  readonly value: Value
  readonly offsets: Offsets
  readonly duplicates: readonly {readonly key: string; readonly offset: number}[]
  /** It was read, and checked, when the program was built. */
  readonly isPrepared?: true
}

/** What was read, as `prepare` writes it. */
export interface Prepared {
  /** The value, as JSON. */
  readonly value: string
  /** Of each container, outer before inner, the offsets of its members; null where a member has none. As JSON. */
  readonly offsets: string
  readonly duplicates: Located['duplicates']
}

/** Builds maps and lists and remembers the offsets of what is put into them. */
export class Recorder {
  readonly #offsets = new WeakMap<object, Record<string, number>>()
  readonly #duplicates: {key: string; offset: number}[] = []

  map(): Record<string, Value> {
    const map: Record<string, Value> = {}
    this.#offsets.set(map, Object.create(null))
    return map
  }

  list(): Value[] {
    const list: Value[] = []
    this.#offsets.set(list, Object.create(null))
    return list
  }

  /** Puts a member; the last one of a name wins, as in CloudFormation. */
  put(map: Record<string, Value>, key: string, offset: number, value: Value): void {
    const offsets = this.#offsets.get(map)
    if (offsets === undefined) return
    if (key in offsets) this.#duplicates.push({key, offset})
    offsets[key] = offset
    setMember(map, key, value)
  }

  push(list: Value[], offset: number, value: Value): void {
    const offsets = this.#offsets.get(list)
    if (offsets !== undefined) offsets[list.length] = offset
    list.push(value)
  }

  located(value: Value): Located {
    return {value, offsets: this.#offsets, duplicates: this.#duplicates}
  }
}

/** The offset of a path, or of the deepest part of it that exists. */
export function offsetOf(located: Located, path: Path): number {
  let value: Value | undefined = located.value
  let offset = 0
  for (const step of path) {
    if (!isMap(value) && !isList(value)) break
    const next: number | undefined = located.offsets.get(value)?.[step]
    if (next === undefined) break
    offset = next
    value = (value as Record<string | number, Value>)[step]
  }
  return offset
}

/** Turns offsets into lines and columns, both from 1. */
export class LineIndex {
  readonly #text: string
  #starts: number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  positionOf(offset: number): {line: number; column: number} {
    this.#starts ??= lineStarts(this.#text)
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return {line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1}
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
