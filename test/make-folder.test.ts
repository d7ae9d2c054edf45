import {statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {makeFolder} from '../src/make-folder.js'
import {freshFolder} from './recorder/recorded.js'

it('makes a folder with those that it lies in, and leaves one that is there', () => {
  const folder = join(freshFolder(), 'state', 'mcpgw', 'runs')
  makeFolder(folder, 0o700)
  makeFolder(folder, 0o700)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

it('fails at once where no folder can be made', () => {
  const file = join(freshFolder(), 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(join(file, 'runs'), 0o700)).toThrow('ENOTDIR')
  expect(() => makeFolder('/proc/mcpgw/runs', 0o700)).toThrow(/mkdir/)
})
