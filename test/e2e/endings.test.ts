import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, test} from 'vitest'
import {Rehearsal} from './mcpgw.js'

const rehearsal = new Rehearsal()
afterAll(() => rehearsal.remove())

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Keeps its process for good, as what a library has forgotten may. */
const forgetful = `--import=data:text/javascript,${encodeURIComponent('setInterval(()=>{},60000)')}`

test('a command that has told its end ends, whatever still waits in it', async () => {
  const {code, json} = await rehearsal.run(['verify', '--environment', 'Capital', '--json'], {
    NODE_OPTIONS: forgetful,
  })
  expect({code, error: json().error.code}).toEqual({code: 2, error: 'INVALID_ENVIRONMENT'})
})

test('a key with the line end of Windows is refused by its name before it is sent', async () => {
  const {code, json} = await rehearsal.run(['verify', '--json'], {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE\r',
    AWS_SECRET_ACCESS_KEY: 'x',
    // Nobody listens there: a call would fail otherwise.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  })
  expect({code, error: json().error.code}).toEqual({code: 2, error: 'INVALID_CREDENTIALS'})
  expect(json().error.message).toContain('AWS_ACCESS_KEY_ID')
})

test('what nearly means a rehearsal is refused, and AWS is not asked', async () => {
  const {code, json} = await rehearsal.run(['teardown', '--yes', '--json'], {MCPGW_REHEARSAL: '1'})
  expect({code, error: json().error.code}).toEqual({code: 2, error: 'INVALID_VARIABLE'})
})

test('a home that is no folder is not looked into for code of others', async () => {
  const command = ['verify', '--environment', 'Capital', '--json']
  const {code, stderr} = await rehearsal.run(command, {HOME: '/dev/null', XDG_DATA_HOME: undefined})
  expect({code, stderr}).toEqual({code: 2, stderr: ''})
})

test('an unknown command answers as MCPGW_JSON says', async () => {
  const {code, json} = await rehearsal.run(['nosuch'], {MCPGW_JSON: 'Yes'})
  expect({code, error: json().error.code}).toEqual({code: 2, error: 'USAGE'})
})

describe.skipIf(process.platform === 'win32')(
  'where too few files may be open to start another process',
  () => {
    const run = (files: number, ...args: string[]) =>
      new Promise<{code: number | null; stdout: string; stderr: string}>((resolve, reject) => {
        const line = ['-c', `ulimit -n ${files} && exec "$@"`, 'sh', process.execPath, bin, ...args]
        const child = spawn('sh', line, {env: rehearsal.env, stdio: ['ignore', 'pipe', 'pipe']})
        const told = {stdout: '', stderr: ''}
        for (const name of ['stdout', 'stderr'] as const)
          child[name].setEncoding('utf8').on('data', (part: string) => {
            told[name] += part
          })
        child.on('error', reject).on('close', code => resolve({code, ...told}))
      })
    /** Node.js itself opens some 20, more or fewer by its version: the least with which our code gets a word in is too few. Modules take one at a time. */
    const fewest = async (...args: string[]) => {
      for (let files = 19; files < 40; files += 1) {
        const ended = await run(files, ...args)
        if (/did not start|REHEARSAL_NOT_STARTED/.test(ended.stdout + ended.stderr)) return ended
      }
      throw new Error('nothing was told')
    }

    test('there is one document, and the next step', async () => {
      const {code, stdout} = await fewest('verify', '--rehearse', '--json')
      expect(code).toBe(1)
      expect(JSON.parse(stdout).error).toMatchObject({
        code: 'REHEARSAL_NOT_STARTED',
        cause: expect.stringContaining('EMFILE'),
        hint: expect.stringContaining('ulimit -n'),
      })
    })

    test('it is told in words where none is asked for', async () => {
      const {code, stdout, stderr} = await fewest('verify', '--rehearse')
      expect({code, stdout}).toEqual({code: 1, stdout: ''})
      expect(stderr).toMatch(
        /^Error: The embedded account in .* did not start\.\nCause: .*EMFILE.*\nTry: {3}Allow more open files/,
      )
    })
  },
)
