import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {booleanVariable, withBooleanVariables} from '../../src/input/boolean-variables.js'
import {commandClass, commandNames} from '../helpers/commands.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const commands = await Promise.all(
  commandNames.map(async name => [name.replace(' ', '/'), await commandClass(name)] as const),
)

const booleans = commands.flatMap(([name, command]) =>
  Object.values(command.flags).flatMap(({type, env}) => (type === 'boolean' && env ? [[name, env]] : [])),
)

const spellings = {
  true: ['1', 'true', 'yes', 'on', 'y', 'TRUE', 'Yes', 'oN', ' true ', 'true\r'],
  false: ['0', 'false', 'no', 'off', 'n', 'False', 'NO', 'oFF', ' 0'],
  neither: ['2', 't', 'f', 'enabled', 'disabled', 'tru', 'ture', '-1', '01', 'yes no', 'null', '"true"'],
  unset: ['', '  '],
} as const

describe('the variable of a boolean flag', () => {
  const read = (word: string) => booleanVariable('MCPGW_REHEARSE', {MCPGW_REHEARSE: word})

  it.each(spellings.true)('is true for %j', word => expect(read(word)).toBe(true))
  it.each(spellings.false)('is false for %j', word => expect(read(word)).toBe(false))
  it.each(spellings.unset)('is not set when it is %j', word => expect(read(word)).toBeUndefined())
  it.each(spellings.neither)('is refused by its name when it is %j', word => {
    const name = 'MCPGW_REHEARSE'
    const refusal = {code: 'INVALID_VARIABLE', exitCode: 2, message: expect.stringContaining(name)}
    expect(() => read(word)).toThrow(expect.objectContaining(refusal))
  })

  it('becomes the default of its flag, and leaves every other flag as it was', () => {
    const flags = {
      rehearse: {type: 'boolean', env: 'MCPGW_REHEARSE', default: false},
      verify: {type: 'boolean', env: 'MCPGW_VERIFY', default: true},
      realm: {type: 'boolean', env: 'MCPGW_REALM', default: true},
      region: {type: 'option', env: 'MCPGW_REGION'},
    }
    const env = {MCPGW_REHEARSE: 'on', MCPGW_VERIFY: 'Off', MCPGW_REGION: 'on'}
    expect(withBooleanVariables(flags, env)).toEqual({
      rehearse: {type: 'boolean', env: undefined, default: true},
      verify: {type: 'boolean', env: undefined, default: false},
      realm: {type: 'boolean', env: undefined, default: true},
      region: {type: 'option', env: 'MCPGW_REGION'},
    })
  })
})

describe('a command', () => {
  let stdout: string
  let calls: number
  const aws = createServer((_, response) => {
    calls += 1
    response.end()
  })

  beforeEach(async () => {
    stdout = ''
    calls = 0
    vi.spyOn(process.stdout, 'write').mockImplementation(chunk => {
      stdout += chunk
      return true
    })
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
    await new Promise<void>(resolve => aws.listen(0, '127.0.0.1', resolve))
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(aws.address() as AddressInfo).port}`)
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example')
    vi.stubEnv('MCPGW_RUNS_DIR', '/nowhere')
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    process.exitCode = undefined
    await new Promise(resolve => aws.close(resolve))
  })

  async function run(name: string, ...argv: string[]): Promise<number | string | null | undefined> {
    await commands.find(([each]) => each === name)?.[1].run(argv, {root})
    return process.exitCode
  }

  it('has boolean flags with variables, whichever it is', () => {
    expect(new Set(booleans.map(([name]) => name)).size).toBe(commands.length)
  })

  it.each(booleans)('%s refuses %s=enabled with exit code 2, and calls nobody', async (name, variable) => {
    vi.stubEnv(variable, 'enabled')
    expect(await run(name, '--json')).toBe(2)
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'INVALID_VARIABLE',
      message: `${variable}="enabled" is neither true nor false.`,
    })
    expect(calls).toBe(0)
  })

  it.each(['on', 'ON', 'yes', '1', ' true'])('rehearses with MCPGW_REHEARSE=%s', async word => {
    vi.stubEnv('MCPGW_REHEARSE', word)
    // Only a rehearsal asks for the quota, and before it looks for an account.
    vi.stubEnv('MCPGW_REHEARSE_QUOTA', 'L-00000000=1')
    expect(await run('teardown', '--yes', '--json')).toBe(2)
    expect(JSON.parse(stdout).error.code).toBe('UNKNOWN_QUOTA')
    expect(calls).toBe(0)
  })

  it('prints JSON with MCPGW_JSON=on', async () => {
    vi.stubEnv('MCPGW_JSON', 'on')
    expect(await run('verify', '--environment', 'Capital')).toBe(2)
    expect(JSON.parse(stdout).error.code).toBe('INVALID_ENVIRONMENT')
  })

  it.each(['deploy', 'preflight'])('%s refuses --verify together with --no-verify', async name => {
    expect(await run(name, '--verify', '--no-verify', '--json')).toBe(2)
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('contradict'),
    })
  })
})
