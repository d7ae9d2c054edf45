import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {stripVTControlCharacters} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {Rehearsal} from '../e2e/mcpgw.js'
import {commandNames} from '../helpers/commands.js'

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const rehearsal = new Rehearsal()
const damaged = '--environment damaged'

beforeAll(async () => {
  await rehearsal.rehearse('deploy', '--yes')
  await rehearsal.rehearse(
    ...['deploy', '--yes', '--environment', 'damaged', '--on-failure', 'keep'],
    ...['--rehearse-fault', 'fail-create damaged-DataStack*/DatabaseCluster'],
  )
})
afterAll(() => rehearsal.remove())

/** What is looked at in each width; in this order, as the last ones remove what the others look at. */
const lines = [
  ...['', ...commandNames].map(name => `${name} --help`),
  ...['plan', 'plan --layout individual --verbose', 'plan --teardown', 'deploy --rehearse --nonsense'],
  ...[
    'deploy --rehearse --yes',
    'deploy --rehearse --yes --set TargetCpuUtilization=61',
    'verify --rehearse',
  ],
  ...['credentials --rehearse', 'preflight --rehearse', 'preflight --rehearse --environment another'],
  ...['watch --rehearse', 'cancel --rehearse --yes', 'realm --rehearse', 'diagnose --rehearse'],
  ...[`verify --rehearse ${damaged}`, `diagnose --rehearse ${damaged}`, `watch --rehearse ${damaged}`],
  ...['verify --rehearse --environment none', 'teardown --rehearse --yes --environment none'],
  ...['images check --rehearse --from s3://no-bucket/v1/', 'parity --tf-plan no-file.json'],
]

describe.each([60, 80, 200])('in a terminal of %d columns', columns => {
  test.each(lines)('mcpgw %s: every line fits, and no word is cut', async line => {
    const shown = await inTerminal(columns, line)
    expect(shown.length).toBeGreaterThan(0)
    expect(tooLong(shown, columns)).toEqual([])
    expect(shown.filter(isCut)).toEqual([])
  })
})

describe('the whole life of an environment', () => {
  test.each([60, 80, 200])('fits in a terminal of %d columns', async columns => {
    const name = `--environment life-${columns}`
    const failing = `--rehearse-fault "fail-create life-${columns}-DataStack*/DatabaseCluster once"`
    for (const line of [
      `deploy --rehearse --yes ${failing} ${name}`,
      `deploy --rehearse --yes ${name}`,
      `teardown --rehearse --yes ${name}`,
    ]) {
      const shown = await inTerminal(columns, line)
      expect(tooLong(shown, columns)).toEqual([])
      expect(shown.filter(isCut)).toEqual([])
    }
  })
})

test('a line that is too long and a word that is cut are noticed', () => {
  const text = 'one two three four five'
  expect(tooLong([text, 'https://example.com/long', 'Try: `a b c d e f g h i`'], 20)).toEqual([text])
  expect(isCut('  › Deployed again, since a task finds only services: mcp-…')).toBe(true)
  expect(isCut('Verify the environment …')).toBe(false)
})

/** Lines that a terminal would fold: all but those that are one word, or have something to copy, that is longer. */
function tooLong(shown: readonly string[], columns: number): string[] {
  return shown.filter(line => line.length > columns && !isOneWord(line, columns))
}

function isOneWord(line: string, columns: number): boolean {
  const words = line.match(/(?:`[^`]*`|[^\s`]|`)+/g) ?? []
  return words.some(word => word.length > columns - 8)
}

/** A row of what is being made may be cut: it shows the longest first, and is drawn again at once. */
function isCut(line: string): boolean {
  return /\S…/.test(line) && !/(IN_PROGRESS|COMPLETE) /.test(line)
}

/** What leads to another line or to the beginning of this one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape character that begins them.
const movement = /\u001B\[\d*[ABGJK]/g

/** Every line that the terminal was ever given, without colours and what moves the cursor. */
function inTerminal(columns: number, line: string): Promise<string[]> {
  const command = `stty rows 60 cols ${columns}; exec '${process.execPath}' '${bin}' ${line}`
  const {CI: _, ...env} = rehearsal.env
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: {...env, TERM: 'xterm-256color'},
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 90_000,
    killSignal: 'SIGKILL',
  })
  let shown = ''
  child.stdout.on('data', chunk => {
    shown += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () =>
      resolve(
        stripVTControlCharacters(shown.replaceAll(movement, '\n'))
          .split(/[\r\n]+/)
          .filter(text => text.trim() !== ''),
      ),
    )
  })
}
