import {mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {afterAll, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest'
import {BaseCommand} from '../../src/app/base-command.js'
import type {Outcome} from '../../src/app/outcome.js'
import type Verify from '../../src/commands/verify.js'
import {commandClass, commandNames} from '../helpers/commands.js'
import {hostile, wrongsOf} from '../hostile/hostile-text.js'

/** Every flag and variable of every command, and settings of the machine, with what nobody means. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const commands = await Promise.all(
  commandNames.map(async name => ({name: name.replace(' ', '/'), command: await commandClass(name)})),
)

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-inputs-'))
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
mkdirSync(join(folder, 'empty'))
symlinkSync(join(folder, 'circle'), join(folder, 'circle'))

/** Where the commands run: a value that is taken for a relative path, `../../etc/passwd` among them, ends in the folder. */
const working = join(folder, 'where', 'commands', 'run')
mkdirSync(working, {recursive: true})
const usual = process.cwd()
const atHome = readdirSync(root).sort()

/** Texts that hurt programs of all kinds. */
const texts = [
  ...[
    '',
    ' ',
    hostile,
    '-1',
    '0',
    '1e999',
    'NaN',
    '99999999999999999999',
    '0x10',
    '١٢',
    '--help',
    '--',
    '=',
    ',',
  ],
  ...[
    '__proto__',
    'constructor',
    '%s%n',
    '$(id)',
    '`id`',
    '../../etc/passwd',
    '\\',
    '{"a":',
    'a=b=c',
    '🔑',
    '\ud800',
  ],
  ...[
    'x'.repeat(16_384),
    'é'.repeat(8_192),
    'x'.repeat(20_000),
    ','.repeat(9_000),
    'L-0263D0A3=1,L-0263D0A3=2',
  ],
]

/** Paths at which is what nobody expects there. */
const paths = [
  ...[
    folder,
    join(folder, 'empty'),
    join(folder, 'circle'),
    join(folder, 'none'),
    '/dev/null',
    '/dev/zero',
    '/dev/full',
  ],
  file('empty.yaml', ''),
  file(
    'binary.yaml',
    Uint8Array.from({length: 4096}, (_, index) => index % 256),
  ),
  file('bom.json', '\ufeff{"MinCapacity": 2}'),
  file('list.json', '[[[1, null, {"ParameterKey": {}}]]]'),
  file('deep.json', '['.repeat(30_000)),
  file('deep.yaml', `${'- '.repeat(3_000)}x`),
  file('hostile.yaml', `${JSON.stringify(hostile)}: ${JSON.stringify(hostile)}\n`),
  file('proto.json', '{"__proto__": {"x": 1}, "constructor": "y"}'),
  file('aliases.yaml', `a: &a [x,x]\n${'b: &b [*a,*a]\n'.repeat(20)}`),
]

let told = {stdout: '', stderr: ''}
const aws = createServer((_, response) => {
  // Nobody is known there, and every command ends with it that gets so far.
  response.writeHead(403, {'content-type': 'text/xml', 'x-amzn-requestid': 'x'})
  response.end(
    `<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>${hostile.replace(/[^ -~]/g, '').replace(/[<>&]/g, '')}</Message></Error></ErrorResponse>`,
  )
})
let port = 0

beforeAll(async () => {
  process.chdir(working)
  await new Promise<void>(resolve => aws.listen(0, '127.0.0.1', resolve))
  port = (aws.address() as AddressInfo).port
})
afterAll(async () => {
  process.chdir(usual)
  await new Promise(resolve => aws.close(resolve))
  rmSync(folder, {recursive: true, force: true})
})

beforeEach(() => {
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation(chunk => {
      told[name] += chunk
      return true
    })
  }
  const env = {
    ...{AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y'},
    ...{AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere', XDG_CONFIG_HOME: '/nowhere'},
    ...{MCPGW_RUNS_DIR: join(folder, 'runs'), MCPGW_REHEARSAL_STATE: join(folder, 'account.json')},
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    process.exitCode = undefined
  }
})

/** Without what would serve an account for good, or wait for somebody: what is checked comes before that. */
const added = (name: string, flag: string) => {
  if (name === 'rehearse') return flag === 'port' ? ['--fault', 'nonsense'] : ['--port', String(port)]
  return name === 'images/export' && flag !== 'to' ? ['--to', 's3://bucket-of-mine/x/'] : []
}

/** What oclif reads of the project before a command, which no flag changes. */
const config = await Config.load(root)

/** Reads it for this command, as the machine has it set at that moment. */
const readAnew = {root}

async function run(command: typeof Verify, argv: string[], project: typeof config | typeof readAnew) {
  told = {stdout: '', stderr: ''}
  process.exitCode = undefined
  await command.run(argv, project)
  return {...told, exitCode: process.exitCode as number | undefined}
}

/** Whether a value can do something to whoever is told of it. */
const isTold = (value: string) => value === hostile || value.endsWith('hostile.yaml')

/** What is wrong with how a command answered; nothing when it answered as promised. */
async function wrongs(
  command: typeof Verify,
  argv: string[],
  {isHostile = true, project = config}: {isHostile?: boolean; project?: typeof config | typeof readAnew} = {},
): Promise<string[]> {
  const {stdout, exitCode = 0} = await run(command, [...argv, '--json'], project)
  const found: string[] = []
  try {
    const document = JSON.parse(stdout)
    if (document.error?.code === 'INTERNAL') found.push(document.error.message)
    if ((document.error === undefined) !== (exitCode === 0)) found.push(`exit code ${exitCode} of ${stdout}`)
  } catch {
    found.push(`no document: ${stdout.slice(0, 300)}`)
  }
  if (![0, 1, 2, 3].includes(exitCode)) found.push(`exit code ${exitCode}`)
  if (!isHostile) return found
  const asText = await run(command, argv, project)
  return [...found, ...wrongsOf(asText.stdout, 'pipe'), ...wrongsOf(asText.stderr, 'pipe')]
}

test('a defect, a second document and a raw character are found', async () => {
  class Broken extends BaseCommand {
    static override flags = {}

    protected override async perform(): Promise<Outcome> {
      process.stdout.write('\u001b[2J')
      throw new TypeError('it is not a function')
    }
  }
  const found = await wrongs(Broken as unknown as typeof Verify, [])
  expect(found.join('\n')).toMatch(/no document.*\n.*U\+001b/s)
  class Defect extends BaseCommand {
    static override flags = {}

    protected override async perform(): Promise<Outcome> {
      throw new TypeError('it is not a function')
    }
  }
  expect(await wrongs(Defect as unknown as typeof Verify, [])).toEqual([
    'Something went wrong inside mcpgw: it is not a function',
  ])
})

/** Some hundred runs each, most of which end before a call is made. */
const patience = 300_000

describe.each(commands)('$name', ({name, command}) => {
  const flags = Object.entries(command.flags).flatMap(([flag, {type, env}]) =>
    type === 'option' ? [{flag, env}] : [],
  )

  test(
    'answers with one document, and no defect, whatever its flags are given',
    async () => {
      const found: string[] = []
      for (const {flag} of flags) {
        for (const value of [...texts, ...paths]) {
          const argv = [`--${flag}=${value}`, ...added(name, flag)]
          for (const wrong of await wrongs(command, argv, {isHostile: isTold(value)}))
            found.push(`--${flag}=${JSON.stringify(value).slice(0, 60)}: ${wrong}`)
        }
      }
      expect(found).toEqual([])
    },
    patience,
  )

  test(
    'and whatever its variables are',
    async () => {
      const found: string[] = []
      for (const {flag, env} of flags) {
        if (env === undefined) continue
        for (const value of [...texts, ...paths].filter(each => !each.includes('\0'))) {
          vi.stubEnv(env, value)
          const argv = added(name, flag)
          for (const wrong of await wrongs(command, argv, {isHostile: isTold(value)}))
            found.push(`${env}=${JSON.stringify(value).slice(0, 60)}: ${wrong}`)
          vi.stubEnv(env, undefined)
        }
      }
      expect(found).toEqual([])
    },
    patience,
  )

  test(
    'and whatever the machine has set',
    async () => {
      const variables = [
        ...[
          'AWS_REGION',
          'AWS_PROFILE',
          'AWS_ENDPOINT_URL',
          'AWS_ACCESS_KEY_ID',
          'AWS_SECRET_ACCESS_KEY',
          'AWS_CONFIG_FILE',
        ],
        ...[
          'AWS_SESSION_TOKEN',
          'AWS_CA_BUNDLE',
          'AWS_MAX_ATTEMPTS',
          'AWS_DEFAULTS_MODE',
          'AWS_RETRY_MODE',
          'HTTPS_PROXY',
        ],
        ...[
          'MCPGW_RUNS_DIR',
          'MCPGW_TEMPLATES_DIR',
          'MCPGW_CONFIG',
          'XDG_CONFIG_HOME',
          'XDG_STATE_HOME',
          'TERM',
          'COLUMNS',
        ],
      ]
      const found: string[] = []
      for (const variable of variables) {
        for (const value of [hostile, ...paths, '-1', '\ud800', 'x'.repeat(5000)].filter(
          each => !each.includes('\0'),
        )) {
          const before = process.env[variable]
          vi.stubEnv(variable, value)
          // oclif reads nothing of AWS's.
          const project = variable.startsWith('AWS_') ? config : readAnew
          const given = {isHostile: isTold(value), project}
          for (const wrong of await wrongs(command, added(name, ''), given))
            found.push(`${variable}=${JSON.stringify(value).slice(0, 60)}: ${wrong}`)
          vi.stubEnv(variable, before)
        }
      }
      expect(found).toEqual([])
    },
    patience,
  )
})

test('nothing of all this was written into the folder of the project', () => {
  const built = (name: string) => name.startsWith('.dist-')
  expect(
    readdirSync(root)
      .filter(name => !built(name))
      .sort(),
  ).toEqual(atHome.filter(name => !built(name)))
})
