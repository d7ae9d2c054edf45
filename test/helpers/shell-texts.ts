import {spawnSync} from 'node:child_process'
import {shellWord} from '../../src/shell-words.js'

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
export const words = [
  '',
  ...pieces.flatMap(piece => [piece, `${piece}x`, `x${piece}`, `x${piece}y`]),
  ...Array.from({length: 1500}, (_, seed) =>
    Array.from(
      {length: 1 + (seed % 7)},
      (_, at) => pieces[(seed * 7919 + at * 104_729 + seed * at) % pieces.length],
    ).join(''),
  ),
]

/** What a shell makes of the texts, each quoted as one word of one line. */
export function readBy(shell: string): {stdout: string[]; stderr: string} {
  const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`
  const {stdout, stderr} = spawnSync(shell, ['-s'], {input: line, encoding: 'utf8'})
  return {stdout: stdout.split('\0').slice(0, -1), stderr}
}
