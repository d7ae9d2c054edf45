import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {answeredAtOnce, helpFile, helpWidths, programMark} from '../../src/app/answer-at-once.js'

const root = mkdtempSync(join(tmpdir(), 'mcpgw-at-once-'))
writeFileSync(join(root, 'package.json'), JSON.stringify({name: 'mcpgw', version: '1.2.3'}))
for (const width of helpWidths) {
  mkdirSync(join(root, 'dist', 'help', String(width)), {recursive: true})
  for (const words of [[], ['verify'], ['images', 'check']])
    writeFileSync(
      join(root, 'dist', 'help', String(width), helpFile(words)),
      `\x1b[1m${words.join(' ')} ${width}\x1b[22m ${programMark}\n`,
    )
}
afterAll(() => rmSync(root, {recursive: true}))

const program = `mcpgw/1.2.3 ${process.platform}-${process.arch} node-${process.version}`
let written = ''
const asItWas = {
  isTTY: process.stdout.isTTY,
  columns: process.stdout.columns,
  hasColors: process.stdout.hasColors,
}

beforeEach(() => {
  written = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    written += String(text)
    return true
  })
  for (const name of ['FORCE_COLOR', 'OCLIF_COLUMNS', 'DEBUG', 'CLICOLOR_FORCE', 'NO_COLOR'])
    vi.stubEnv(name, '')
  Object.assign(process.stdout, {isTTY: undefined, columns: undefined})
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  Object.assign(process.stdout, asItWas)
})

const terminal = (columns: number) =>
  Object.assign(process.stdout, {isTTY: true, columns, hasColors: () => true})

describe('answers that need nothing to be loaded', () => {
  test.each([['--version'], ['-V'], ['version']])('the version: %s', word => {
    expect(answeredAtOnce([word], root)).toBe(true)
    expect(written).toBe(`${program}\n`)
  })

  test.each([
    [[], ' 80'],
    [['--help'], ' 80'],
    [['help'], ' 80'],
    [['verify', '--help'], 'verify 80'],
    [['verify', '-h'], 'verify 80'],
    [['help', 'verify'], 'verify 80'],
    [['verify', '--json', '--environment', 'demo', '--help'], 'verify 80'],
    [['images', 'check', '--help'], 'images check 80'],
  ])('the help of %j, without colors where nobody looks', (words, page) => {
    expect(answeredAtOnce(words, root)).toBe(true)
    expect(written).toBe(`${page} ${program}\n`)
  })

  test.each([
    [80, 80],
    [99, 80],
    [100, 100],
    [119, 100],
    [250, 120],
  ])('help in a terminal of %d columns is %d wide and colored', (columns, width) => {
    terminal(columns)
    expect(answeredAtOnce(['verify', '--help'], root)).toBe(true)
    expect(written).toBe(`\x1b[1mverify ${width}\x1b[22m ${program}\n`)
  })

  test('NO_COLOR is kept to', () => {
    terminal(80)
    vi.stubEnv('NO_COLOR', '1')
    expect(answeredAtOnce(['verify', '--help'], root)).toBe(true)
    expect(written).toBe(`verify 80 ${program}\n`)
  })
})

describe('what is left to the command itself', () => {
  test.each([
    [['verify']],
    [['verify', '--', '--help']],
    [['nonsense', '--help']],
    [['verify', 'more', '--help']],
    [['../../verify', '--help']],
    [['images', 'check']],
  ])('%j', words => {
    expect(answeredAtOnce(words, root)).toBe(false)
    expect(written).toBe('')
  })

  test('help in a terminal that is narrower than every page', () => {
    terminal(79)
    expect(answeredAtOnce(['verify', '--help'], root)).toBe(false)
  })

  test.each(['FORCE_COLOR', 'OCLIF_COLUMNS', 'DEBUG', 'CLICOLOR_FORCE'])('help that %s shapes', name => {
    vi.stubEnv(name, '1')
    expect(answeredAtOnce(['verify', '--help'], root)).toBe(false)
  })
})
