import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import Deploy from '../../src/commands/deploy.js'
import Realm from '../../src/commands/realm.js'
import Teardown from '../../src/commands/teardown.js'
import Verify from '../../src/commands/verify.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const options = {root}
const commands = {
  deploy: {flags: Deploy.flags, run: (argv: string[]) => Deploy.run(argv, options)},
  realm: {flags: Realm.flags, run: (argv: string[]) => Realm.run(argv, options)},
  teardown: {flags: Teardown.flags, run: (argv: string[]) => Teardown.run(argv, options)},
  verify: {flags: Verify.flags, run: (argv: string[]) => Verify.run(argv, options)},
}

let stdout: string
let stderr: string

beforeEach(() => {
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    stdout += chunk
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation(chunk => {
    stderr += chunk
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = undefined
})

async function run(
  command: keyof typeof commands,
  ...argv: string[]
): Promise<number | string | undefined | null> {
  await commands[command].run(argv)
  const code = process.exitCode
  process.exitCode = undefined
  return code
}

describe('a flag that is not as it should be', () => {
  it.each([
    [['--regio=us-east-1'], 'There is no flag --regio. Did you mean --region?'],
    [['--env', 'demo'], 'There is no flag --env. Did you mean --environment?'],
    [['-environment', 'demo'], 'There is no flag -environment. Did you mean --environment?'],
    [['\u2014environment', 'demo'], 'There is no flag \u2014environment. Did you mean --environment?'],
    [['--layout', 'nestd'], '--layout: "nestd" is none of nested, individual. Did you mean nested?'],
    [['--region'], '--region is given without a value.'],
    [['--region', ''], '--region is given with an empty value.'],
    [['--profile='], '--profile is given with an empty value.'],
    [['--set='], '--set is given with an empty value.'],
    [['-e', ' '], '--environment is given with an empty value.'],
    [['--rehearse', '--rehearse-speed='], '--rehearse-speed is given with an empty value.'],
    [['--yes=true'], '--yes takes no value.'],
  ] as const)('%j is told with what is right, exit code 2', async (argv, message) => {
    expect(await run('deploy', ...argv, '--json')).toBe(2)
    expect(JSON.parse(stdout).error).toMatchObject({code: 'USAGE', message})
  })

  it('is named with the one that it excludes, without values', async () => {
    expect(await run('teardown', '--prove', '--dry-run', '--json')).toBe(2)
    const [message, hint] = ['--prove and --dry-run cannot be used together.', 'Give one of them.']
    expect(JSON.parse(stdout).error).toMatchObject({code: 'USAGE', message, hint})
  })

  it('is not repeated with its value', async () => {
    expect(await run('deploy', '--sett=KeycloakAdminPassword=hunter2')).toBe(2)
    expect(stderr).toContain('--sett')
    expect(stderr).not.toContain('hunter2')
  })
})

describe('a command', () => {
  it.each([
    ['deploy', ['--bogus'], 2, 'USAGE'],
    ['deploy', ['--layout', 'round'], 2, 'USAGE'],
    ['deploy', ['--layout'], 2, 'USAGE'],
    ['deploy', ['--environment', 'a', '--environment', 'b'], 2, 'USAGE'],
    ['deploy', ['--rehearse-speed', '5'], 2, 'USAGE'],
    ['deploy', ['--rehearse-quota', 'L-0263D0A3=5'], 2, 'USAGE'],
    ['deploy', ['--rehearse', '--rehearse-quota', '5'], 2, 'USAGE'],
    ['deploy', ['--rehearse', '--rehearse-quota', 'L-0263D0A3=5,L-F678F1CE=-1'], 2, 'USAGE'],
    ['deploy', ['--rehearse', '--rehearse-quota', 'L-00000000=5'], 2, 'UNKNOWN_QUOTA'],
    ['deploy', ['--environment', 'Capital'], 2, 'INVALID_ENVIRONMENT'],
    ['verify', ['--environment', 'Capital'], 2, 'INVALID_ENVIRONMENT'],
    ['teardown', ['--environment', 'Capital'], 2, 'INVALID_ENVIRONMENT'],
    ['realm', ['--environment', 'Capital'], 2, 'INVALID_ENVIRONMENT'],
    ['realm', ['--students', '201'], 2, 'INVALID_STUDENTS'],
    ['deploy', ['--students', 'ada,ada'], 2, 'INVALID_STUDENTS'],
    ['deploy', ['--set', 'Students=admin'], 2, 'INVALID_STUDENTS'],
    ['realm', ['--timeout', 'soon'], 2, 'INVALID_DURATION'],
    ['teardown', [], 3, 'CONFIRMATION_MISSING'],
    ['deploy', ['--replace'], 3, 'CONFIRMATION_MISSING'],
  ] as const)('%s %j ends with exit code %i and one document', async (name, argv, exitCode, code) => {
    expect(await run(name, ...argv, '--json')).toBe(exitCode)
    expect(JSON.parse(stdout).error).toMatchObject({code, cause: null, resource: null, logs: null})
    expect(Object.keys(JSON.parse(stdout).error)).toEqual([
      'code',
      'message',
      'cause',
      'hint',
      'resource',
      'logs',
      'diagnosis',
      'foreseen',
      'remaining',
      'run',
      'evidence',
    ])
    expect(stderr).toBe('')
  })

  it('tells a person on standard error', async () => {
    expect(await run('teardown', '--environment', 'demo')).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toBe(
      'Error: Tearing down demo requires confirmation, which cannot be asked for here.\n' +
        'Try:   Add --yes to continue without confirmation: `mcpgw teardown --environment demo --yes`.\n',
    )
  })

  it('takes its flags from MCPGW_ variables', async () => {
    vi.stubEnv('MCPGW_JSON', 'true')
    vi.stubEnv('MCPGW_ENVIRONMENT', 'Capital')
    expect(await run('verify')).toBe(2)
    expect(JSON.parse(stdout).error.message).toContain('"Capital"')
  })

  it('takes a repeatable flag from several lines of its variable', async () => {
    vi.stubEnv('MCPGW_JSON', 'true')
    vi.stubEnv('MCPGW_SET', 'TargetCpuUtilization=60\nEnableMonitoring=maybe')
    expect(await run('deploy')).toBe(2)
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'INVALID_PARAMETER',
      message: expect.stringContaining('EnableMonitoring'),
    })
  })

  it('has an MCPGW_ variable for every flag', () => {
    for (const {flags} of Object.values(commands)) {
      for (const [name, flag] of Object.entries(flags)) {
        expect([name, flag.env]).toEqual([name, `MCPGW_${name.toUpperCase().replaceAll('-', '_')}`])
      }
    }
  })
})
