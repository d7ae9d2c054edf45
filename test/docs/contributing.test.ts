import {readdirSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8')

/** Of every folder that the page names files of. */
const files = [
  ...readdirSync(root),
  ...['bin', 'cloudformation', 'docs', 'parity', 'scripts', 'src', 'test'].flatMap(folder =>
    readdirSync(new URL(`${folder}/`, root), {recursive: true, encoding: 'utf8'}).map(
      path => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  ),
].map(path => `/${path}`)

/** Those that a build makes are not there before it. */
const built = ['dist/']

test('every file and folder that CONTRIBUTING.md names exists, some of them by the end of their path', () => {
  expect(namesIn(page).length).toBeGreaterThan(60)
  expect(missing(page)).toEqual([])
})

test('a file or folder that is gone is noticed', () => {
  const stale = page.replaceAll('`src/results.ts`', '`src/gone.ts`').replaceAll('`wire/`', '`wires/`')
  expect(missing(stale)).toEqual(['src/gone.ts', 'wires/'])
})

function missing(text: string): string[] {
  return namesIn(text).filter(name => !built.includes(name) && !files.some(isIt(name)))
}

function isIt(name: string): (path: string) => boolean {
  return name.endsWith('/')
    ? path => path.endsWith(`/${name.slice(0, -1)}`)
    : path => path.endsWith(`/${name}`)
}

/** In code, alone or in a command line; without those that stand for any name, as `src/workflows/NAME.ts`. */
function namesIn(text: string): string[] {
  const words = Array.from(text.matchAll(/`([^`\n]+)`/g), ([, code = '']) => code.split(' ')).flat()
  const named = words.filter(word => /^[\w./-]+(?:\/|\.(?:ts|mjs|sh|json|yaml|tsv|md))$/.test(word))
  return [...new Set(named)].filter(word => !/[A-Z]{4}/.test(word.replace(/\b[A-Z]+\.md$/, '')))
}
