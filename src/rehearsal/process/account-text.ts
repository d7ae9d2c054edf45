import {closeSync, openSync, readSync} from 'node:fs'
import type {Account} from '../account/account.js'
import {dictionary} from '../account/dictionary.js'

/** Which members hold many things; `*` stands for every name. */
interface Layout {
  readonly [name: string]: Layout
}

const layout: Layout = {buckets: {}, regions: {'*': {stacks: {}, resources: {}, tasks: {}, builds: {}}}}

/**
 * An account as JSON, a line for each thing in it: a large account is longer than the longest string that Node can
 * hold, and has to be written and read piece by piece. A line that ends in `{` begins a collection and one with a
 * `}` alone ends it; every other one is a member.
 */
export function* accountLines(account: Account): Generator<string> {
  yield '{'
  yield* memberLines(account, layout)
  yield '}'
}

function* memberLines(object: object, {'*': any, ...named}: Layout): Generator<string> {
  const members = Object.entries(object).filter(([, value]) => value !== undefined)
  for (const [index, [name, value]] of members.entries()) {
    const end = index < members.length - 1 ? ',' : ''
    const inner = Object.hasOwn(named, name) ? named[name] : any
    if (inner) {
      yield `${JSON.stringify(name)}:{`
      yield* memberLines(value, inner)
      yield `}${end}`
    } else yield `${JSON.stringify(name)}:${JSON.stringify(value)}${end}`
  }
}

/** The account that `accountLines` wrote. @throws SyntaxError for anything else. */
export function parseAccountLines(lines: Iterable<string>): unknown {
  const root: Record<string, unknown> = {}
  const open: Record<string, unknown>[] = []
  for (const line of lines) {
    const text = line.endsWith(',') ? line.slice(0, -1) : line
    const inner = open.at(-1)
    if (text === '}') open.pop()
    else if (!text.endsWith('{')) Object.assign(inner ?? root, JSON.parse(`{${text}}`))
    else if (!inner) open.push(root)
    else {
      const collection = dictionary<unknown>()
      inner[JSON.parse(text.slice(0, -2))] = collection
      open.push(collection)
    }
  }
  if (open.length > 0) throw new SyntaxError('The account ends in the middle.')
  return root
}

const readBytes = 1 << 20

/** The lines of a file, without line ends, read a piece at a time. */
export function* linesOf(file: string): Generator<string> {
  const fd = openSync(file, 'r')
  try {
    const buffer = Buffer.allocUnsafe(readBytes)
    let begun: Buffer[] = []
    for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer)) {
      let start = 0
      for (let end = buffer.indexOf(10); end >= 0 && end < length; end = buffer.indexOf(10, start)) {
        yield Buffer.concat([...begun, buffer.subarray(start, end)]).toString()
        begun = []
        start = end + 1
      }
      begun.push(Buffer.from(buffer.subarray(start, length)))
    }
    const last = Buffer.concat(begun).toString()
    if (last !== '') yield last
  } finally {
    closeSync(fd)
  }
}
