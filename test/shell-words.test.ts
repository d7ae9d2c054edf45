import {describe, expect, it, test} from 'vitest'
import {shellWord} from '../src/shell-words.js'
import {readBy, words} from './helpers/shell-texts.js'

test('in bash every text is one word, and is that text', () => {
  expect(readBy('bash')).toEqual({stdout: words, stderr: ''})
})

describe('in PowerShell', () => {
  it('every text is one word, and is that text, unless no quotes could do it in all shells', () => {
    const common = words.filter(word => !(/['‘’‚‛]/.test(word) && /["$`\\!“”„]/.test(word)))
    expect(common.length).toBeGreaterThan(words.length / 2)
    for (const word of common) expect(powerShellWord(shellWord(word)), word).toBe(word)
  })

  test.each([
    ['a,b', 'a list'],
    ['@a', 'splatting'],
    ['$a', 'a variable'],
    ['-a.b', 'two words'],
    ['"a$b"', 'a variable'],
    ["'a’b'", 'an end of the quotes'],
    ['a b', 'two words'],
  ])('this check notices %s, which is %s', word => {
    expect(powerShellWord(word)).toBeUndefined()
  })
})

/**
 * What PowerShell makes of one word in argument mode: about_Parsing and about_Quoting_Rules of PowerShell 7. Undefined when it
 * is no single word, or when something in it would be evaluated.
 */
function powerShellWord(text: string): string | undefined {
  const single = /^'([^'‘’‚‛]*)'$/.exec(text)
  if (single) return single[1]
  const double = /^"([^"“”„$`]*)"$/.exec(text)
  if (double) return double[1]
  const isPlain = /^[^\s'"‘’‚‛“”„`$,;|&<>(){}@#]([^\s'"‘’‚‛“”„`$,;|&<>(){}])*$/.test(text)
  return isPlain && !/^-.*\./.test(text) && !text.startsWith('--%') ? text : undefined
}
