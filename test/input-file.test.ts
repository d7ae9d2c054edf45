import {execFileSync, spawn} from 'node:child_process'
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {InputFileError, mostInputBytes, readInput, readInputFile} from '../src/input-file.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-input-'))
afterAll(() => rmSync(folder, {recursive: true}))

const fileOf = (name: string, text: string | Buffer) => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

function refusalOf(read: () => unknown): InputFileError {
  try {
    read()
  } catch (error) {
    if (error instanceof InputFileError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('a file that somebody gives us', () => {
  it('is read without its byte order mark, by a link too', () => {
    const file = fileOf('a.yaml', '\uFEFFA: ä\n')
    symlinkSync(file, join(folder, 'link.yaml'))
    expect(readInputFile(join(folder, 'link.yaml'))).toBe('A: ä\n')
  })

  it('is read when it is empty, or says of itself that it is', () => {
    expect(readInputFile(fileOf('empty', ''))).toBe('')
    expect(readInputFile('/dev/null')).toBe('')
    expect(readInputFile('/proc/self/status')).toContain('Name:')
  })

  it('is refused at once when it is too large, and names the line that makes it so', () => {
    // Sparse: it takes no room.
    const file = fileOf('large.yaml', 'A: 1\nSecret: "hunter2')
    truncateSync(file, 50 * 1024 * 1024)
    const startedAt = performance.now()
    const {message, tooLong} = refusalOf(() => readInputFile(file))
    expect(performance.now() - startedAt).toBeLessThan(500)
    expect(message).toBe('it has 52,428,800 bytes; at most 1,048,576 are read')
    expect(tooLong?.line).toBe(2)
    expect(tooLong?.beginning).toMatch(/^Secret: /)
  })

  it('is refused without a line when there is none that is too long', () => {
    const file = fileOf('lines.yaml', 'A: 1\n'.repeat(mostInputBytes / 5 + 1))
    expect(refusalOf(() => readInputFile(file)).tooLong).toBeUndefined()
  })

  it.each([
    ['UTF-16, little end first', Buffer.from('\uFEFFA: ä\n', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\uFEFFA: ä\n', 'utf16le').swap16()],
    ['UTF-16 without a mark, little end first', Buffer.from('A: ä\n', 'utf16le')],
    ['UTF-16 without a mark, big end first', Buffer.from('A: ä\n', 'utf16le').swap16()],
    ['UTF-8', Buffer.from('A: ä\n')],
  ])('is read in %s', (_, bytes) => {
    expect(readInputFile(fileOf('encoded', bytes))).toBe('A: ä\n')
  })

  it.each([
    [
      'Windows-1252',
      Buffer.from('A: 1\nB: \xe9\n', 'latin1'),
      'line 2 is not in UTF-8, maybe in Windows-1252 or ISO 8859-1: save it as UTF-8',
    ],
    ['UTF-32', Buffer.from('fffe000041000000', 'hex'), 'it is in UTF-32: save it as UTF-8'],
    ['half of UTF-16', Buffer.from('fffe410042', 'hex'), 'it is no valid UTF-16LE: save it as UTF-8'],
  ])('is refused in %s, with what to do', (_, bytes, message) => {
    expect(refusalOf(() => readInputFile(fileOf('encoded', bytes))).message).toBe(message)
  })

  it('is refused when it is no text', () => {
    expect(refusalOf(() => readInputFile(fileOf('binary', Buffer.from([1, 0, 2])))).message).toBe(
      'it is no text',
    )
  })

  it.each([
    ['a folder', () => folder, /folder/],
    ['a device without an end', () => '/dev/zero', /^it has more than 1,048,576 bytes$/],
    ['a pipe that nobody writes into', () => pipe('nobody'), /pipe/],
    ['what does not exist', () => join(folder, 'missing'), /^it does not exist$/],
    ['what is below a file', () => join(fileOf('b.yaml', ''), 'c'), /^it does not exist$/],
    ['a link to itself', () => link('circle'), /circle/],
    ['a name that is too long', () => join(folder, 'x'.repeat(300)), /too long/],
  ])('is refused when it is %s', (_, file, words) => {
    expect(refusalOf(() => readInputFile(file())).message).toMatch(words)
  })
})

describe('a file or a pipe', () => {
  it('is read to its end, however slowly it comes', async () => {
    const file = pipe('slow')
    const writer = spawn('sh', [
      '-c',
      'exec 3>"$0"; sleep 0.1; echo A: 1 >&3; sleep 0.1; echo B: 2 >&3',
      file,
    ])
    // Whoever opens it without waiting must not come before the writer.
    const held = openSync(file, constants.O_RDWR)
    await new Promise(resolve => setTimeout(resolve, 50))
    const text = readInput(file)
    writer.on('exit', () => closeSync(held))
    expect(await text).toBe('A: 1\nB: 2\n')
  })

  it('is not read for ever', async () => {
    await expect(readInput('/dev/zero')).rejects.toThrow('more than 1,048,576 bytes come out of it')
  })

  it('is refused when it is a folder', async () => {
    mkdirSync(join(folder, 'sub'))
    await expect(readInput(join(folder, 'sub'))).rejects.toThrow('a folder')
  })
})

function pipe(name: string): string {
  const file = join(folder, name)
  execFileSync('mkfifo', [file])
  return file
}

function link(name: string): string {
  const file = join(folder, name)
  symlinkSync(file, file)
  return file
}
