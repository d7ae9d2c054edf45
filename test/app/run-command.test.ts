import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {isFailed} from '../../src/app/outcome.js'
import {runCommand, runLocally} from '../../src/app/run-command.js'
import type {CommandSpecification, CommonFlags} from '../../src/app/specification.js'
import {failed, McpgwError} from '../../src/errors.js'
import type {AwsContext} from '../../src/steps/context.js'
import {commandClass, commandFile, commandNames} from '../helpers/commands.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-run-'))
const parameters = join(folder, 'class.yaml')
writeFileSync(parameters, 'KeycloakAdminPassword: Canary-4711\nTargetCpuUtilization: 60\n')
afterAll(() => rmSync(folder, {recursive: true, force: true}))

const flags: CommonFlags = {
  environment: 'demo',
  region: 'us-west-2',
  profile: undefined,
  rehearse: false,
  'rehearse-speed': undefined,
  'rehearse-seed': undefined,
  'rehearse-quota': undefined,
  'rehearse-fault': undefined,
  'rehearse-faults': undefined,
  json: false,
  verbose: false,
  'no-color': true,
  parameters,
}

/** As AWS and logs repeat it, and how it is shown. */
const repeated = 'Canary-4711 is not 60, nor Q2FuYXJ5LTQ3MTE='
const hidden = '**** is not 60, nor ****='

type Specification = CommandSpecification<CommonFlags, AwsContext, {reason: string}>

/** A command that thinks of no secret. */
const careless: Specification = {
  name: 'watch',
  read: () => ({}),
  async work(_, {tell}) {
    tell({kind: 'note', text: repeated})
    return {reason: repeated}
  },
  words: ({reason}) => ({text: reason, note: reason}),
}

let runs: string
let stderr: string
beforeEach(() => {
  runs = mkdtempSync(join(folder, 'runs-'))
  stderr = ''
  vi.spyOn(process.stderr, 'write').mockImplementation(chunk => {
    stderr += chunk
    return true
  })
  const env = {
    ...{AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_CONFIG_FILE: '/nowhere'},
    ...{AWS_SHARED_CREDENTIALS_FILE: '/nowhere', MCPGW_RUNS_DIR: runs},
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** Everything in the folders of runs. */
function recorded(): string {
  return readdirSync(runs, {recursive: true, encoding: 'utf8'})
    .map(name => join(runs, name))
    .filter(file => statSync(file).isFile())
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
}

describe('the secrets that were given', () => {
  it('are hidden in what a command shows and hands back, though it does nothing for it', async () => {
    const ending = await runCommand(async () => careless, flags)
    expect(ending).toMatchObject({document: {reason: hidden}, text: hidden, note: hidden, exitCode: 0})
    expect(stderr).toContain(hidden)
    expect(stderr).not.toContain('Canary')
  })

  it('are hidden in what it throws, and in what is recorded of it', async () => {
    const failing: Specification = {
      ...careless,
      recorded: () => ({command: 'watch'}),
      async work(_, {tell}) {
        tell({kind: 'note', text: repeated})
        throw failed('X', repeated, {hint: repeated, cause: new Error(repeated)})
      },
    }
    const ending = await runCommand(async () => failing, flags)
    if (!isFailed(ending)) throw new Error('it did not fail')
    expect(ending.failure).toMatchObject({code: 'X', exitCode: 1, message: hidden, hint: hidden})
    expect(ending.failure.cause).toMatchObject({message: hidden})
    expect(ending.kept?.run?.folder).toContain(runs)
    expect(recorded()).toContain(hidden)
    expect(recorded()).not.toMatch(/Canary|Q2FuYXJ5/)
  })

  it('are hidden in what it refuses before anything is asked of AWS', async () => {
    const refusing: Specification = {
      ...careless,
      read() {
        throw new McpgwError(repeated, {code: 'X', exitCode: 2})
      },
    }
    await expect(runCommand(async () => refusing, flags)).rejects.toMatchObject({code: 'X', message: hidden})
  })

  it('are hidden by a command that asks nothing of AWS', async () => {
    const local = {work: async () => ({reason: repeated}), words: ({reason}: {reason: string}) => reason}
    expect(await runLocally(async () => local, flags)).toEqual({
      document: {reason: hidden},
      text: hidden,
      exitCode: 0,
    })
  })

  it('are those of --set, too, and what is no secret stays', async () => {
    const set = ['KeycloakAdminPassword=Canary-4711', 'TargetCpuUtilization=60']
    expect(await runCommand(async () => careless, {...flags, parameters: undefined, set})).toMatchObject({
      text: hidden,
    })
  })

  it('are none where nothing was given', async () => {
    expect(await runCommand(async () => careless, {...flags, parameters: undefined})).toMatchObject({
      text: repeated,
    })
  })

  it('that cannot be read let nothing begin', async () => {
    const work = vi.fn(careless.work)
    const running = runCommand(async () => ({...careless, work}), {
      ...flags,
      parameters: join(folder, 'absent.json'),
    })
    await expect(running).rejects.toMatchObject({code: 'PARAMETERS_FILE_UNREADABLE', exitCode: 2})
    expect(work).not.toHaveBeenCalled()
  })
})

describe('how a run ended', () => {
  it('is handed back with what is kept of it, for each of two that run side by side', async () => {
    const failing = (reason: string): Specification => ({
      ...careless,
      recorded: () => ({command: 'watch'}),
      async work() {
        await new Promise(resolve => setImmediate(resolve))
        throw failed('X', reason)
      },
    })
    const endings = await Promise.all(
      ['one', 'two'].map(reason => runCommand(async () => failing(reason), flags)),
    )
    for (const [index, reason] of ['one', 'two'].entries()) {
      const ending = endings[index]
      if (ending === undefined || !isFailed(ending)) throw new Error('it did not fail')
      expect(ending.failure.message).toBe(reason)
      const run = JSON.parse(readFileSync(join(ending.kept?.run?.folder ?? '', 'run.json'), 'utf8'))
      expect(run.failure.message).toBe(reason)
    }
  })

  it('is told at once when the user insists, whatever the work waits for', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(1000)
    const hanging: Specification = {
      ...careless,
      recorded: () => ({command: 'watch'}),
      work() {
        process.emit('SIGINT')
        now.mockReturnValue(2000)
        process.emit('SIGINT')
        return new Promise(() => {})
      },
    }
    const ending = await runCommand(async () => hanging, flags)
    expect(ending).toMatchObject({isUrgent: true, failure: {code: 'INTERRUPTED', exitCode: 130}})
  })

  it('is the first that was told: an interrupt that is reported stays what is kept', async () => {
    const work: Specification['work'] = async (_, {signal}) => {
      process.emit('SIGINT')
      throw signal.reason
    }
    const ending = await runCommand(async () => ({...careless, work, follows: true}), {
      ...flags,
      timeout: '90m',
    })
    expect(ending).toMatchObject({failure: {code: 'INTERRUPTED', exitCode: 130}})
    expect(ending).not.toHaveProperty('isUrgent')
  })
})

/** Commands that do it all themselves, and why no secret can be given to them. */
const byThemselves = {rehearse: 'serves an account, and is given no parameters'}

it('every command is run so', async () => {
  const others = []
  for (const name of commandNames) {
    if (/this\.run(Specified|Local)\(/.test(readFileSync(commandFile(name), 'utf8'))) continue
    expect((await commandClass(name)).flags).not.toHaveProperty('parameters')
    others.push(name)
  }
  expect(others).toEqual(Object.keys(byThemselves))
})
