import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

const {noticesOf, packagesOf} = await import(new URL('../../scripts/notices.mjs', import.meta.url).href)

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mcpgw-notices-'))
})
afterEach(() => rmSync(root, {recursive: true, force: true}))

function addPackage(name: string, license: string, files: Record<string, string> = {}): string {
  const folder = `node_modules/${name}`
  mkdirSync(join(root, folder), {recursive: true})
  writeFileSync(join(root, folder, 'package.json'), JSON.stringify({name, version: '1.2.3', license}))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, folder, file), text)
  return folder
}

describe('the licences of what a bundle contains', () => {
  test('are those of each package that it has files of, the innermost one where packages contain packages', () => {
    const inputs = [
      'src/main.ts',
      'node_modules/a/x.js',
      'node_modules/a/y.js',
      'node_modules/a/node_modules/@b/c/z.js',
    ]
    expect(packagesOf(inputs)).toEqual(['node_modules/a', 'node_modules/a/node_modules/@b/c'])
  })

  test('are given once for all packages that share them, with their notices', () => {
    const text = noticesOf(root, [
      addPackage('one', 'MIT', {LICENSE: 'Be nice.'}),
      addPackage('two', 'MIT', {'license.md': 'Be nice.'}),
      addPackage('three', 'Apache-2.0', {'LICENSE.txt': 'Be good.', NOTICE: 'By three.'}),
    ])
    expect(text).toContain('one 1.2.3 (MIT)\ntwo 1.2.3 (MIT)\n\nBe nice.\n')
    expect(text).toContain('three 1.2.3 (Apache-2.0)\n\nBe good.\n\nBy three.\n')
    expect(text.split('Be nice.')).toHaveLength(2)
  })

  test('come from here for a package that names a usual licence without its text', () => {
    expect(noticesOf(root, [addPackage('bare', 'MIT')])).toMatch(
      /Copyright \(c\) the authors of bare[\s\S]*AS IS/,
    )
  })

  test('cannot be told of a package with another licence and no text: there is no build', () => {
    const folder = addPackage('odd', 'Unheard-1.0')
    expect(() => noticesOf(root, [folder])).toThrow(/odd has no licence file/)
  })
})
