import {readdirSync, readFileSync, statSync} from 'node:fs'
import {stripVTControlCharacters} from 'node:util'
import {describe, expect, test} from 'vitest'
import {helpFile, helpWidths} from '../../src/app/answer-at-once.js'
import {digestOf} from '../../src/template/source/prepare.js'
import {commandClass, commandNames} from '../helpers/commands.js'

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

  test.each(helpWidths)('has laid out the help of every command for %d columns', async columns => {
    const page = (...words: string[]) =>
      stripVTControlCharacters(readFileSync(new URL(`dist/help/${columns}/${helpFile(words)}`, root), 'utf8'))
    const topics = [...new Set(commandNames.flatMap(name => name.split(' ').slice(0, -1)))]
    const pages = [page(), ...topics.map(topic => page(topic))]
    for (const name of commandNames) {
      const text = page(...name.split(' '))
      const flags = Object.entries((await commandClass(name)).flags).filter(([, {hidden}]) => hidden !== true)
      expect(flags.map(([flag]) => flag).filter(flag => !text.includes(`--${flag}`))).toEqual([])
      // Under its topic, or in the list of all.
      const topic = topics.findIndex(one => name.startsWith(`${one} `))
      expect(pages[topic + 1]).toMatch(new RegExp(`^ +${name} `, 'm'))
      pages.push(text)
    }
    expect(pages.flatMap(text => text.split('\n')).filter(line => line.length > columns)).toEqual([])
  })

  test('answers --version and --help by one small file that loads nothing of others', () => {
    const code = readFileSync(new URL('dist/answer-at-once.cjs', root), 'utf8')
    const loaded = Array.from(code.matchAll(/require\("([^"]+)"\)/g), ([, name = '']) => name)
    expect(loaded.filter(name => !name.startsWith('node:'))).toEqual([])
    expect(code.length).toBeLessThan(20_000)
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
