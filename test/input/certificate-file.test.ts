import {mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {certificateForm} from '../../src/input/certificate-file.js'
import {writeNew} from '../../src/own-files.js'

const folder = mkdtempSync(path.join(tmpdir(), 'mcpgw-certificate-'))
const at = (name: string) => path.join(folder, name)
afterAll(() => rmSync(folder, {recursive: true}))
writeFileSync(at('there.html'), 'mine')
symlinkSync(at('elsewhere.json'), at('link.json'))

describe('the file of --certificate', () => {
  it('is of the form that its ending says', () => {
    expect(certificateForm(at('new.json'))).toBe('json')
    expect(certificateForm(at('new.HTML'))).toBe('html')
  })

  it.each([
    ['', /ends neither/],
    [at('new.pdf'), /ends neither in \.json nor in \.html/],
    [at('there.html'), /is there already/],
    [at('link.json'), /is there already/],
    [at('none/new.json'), /there is no folder/],
    [at('there.html/new.json'), /there is no folder/],
  ])('is refused before anything is asked: %s', (file, message) => {
    expect(() => certificateForm(file)).toThrow(message)
  })

  it('is a new one when it is written, and no link', () => {
    writeNew(at('written.json'), '{}\n')
    expect(readFileSync(at('written.json'), 'utf8')).toBe('{}\n')
    expect(() => writeNew(at('there.html'), 'x')).toThrow('EEXIST')
    expect(() => writeNew(at('link.json'), 'x')).toThrow('EEXIST')
    expect(readFileSync(at('there.html'), 'utf8')).toBe('mine')
  })
})
