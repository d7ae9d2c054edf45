import {describe, expect, it} from 'vitest'
import {requireWholeKey} from '../../src/aws/whole-key.js'

const key = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+',
  sessionToken: 'FwoG=',
}

describe('a key', () => {
  it('of letters, digits and signs is taken, with a session token or without', () => {
    expect(() => requireWholeKey(key)).not.toThrow()
    expect(() => requireWholeKey({...key, sessionToken: undefined})).not.toThrow()
  })

  it.each([
    ['accessKeyId', 'AWS_ACCESS_KEY_ID'],
    ['secretAccessKey', 'AWS_SECRET_ACCESS_KEY'],
    ['sessionToken', 'AWS_SESSION_TOKEN'],
  ] as const)('is refused by name, and not repeated, when its %s was copied with more', (part, name) => {
    for (const more of ['\r', ' ', '\t', '\n', '\u0000', '\u00a0', '\ufeff', '\u{1f511}', '\u007f']) {
      const value = `hunter2${more}`
      const refusal = {code: 'INVALID_CREDENTIALS', exitCode: 2, message: expect.stringContaining(name)}
      expect(() => requireWholeKey({...key, [part]: value})).toThrow(expect.objectContaining(refusal))
      expect(() => requireWholeKey({...key, [part]: value})).not.toThrow(/hunter2/)
    }
  })

  it('is told of the carriage return that a file of Windows leaves', () => {
    expect(() => requireWholeKey({...key, accessKeyId: 'AKIA\r'})).toThrow(
      'AWS_ACCESS_KEY_ID ends with a carriage return that no key has.',
    )
  })
})
