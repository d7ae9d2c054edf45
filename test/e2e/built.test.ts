import {readdirSync, readFileSync, statSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {digestOf} from '../../src/template/source/prepare.js'

const root = new URL('../../', import.meta.url)
const chunks = new URL('dist/chunks/', root)

/** What makes commands fast could be lost without anything else failing. */
describe('the build', () => {
  test('has read the templates, as they are now', () => {
    const code = readdirSync(chunks).map(name => readFileSync(new URL(name, chunks), 'utf8'))
    const templates = readdirSync(new URL('cloudformation/', root)).filter(name => name.endsWith('.yaml'))
    expect(templates.length).toBeGreaterThan(4)
    const missing = templates.filter(name => {
      const digest = digestOf(readFileSync(new URL(`cloudformation/${name}`, root), 'utf8'))
      return !code.some(text => text.includes(digest))
    })
    expect(missing).toEqual([])
  })

  test.each(['ec2-client', 'ec2-served'])('takes a few operations of EC2, not 2 MB of them: %s', name => {
    const files = readdirSync(chunks).filter(file => file.startsWith(`${name}-`))
    expect(files).toHaveLength(1)
    for (const file of files) expect(statSync(new URL(file, chunks)).size).toBeLessThan(150_000)
  })

  test('has the licence of every package that the sources import', () => {
    const notices = readFileSync(new URL('dist/THIRD-PARTY-NOTICES.txt', root), 'utf8')
    const imported = readdirSync(new URL('src/', root), {recursive: true, encoding: 'utf8'})
      .filter(name => name.endsWith('.ts'))
      .flatMap(name => readFileSync(new URL(`src/${name}`, root), 'utf8').split('\n'))
      .filter(line => /^(import|export) (?!type)|\bimport\(/.test(line))
      .flatMap(
        line => /(?:from |import\()'((?:@[^/']+\/)?[^@.:/'][^/':]*)(?:\/[^']*)?'/.exec(line)?.[1] ?? [],
      )
    const packages = [...new Set(imported)].filter(name => !name.startsWith('node:'))
    expect(packages.length).toBeGreaterThan(20)
    expect(packages.filter(name => !notices.includes(`\n${name} `))).toEqual([])
  })
})
