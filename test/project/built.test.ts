import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

const {isBuilt, markBuilt} = await import(new URL('../../scripts/built.mjs', import.meta.url).href)

let root: string
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mcpgw-built-'))
  for (const path of ['src/one.ts', 'src/deep/two.ts', 'cloudformation/main.yaml', 'package.json'])
    write(path, 'as it was')
  for (const path of ['dist/main.js', 'dist/chunks/a.js', 'oclif.manifest.json']) write(path, 'as it was')
})
afterEach(() => rmSync(root, {recursive: true, force: true}))

describe('a build is not made again', () => {
  test('while nothing is another one that it was made of', () => {
    expect(isBuilt(root)).toBe(false)
    markBuilt(root)
    expect(isBuilt(root)).toBe(true)
  })

  test.each([
    ['a source', 'src/deep/two.ts'],
    ['a new source', 'src/three.ts'],
    ['a template', 'cloudformation/main.yaml'],
    ['how it is made', 'scripts/bundle.mjs'],
    ['what is installed', 'node_modules/.package-lock.json'],
    ['the compiler settings', 'tsconfig.json'],
    ['what was built', 'dist/chunks/a.js'],
    ['the manifest', 'oclif.manifest.json'],
  ])('but it is after a change of %s', (_, path) => {
    markBuilt(root)
    write(path, 'otherwise')
    expect(isBuilt(root)).toBe(false)
  })

  test('and when a part of it is gone', () => {
    markBuilt(root)
    rmSync(join(root, 'dist/main.js'))
    expect(isBuilt(root)).toBe(false)
  })
})
