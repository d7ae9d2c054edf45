import {readdirSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'

const source = fileURLToPath(new URL('../../src', import.meta.url))

/** `file:line` of every place in the source that matches. */
function places(pattern: RegExp): string[] {
  return readdirSync(source, {recursive: true, encoding: 'utf8'})
    .filter(name => name.endsWith('.ts'))
    .flatMap(name =>
      placesIn(readFileSync(`${source}/${name}`, 'utf8'), pattern).map(line => `${name}:${line}`),
    )
}

function placesIn(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(({index}) => text.slice(0, index).split('\n').length)
}

/** A cast of a cast, in brackets or not: the compiler takes it from any type to any other. */
const castTwice =
  /\bas\s+(?:unknown|never|any|object)\s+as\b|(?<!\w)\([\w.[\]]+\s+as\s+(?:unknown|never|any|object)\)\s*as\b/g
/** An event says of which type its data is; turning that into text hides that nobody knows. */
const dataAsText = /\bString\(\s*data\.\w+/g

describe('the types of data in the source', () => {
  test('are never got round by a second cast', () => {
    expect(places(castTwice)).toEqual([])
  })

  test('are declared, not found out where the data is used', () => {
    expect(places(dataAsText)).toEqual([])
  })

  test.each([
    ['a second cast', castTwice, 'const a = 1\nreturn b as unknown as Stack', 2],
    ['a second cast', castTwice, 'const a = (b as never) as Stack', 1],
    ['a second cast', castTwice, ') as unknown\n  as Row', 1],
    ['data as text', dataAsText, 'region.tasks[String(data.task)]', 1],
    ['data as text', dataAsText, 'exportOne(fixture, String(\n  data.key,\n))', 1],
  ])('are looked at for %s', (_, pattern, text, line) => {
    expect(placesIn(text, pattern)).toEqual([line])
  })
})
