import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {newKey} from '../../../src/rehearsal/account/access-key.js'
import {keepKey, keyFile, readKey} from '../../../src/rehearsal/process/account-key.js'
import {serveAccount} from '../../../src/rehearsal/process/serve.js'
import {freshStateFile} from './files.js'

describe('the key of an account', () => {
  test('is as long as one of AWS, says what it is, and is another one every time', () => {
    const keys = Array.from({length: 50}, newKey)
    for (const {accessKeyId, secretAccessKey} of keys) {
      expect(accessKeyId).toMatch(/^REHEARSAL[A-Z0-9]{11}$/)
      expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
    }
    expect(new Set(keys.flatMap(key => Object.values(key))).size).toBe(100)
  })

  test('is kept in a file for its owner alone, whatever the umask, and not in the account', async () => {
    const stateFile = freshStateFile()
    const umask = process.umask(0)
    const account = await serveAccount({stateFile, speed: 'max', seed: 1}).finally(() => process.umask(umask))
    await account.stop()
    const {accessKeyId, secretAccessKey} = account.credentials
    expect(statSync(keyFile(stateFile)).mode & 0o777).toBe(0o600)
    expect(readFileSync(stateFile, 'utf8')).not.toContain(secretAccessKey)
    expect(readFileSync(stateFile, 'utf8')).not.toContain(accessKeyId)
  })

  test('stays when the account is served again, and does not come along with a copy', async () => {
    const [stateFile, copy] = [freshStateFile(), freshStateFile()]
    const first = await serveAccount({stateFile, speed: 'max', seed: 1})
    await first.stop()
    copyFileSync(stateFile, copy)
    const again = await serveAccount({stateFile, speed: 'max', seed: 1})
    const other = await serveAccount({stateFile: copy, speed: 'max', seed: 1})
    await Promise.all([again.stop(), other.stop()])
    expect(again.credentials).toEqual(first.credentials)
    expect(other.accountId).toBe(first.accountId)
    expect(other.credentials).not.toEqual(first.credentials)
  })

  test.each<[string, (file: string) => void]>([
    ['that others can read', file => chmodSync(file, 0o644)],
    [
      'that is no key',
      file => writeFileSync(file, '{"accessKeyId": "rehearsal", "secretAccessKey": "test"}'),
    ],
    ['that is no JSON', file => writeFileSync(file, 'REHEARSAL')],
  ])('%s gives way to a new one', (_what, spoil) => {
    const stateFile = freshStateFile()
    const first = keepKey(stateFile)
    spoil(keyFile(stateFile))
    expect(readKey(stateFile)).toBeUndefined()
    const next = keepKey(stateFile)
    expect(next).not.toEqual(first)
    expect(readKey(stateFile)).toEqual(next)
    expect(statSync(keyFile(stateFile)).mode & 0o777).toBe(0o600)
  })

  test('is never written through a link', () => {
    const [stateFile, elsewhere] = [freshStateFile(), freshStateFile()]
    symlinkSync(elsewhere, keyFile(stateFile))
    keepKey(stateFile)
    expect(existsSync(elsewhere)).toBe(false)
    expect(readKey(stateFile)).toBeDefined()
  })
})
