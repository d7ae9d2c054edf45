import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, afterEach, describe, expect, it, vi} from 'vitest'
import {makeFolder} from '../src/make-folder.js'
import {fileProblem, folderProblem, openOwn, ownFolderMode} from '../src/own-files.js'
import {requireOwnState} from '../src/rehearsal/process/state-file.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-own-'))
afterAll(() => rmSync(folder, {recursive: true}))
afterEach(() => {
  vi.restoreAllMocks()
})

let made = 0
function freshFolder(mode = 0o700): string {
  made += 1
  const fresh = join(folder, String(made))
  mkdirSync(fresh)
  chmodSync(fresh, mode)
  return fresh
}

/** As which user we are; files keep their owner. */
function as(uid: number): void {
  vi.spyOn(process, 'getuid').mockReturnValue(uid)
}

describe('a folder that holds what is ours', () => {
  it.each([0o700, 0o755, 0o1777])('is well with mode %o', mode => {
    expect(folderProblem(freshFolder(mode))).toBeUndefined()
  })

  it('is refused when everybody may write to it', () => {
    expect(folderProblem(freshFolder(0o777))).toMatch(/^everybody may write/)
  })

  it.runIf(process.getuid?.() === 0)('is refused when it, or the link to it, belongs to another user', () => {
    const theirs = freshFolder()
    chownSync(theirs, 4242, 4242)
    expect(folderProblem(theirs)).toBeUndefined()
    as(4243)
    expect(folderProblem(theirs)).toMatch(/belongs to another user/)
    as(4242)
    expect(folderProblem(theirs)).toBeUndefined()
    symlinkSync(theirs, join(folder, 'link'))
    expect(folderProblem(join(folder, 'link'))).toBeUndefined()
  })

  it.runIf(process.getuid?.() === 0)('is refused when others of a group may write to it', () => {
    const shared = freshFolder(0o770)
    chownSync(shared, 0, 4242)
    expect(folderProblem(shared)).toMatch(/a group of users may write/)
  })

  it('is made for the user alone, whatever the umask', () => {
    const before = process.umask(0)
    try {
      const deep = join(freshFolder(), 'a', 'b')
      makeFolder(deep, ownFolderMode)
      expect(statSync(deep).mode & 0o777).toBe(0o700)
      expect(statSync(join(deep, '..')).mode & 0o777).toBe(0o700)
      const file = join(deep, 'log')
      closeSync(openOwn(file, {empty: true}))
      expect(statSync(file).mode & 0o777).toBe(0o600)
    } finally {
      process.umask(before)
    }
  })
})

describe('a file that is ours', () => {
  it('is emptied, or written to at its end', () => {
    const file = join(freshFolder(), 'log')
    writeFileSync(file, 'before')
    closeSync(openOwn(file, {empty: false}))
    expect(readFileSync(file, 'utf8')).toBe('before')
    closeSync(openOwn(file, {empty: true}))
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  it.each([
    ['a symbolic link', (target: string, file: string) => symlinkSync(target, file)],
    ['a hard link', (target: string, file: string) => linkSync(target, file)],
  ])('is not written when it is %s', (_, link) => {
    const fresh = freshFolder()
    const target = join(fresh, 'target')
    writeFileSync(target, 'precious')
    link(target, join(fresh, 'log'))
    expect(() => openOwn(join(fresh, 'log'), {empty: true})).toThrow(/link/)
    expect(readFileSync(target, 'utf8')).toBe('precious')
  })

  it('is not written when it is a pipe, and nobody waits', () => {
    const file = join(freshFolder(), 'log')
    execFileSync('mkfifo', [file])
    expect(() => openOwn(file, {empty: true})).toThrow('is no file')
    expect(fileProblem(file)).toMatch(/is no file/)
  })
})

describe('an embedded account', () => {
  it.each(['', '.lock', '.log', '.key'])('is not used when its file "%s" is a link', suffix => {
    const fresh = freshFolder()
    symlinkSync(join(fresh, 'elsewhere'), join(fresh, `account.json${suffix}`))
    expect(() => requireOwnState(join(fresh, 'account.json'))).toThrow(
      expect.objectContaining({code: 'REHEARSAL_STATE_UNSAFE', exitCode: 2}),
    )
  })

  it('is not used in a folder that everybody may write to; its folder may be a link', () => {
    const [open, fresh] = [freshFolder(0o777), freshFolder()]
    expect(() => requireOwnState(join(open, 'account.json'))).toThrow(/everybody may write/)
    symlinkSync(fresh, join(folder, 'by-link'))
    expect(() => requireOwnState(join(folder, 'by-link', 'account.json'))).not.toThrow()
  })
})
