import {spawnSync} from 'node:child_process'
import {describe, expect, it, test} from 'vitest'
import {needsPosixShell, shellWord} from '../src/shell-words.js'

/** What shells read something into, and what they do not. */
const pieces = [
  ...[
    'a',
    'Z',
    '0',
    '_',
    '-',
    '.',
    '/',
    ':',
    '@',
    '%',
    '+',
    '=',
    ',',
    ' ',
    '\t',
    '\n',
    '~',
    '#',
    '^',
    '*',
    '?',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '<',
    '>',
    '|',
    '&',
    ';',
    '!',
    '$',
    '`',
    '\\',
    '"',
    "'",
    '’',
    '“',
    'é',
    '==',
  ],
  ...[
    '$(date)',
    '$' + '{HOME}',
    '$env:HOME',
    '@args',
    '-a.b',
    '--%',
    '1,2',
    'Name=vpc-id,Values=vpc-1',
    "it's",
    '!!',
  ],
]

/** Each by itself, each at either end of a word, and many together, always the same ones. */
const words = [
  '',
  ...pieces.flatMap(piece => [piece, `${piece}x`, `x${piece}`, `x${piece}y`]),
  ...Array.from({length: 1500}, (_, seed) =>
    Array.from(
      {length: 1 + (seed % 7)},
      (_, at) => pieces[(seed * 7919 + at * 104_729 + seed * at) % pieces.length],
    ).join(''),
  ),
]

describe.each(['bash', 'zsh'])('in %s', shell => {
  const isThere = spawnSync(shell, ['-c', 'true']).status === 0

  it.skipIf(!isThere)('every text is one word, and is that text', () => {
    const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`
    const {stdout, stderr} = spawnSync(shell, ['-s'], {input: line, encoding: 'utf8'})
    expect(stderr).toBe('')
    expect(stdout.split('\0').slice(0, -1)).toEqual(words)
  })
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

test('what needs more of a shell than its quotes is known', () => {
  expect(needsPosixShell('aws ec2 delete-vpc --vpc-id vpc-1')).toBe(false)
  expect(needsPosixShell("aws x --query 'a[?b].c'")).toBe(false)
  expect(needsPosixShell('for each in $(aws x); do aws y "$each"; done')).toBe(true)
  expect(needsPosixShell('aws x | while read -r a b; do aws y; done')).toBe(true)
  expect(needsPosixShell('aws x --if-match "$(aws y)"')).toBe(true)
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
