import {existsSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'

const root = new URL('../../', import.meta.url)
const page = read('docs/architecture.md')
const lists: Record<string, readonly {folder: string; knows: readonly string[]}[]> = JSON.parse(
  read('layers.json'),
)

test('every file and folder that docs/architecture.md names exists', () => {
  expect(filesIn(page).length).toBeGreaterThan(60)
  expect(missingFiles(page)).toEqual([])
})

test('every function that it names after a file is in that file', () => {
  expect(functionsIn(page).length).toBeGreaterThan(40)
  expect(missingFunctions(page)).toEqual([])
})

test('a file or function that is gone is noticed, in a drawing and in a text', () => {
  const stale = page
    .replace('aws/stack-poller.ts ', 'aws/stack-gone.ts ')
    .replace('`src/errors.ts` `refused()`', '`src/errors.ts` `declined()`')
  expect(missingFiles(stale)).toEqual(['src/aws/stack-gone.ts'])
  expect(missingFunctions(stale)).toEqual(['src/errors.ts declined()'])
})

test.each(Object.entries(lists))('it draws every layer of %s above all that it may know', (root, layers) => {
  const drawn = drawnLayers(page)[root] ?? []
  expect(drawn.flat().sort()).toEqual(layers.map(({folder}) => folder).sort())
  const height = (folder: string) => -drawn.findIndex(row => row.includes(folder))
  const upward = layers.flatMap(({folder, knows}) =>
    knows.filter(other => height(other) >= height(folder)).map(other => `${folder} → ${other}`),
  )
  expect(upward).toEqual([])
})

test('its glossary has fifteen words at most', () => {
  const [, glossary = ''] = page.split('\n## Terms\n')
  const words = Array.from(glossary.matchAll(/^\| (?!term |-)([^|]+) \|/gm), ([, word]) => word)
  expect(words.length).toBeGreaterThan(0)
  expect(words.length).toBeLessThanOrEqual(15)
  expect(new Set(words).size).toBe(words.length)
})

/** `services/s3/`, `aws/stacks.ts`: folders end with a slash, and what is no code has one before its name. */
const place = /(?<![\w./-])(?:[A-Za-z][\w-]*\/)+(?:[\w.-]+\.(?:ts|json|yaml))?|(?<![\w./-])[\w.-]+\.ts/g

interface Named {
  readonly file: string
  /** What follows in the same line, up to the next file. */
  readonly rest: string
}

/** Each file or folder, from the project's own: the first line of a drawing is the folder of its files. */
function filesIn(text: string): Named[] {
  return text.split(/^```$/m).flatMap((part, index) => {
    const [, base = ''] = index % 2 === 1 ? (/^\n(src\/\S*)\n/.exec(part) ?? []) : []
    const inBase = part.slice(base === '' ? 0 : base.length + 1)
    return inBase.split('\n').flatMap(line => {
      const found = [...line.matchAll(place)]
      return found.map(({0: name, index: at}, which) => ({
        file: base + name,
        rest: line.slice(at + name.length, found[which + 1]?.index),
      }))
    })
  })
}

function missingFiles(text: string): string[] {
  return filesIn(text)
    .map(({file}) => file)
    .filter(file => !existsSync(new URL(file, root)))
}

function functionsIn(text: string): {file: string; name: string}[] {
  return filesIn(text).flatMap(({file, rest}) =>
    Array.from(rest.matchAll(/(\w+)\(\)/g), ([, name = '']) => ({file, name})),
  )
}

function missingFunctions(text: string): string[] {
  return functionsIn(text)
    .filter(
      ({file, name}) => existsSync(new URL(file, root)) && !new RegExp(`\\b${name}\\b`).test(read(file)),
    )
    .map(({file, name}) => `${file} ${name}()`)
}

/** The rows of each drawn list of layers, the highest first. */
function drawnLayers(text: string): Record<string, string[][]> {
  const [, left = '', gap = '', right = '', rows = ''] =
    /^```\n(src\/)( {2,})(src\/rehearsal\/)\n\n([^`]*)^```$/m.exec(text) ?? []
  const column = left.length + gap.length
  const columnOf = (cut: (line: string) => string) =>
    rows
      .trimEnd()
      .split('\n')
      .map(line => cut(line).trim().split(/ {2,}/).map(folderOf))
  return {
    src: columnOf(line => line.slice(0, column)),
    [right.slice(0, -1)]: columnOf(line => line.slice(column)),
  }
}

/** As `layers.json` has it, where the files in no folder are `.`. */
function folderOf(drawn: string): string {
  return drawn === 'the entry point' || drawn === 'files of src/ itself' ? '.' : drawn
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}
