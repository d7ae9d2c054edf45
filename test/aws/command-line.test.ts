import {execFileSync, spawnSync} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {awsCommand, curlCommand, shell} from '../../src/aws/command-line.js'
import {deletableKinds, deletingCommand} from '../../src/aws/deleting-command.js'
import {shellWord} from '../../src/shell-words.js'

const hostile = [
  '$(date)',
  '`date`',
  "it's; date",
  '"quoted" & date | date',
  '$HOME',
  '~',
  '*',
  'a b\tc',
  'two\nlines',
  '\\',
  '#x',
  '',
  '<date',
  '!!',
]

/** What a shell makes of a line: every `aws` and `curl` prints its words, each in brackets. */
function wordsOf(line: string): string {
  const tools = `show() { printf '[%s]' "$@"; printf '\\n'; }; aws() { show aws "$@"; }; curl() { show curl "$@"; }`
  return execFileSync('sh', ['-c', `${tools}\n${line}`], {encoding: 'utf8'})
}

test('a value is one word, or a part of one, to a shell, whatever is in it', () => {
  for (const text of hostile) {
    const line = awsCommand(
      {region: text, endpoint: text, profile: text},
      shell`s3 rm ${text} s3://bucket-${text}`,
    )
    const expected = ['aws', 's3', 'rm', text, `s3://bucket-${text}`, '--region', text]
    const rest = ['--profile', text, '--endpoint-url', text]
    expect(wordsOf(line)).toBe(`${[...expected, ...rest].map(word => `[${word}]`).join('')}\n`)
  }
})

test('an address is one word, too, here and behind an endpoint on this machine', () => {
  const url = 'https://registry.example.com/a?b=$(date)&c=1;date'
  expect(wordsOf(curlCommand('-i', url, {endpoint: undefined}))).toBe(`[curl][-i][${url}]\n`)
  expect(wordsOf(curlCommand('-i', url, {endpoint: 'http://127.0.0.1:4566/'}))).toBe(
    '[curl][-i][-H][Host: registry.example.com][http://127.0.0.1:4566/a?b=$(date)&c=1;date]\n',
  )
})

test('what is plainly safe is not quoted', () => {
  expect(shellWord('arn:aws:s3:::demo_1/x.y@z+%=')).toBe('arn:aws:s3:::demo_1/x.y@z+%=')
})

test('no deleting command runs what a name says', () => {
  const reach = {region: 'us-west-2', endpoint: undefined}
  const said = '; echo RUN >&2; '
  const lines = deletableKinds.flatMap(kind =>
    ['$(echo RUN >&2)', '`echo RUN >&2`', `'${said}'`, `"${said}"`, `)${said}(`].map(name => {
      const [service, type] = kind.split(':')
      const arn = `arn:aws:${service}:us-west-2:123456789012:${type}/${name}/${name}`
      return deletingCommand(reach, {arn, kind, name: `${name}/${name}`}, {before: [], name}) ?? ''
    }),
  )
  expect(lines).not.toContain('')
  const {stderr} = spawnSync('sh', {input: ['aws() { :; }', ...lines].join('\n'), encoding: 'utf8'})
  expect(stderr).toBe('')
})

test('every command that the sources give to awsCommand quotes its values', () => {
  const root = new URL('../../src/', import.meta.url)
  const files = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter(file => file.endsWith('.ts'))
  const calls = files.flatMap(file => {
    const text = readFileSync(new URL(file, root), 'utf8')
    return [
      ...text.matchAll(/awsCommand\((?=[^`;)]*[^l`;)]`[^`]*\$\{(?!shell`|awsCommand))[^;]{0,120}/g),
    ].map(([call]) => `${file}: ${call}`)
  })
  expect(calls).toEqual([])
})
