import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {stripVTControlCharacters} from 'node:util'
import {afterAll, expect, test} from 'vitest'
import {Rehearsal} from './mcpgw.js'

const rehearsal = new Rehearsal()
afterAll(() => rehearsal.remove())

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Runs mcpgw in a pseudo-terminal of that size; what hangs is killed by the test's own limit. */
function inTerminal(
  size: {rows: number; columns: number},
  args: string,
): Promise<{code: number | null; shown: string}> {
  const command = `stty rows ${size.rows} cols ${size.columns}; exec '${process.execPath}' '${bin}' ${args}`
  const {CI: _, ...env} = rehearsal.env
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: {...env, TERM: 'xterm'},
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 30_000,
    killSignal: 'SIGKILL',
  })
  let shown = ''
  child.stdout.on('data', chunk => {
    // A hanging command writes megabytes.
    if (shown.length < 100_000) shown += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({code, shown}))
  })
}

test.each([
  {rows: 0, columns: 0},
  {rows: 24, columns: 0},
  {rows: 1, columns: 80},
])('a terminal of $rows rows and $columns columns gets plain lines, and the same ending', async size => {
  const {code, shown} = await inTerminal(size, 'verify --rehearse --environment demo')
  expect(code).toBe(1)
  expect(shown).toContain('demo does not exist')
  expect(shown).not.toContain('\u001B[2K')
})

test('a terminal shows several workflows, one below the other, and then the ending', async () => {
  const size = {rows: 40, columns: 100}
  const {code, shown} = await inTerminal(
    size,
    `reset --rehearse --environment demo --yes --rehearse-fault 'fail-create Vpc'`,
  )
  expect(code).toBe(1)
  const order = [
    '✔ Keep what to deploy again',
    '✔ Check that nothing remains',
    '✖ Create or update the stacks',
    'Error: ',
  ]
  const text = stripVTControlCharacters(shown)
  const places = order.map(words => text.lastIndexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})
