import type {ChildProcess} from 'node:child_process'
import {existsSync} from 'node:fs'
import {afterAll, describe, expect, test} from 'vitest'
import {interrupted} from '../../src/app/early-exit.js'
import {failureDocument} from '../../src/app/failure-document.js'
import {Rehearsal} from './mcpgw.js'

const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: '100'})
afterAll(() => rehearsal.remove())

const deploy = ['deploy', '--rehearse', '--json', '--yes']

interface End {
  code: number | null
  by: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** Sends signals to a command, each so many milliseconds after it has begun to listen. */
function interruptedBy(
  args: readonly string[],
  signals: readonly (readonly [NodeJS.Signals, number])[],
  env: NodeJS.ProcessEnv = {},
): Promise<End> {
  const plan = signals.map(each => each.join(':')).join(',')
  return endOf(rehearsal.start(args, {...env, NODE_OPTIONS: started, TEST_SIGNALS: plan}))
}

function endOf(child: ChildProcess): Promise<End> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', chunk => {
    stdout += chunk
  })
  child.stderr?.on('data', chunk => {
    stderr += chunk
  })
  return new Promise(resolve => child.on('close', (code, by) => resolve({code, by, stdout, stderr})))
}

/** Without the part in which Node itself starts: a signal is the system's as long as no code of ours runs. */
const started = `--import=${new URL('signal-when-started.mjs', import.meta.url).href}`

describe('a signal in the first second', () => {
  test.each([
    ['SIGINT', [0, 150, 400]],
    ['SIGTERM', [100]],
    ['SIGHUP', [250]],
  ] as const)('%s leaves one document and exit code 130, whenever it comes', async (signal, moments) => {
    for (const ms of moments) {
      const {code, by, stdout} = await interruptedBy(deploy, [[signal, ms]])
      expect({code, by}, `after ${ms} ms: ${stdout}`).toEqual({code: 130, by: null})
      const document = JSON.parse(stdout)
      expect(Object.keys(document.error)).toEqual(Object.keys(failureDocument(interrupted('x', 'y')).error))
      expect(document.error.code).toBe('INTERRUPTED')
    }
  })

  test('leaves a document in every spelling of MCPGW_JSON', async () => {
    const {code, stdout} = await interruptedBy(['verify'], [['SIGINT', 0]], {MCPGW_JSON: ' Yes '})
    expect(code).toBe(130)
    expect(JSON.parse(stdout).error.code).toBe('INTERRUPTED')
  })

  test('is told in words where no document is asked for', async () => {
    const {code, stdout, stderr} = await interruptedBy(['plan'], [['SIGINT', 0]])
    expect({code, stdout}).toEqual({code: 130, stdout: ''})
    expect(stderr).toBe(
      'Error: Interrupted before anything was started: nothing was changed.\nTry:   Run the command again when you are ready.\n',
    )
  })
})

test('a served account is saved and let go of, also when the signal comes while its address is being told', async () => {
  // Not the account of the commands above, which may still be served.
  const stateFile = `${rehearsal.stateFile}-of-its-own`
  const child = rehearsal.start(['rehearse', '--port', '0', '--state', stateFile])
  child.stderr?.once('data', () => child.kill('SIGINT'))
  const {code, stderr} = await endOf(child)
  expect({code, stderr}).toEqual({
    code: 0,
    stderr: expect.stringMatching(/Stopped\. The account is kept in its file\.\n$/),
  })
  expect(existsSync(`${stateFile}.lock`)).toBe(false)
})

describe('two signals', () => {
  /** Into the middle of it. */
  const first = 1000

  test.each([
    ['at once', 0],
    ['one after the other', 400],
  ])('%s leave one document, quickly', async (_, pause) => {
    const startedAt = performance.now()
    const {code, by, stdout} = await interruptedBy(deploy, [
      ['SIGINT', first],
      ['SIGTERM', first + pause],
    ])
    expect({code, by}).toEqual({code: 130, by: null})
    expect(JSON.parse(stdout).error.code).toBe('INTERRUPTED')
    // A deployment takes longer than that at this speed.
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  })
})
