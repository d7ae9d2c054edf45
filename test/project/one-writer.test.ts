import {readdirSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'

const source = fileURLToPath(new URL('../../src', import.meta.url))

/** Who else writes, and why nothing of others comes through raw there. */
const others: Readonly<Record<string, string>> = {
  'app/answer-at-once.ts': 'pages that the build wrote, before anything else is loaded',
  'app/answer.ts': 'a password that a program reads, where there is no terminal',
  'app/interrupts.ts': 'a constant that shows the cursor again',
  'early-signals.ts': 'constants, before anything else is loaded',
  'main.ts': 'nothing at all: waits until everything is written',
  'rehearsal/process/serve-process.ts': 'the log of the account, each line made visible',
  'rehearsal/services/lambda/function-worker.ts': 'catches what inline code writes',
  'rehearsal/services/cloudfront/run-viewer-function.ts':
    'the answer of a process of its own, to its parent alone',
}

test('one place writes to standard output and standard error', () => {
  const writers = readdirSync(source, {recursive: true, encoding: 'utf8'})
    .filter(name => name.endsWith('.ts'))
    .filter(name =>
      /process\.std(out|err)\.write\b|console\.\w+\(/.test(readFileSync(`${source}/${name}`, 'utf8')),
    )
  expect(writers.sort()).toEqual(Object.keys(others).sort())
})
