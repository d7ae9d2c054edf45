import {cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {Rehearsal} from './mcpgw.js'

/**
 * Bad input is refused before anything is called: the only endpoint that could be called counts. What else is refused is in
 * test/commands/bad-input.test.ts.
 */
describe('bad input', () => {
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
  let server: Server
  let calls = 0
  let env: NodeJS.ProcessEnv = {}
  beforeAll(async () => {
    server = createServer((_, response) => {
      calls += 1
      response.statusCode = 500
      response.end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    env = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
    }
  })
  afterAll(async () => {
    server.close()
    await rehearsal.remove()
  })

  test('an unknown parameter, with the name that was meant: exit code 2, and nothing is called', async () => {
    calls = 0
    const run = await rehearsal.run(['deploy', '--yes', '--json', '--set', 'TargetCpuUtilisation=60'], env)
    const {error} = run.json()
    expect(error.code).toBe('UNKNOWN_PARAMETER')
    expect(error.message + error.hint).toMatch(/TargetCpuUtilisation.*TargetCpuUtilization/s)
    expect(run.code).toBe(2)
    expect(calls).toBe(0)
  })

  test('a template that no longer parses: exit code 2 with file and line, and nothing is called', async () => {
    calls = 0
    const folder = join(rehearsal.folder, 'templates')
    mkdirSync(folder)
    cpSync(fileURLToPath(new URL('../../cloudformation', import.meta.url)), folder, {recursive: true})
    const path = join(folder, 'data-stack.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('Resources:\n', 'Resources:\n  Broken: [\n'))
    const run = await rehearsal.run(['deploy', '--yes', '--json'], {...env, MCPGW_TEMPLATES_DIR: folder})
    expect(run.code).toBe(2)
    expect(run.json().error.message).toMatch(/data-stack\.yaml:\d+/)
    expect(calls).toBe(0)
  })

  test('no credentials: exit code 2, and one line that says what to set', async () => {
    calls = 0
    const run = await rehearsal.run(['deploy', '--yes'], {AWS_ENDPOINT_URL: env.AWS_ENDPOINT_URL})
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
    const [line] = run.stderr.split('\n')
    expect(line).toMatch(/credentials/i)
    expect(line).toMatch(/AWS_ACCESS_KEY_ID.*--profile.*--rehearse/)
    expect(calls).toBe(0)
  })
})
