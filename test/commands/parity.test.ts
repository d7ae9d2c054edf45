import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {gunzipSync} from 'node:zlib'
import {Config} from '@oclif/core/config'
import {afterAll, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest'
import Parity from '../../src/commands/parity.js'
import {visible} from '../../src/visible.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-parity-'))
const fixture = (name: string) => join(root, 'test/fixtures/parity', `v107-${name}.json.gz`)
const [plan, state, errored] = [fixture('domain-use1'), fixture('applied-state'), fixture('oneshot-errored')]
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

type Document = any
const documentOf = (path: string): Document => JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'))

let config: Config
let stdout = ''
let stderr = ''
beforeAll(async () => {
  config = await Config.load(root)
})
afterAll(() => rmSync(folder, {recursive: true, force: true}))
beforeEach(() => {
  for (const name of Object.keys(process.env).filter(name => /^(AWS|MCPGW)_/.test(name)))
    vi.stubEnv(name, undefined)
  vi.spyOn(process.stderr, 'write').mockImplementation(chunk => {
    stderr += chunk
    return true
  })
  vi.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    stdout += chunk
    return true
  })
  return () => {
    vi.restoreAllMocks()
    process.exitCode = undefined
  }
})

async function run(...args: string[]): Promise<{code: unknown; stdout: string; stderr: string}> {
  stdout = ''
  stderr = ''
  process.exitCode = undefined
  await Parity.run(args, config)
  return {code: process.exitCode, stdout, stderr}
}

describe('bad input', () => {
  const link = join(folder, 'link.json')
  symlinkSync(plan, link)
  mkdirSync(join(folder, 'templates'))
  for (const name of ['main', 'data', 'compute', 'services'])
    writeFileSync(
      join(folder, 'templates', `${name}-stack.yaml`),
      readFileSync(join(root, 'cloudformation', `${name}-stack.yaml`)),
    )
  mkdirSync(join(folder, 'broken'))
  for (const name of ['main', 'network', 'data', 'compute', 'services'])
    writeFileSync(join(folder, 'broken', `${name}-stack.yaml`), 'Resources:\n  Vpc:\n    Type: [\n')

  const cases: [title: string, args: string[], code: string, says: RegExp][] = [
    ['no plan', [], 'USAGE', /^--tf-plan is missing\./],
    [
      'a flag given twice',
      ['--tf-plan', plan, '--tf-plan', errored],
      'USAGE',
      /--tf-plan can only be specified once/,
    ],
    ['a flag without its value', ['--tf-plan'], 'USAGE', /^--tf-plan is given without a value/],
    ['a file without its flag', [plan], 'USAGE', /Unexpected argument/],
    ['an empty name', ['--tf-plan', ''], 'USAGE', /^--tf-plan is given with an empty value/],
    [
      'an empty name of a folder',
      ['--tf-plan', plan, '--cfn', ''],
      'USAGE',
      /^--cfn is given with an empty value/,
    ],
    [
      'a missing file',
      ['--tf-plan', join(folder, 'no.json')],
      'TERRAFORM_FILE_UNREADABLE',
      /--tf-plan: .*no\.json.* does not exist/,
    ],
    [
      'a folder',
      ['--tf-plan', plan, '--tf-state', folder],
      'TERRAFORM_FILE_UNREADABLE',
      /--tf-state: .*it is a folder/,
    ],
    [
      'standard input for two',
      ['--tf-plan', '-', '--tf-state', '-'],
      'USAGE',
      /--tf-plan and --tf-state both name standard input/,
    ],
    [
      'one file for two',
      ['--tf-plan', plan, '--against', link],
      'USAGE',
      /--tf-plan and --against both name .*link\.json/,
    ],
    ['a state for a plan', ['--tf-plan', state], 'TERRAFORM_STATE_AS_PLAN', /applied-state.* is a state/],
    [
      'a plan for a state',
      ['--tf-plan', plan, '--tf-state', errored],
      'TERRAFORM_PLAN_AS_STATE',
      /is a plan/,
    ],
    ['a page over a folder', ['--tf-plan', plan, '--markdown', folder], 'MARKDOWN_UNWRITABLE', /is a folder/],
    [
      'a page over what is read',
      ['--tf-plan', plan, '--markdown', link],
      'MARKDOWN_UNWRITABLE',
      /link\.json is the file of --tf-plan/,
    ],
    [
      'a page over a template',
      ['--tf-plan', plan, '--markdown', join(root, 'cloudformation/data-stack.yaml')],
      'MARKDOWN_UNWRITABLE',
      /data-stack\.yaml is one of the templates/,
    ],
    [
      'a page nowhere',
      ['--tf-plan', plan, '--markdown', join(folder, 'no/x.md')],
      'MARKDOWN_UNWRITABLE',
      /there is no folder/,
    ],
    [
      'a page on standard output',
      ['--tf-plan', plan, '--markdown', '-'],
      'MARKDOWN_UNWRITABLE',
      /names no file/,
    ],
    [
      'templates that lack a file',
      ['--tf-plan', plan, '--cfn', join(folder, 'templates')],
      'TEMPLATE_UNREADABLE',
      /network-stack\.yaml.*does not exist.*--cfn/s,
    ],
    [
      'templates that are none',
      ['--tf-plan', plan, '--cfn', join(folder, 'broken')],
      'INVALID_TEMPLATE',
      /main-stack\.yaml:[34]/,
    ],
    [
      'an unknown parameter',
      ['--tf-plan', plan, '--set', 'VpcCider=10.0.0.0/16'],
      'UNKNOWN_PARAMETER',
      /Did you mean VpcCidr/,
    ],
    [
      'a value that the templates refuse',
      ['--tf-plan', plan, '--set', 'VpcCidr=ten'],
      'INVALID_PARAMETER',
      /--set: .*VpcCidr/,
    ],
    [
      'a zone without its domain',
      ['--tf-plan', plan, '--set', 'HostedZoneId=', '--set', 'BaseDomain=a.example'],
      'INVALID_PARAMETERS',
      /BaseDomain/,
    ],
    ['a variable that is neither true nor false', ['--tf-plan', plan], 'INVALID_VARIABLE', /MCPGW_STRICT/],
  ]

  test.each(cases)('%s: exit code 2', async (title, args, code, says) => {
    if (title.startsWith('a variable')) vi.stubEnv('MCPGW_STRICT', 'perhaps')
    const {code: exitCode, stdout} = await run(...args, '--json')
    const {error} = JSON.parse(stdout)
    expect([exitCode, error.code]).toEqual([2, code])
    expect(`${error.message} ${error.hint}`).toMatch(says)
  })
})

describe('a comparison', () => {
  test('adds up to the resources of the plan, and ends with 0 or 1 by its verdict', async () => {
    const {code, stdout, stderr} = await run('--tf-plan', plan, '--json')
    const {totals, plan: told, verdict, resources, partial, parameters, region} = JSON.parse(stdout)
    const {onlyHere: _, ...ofPlan} = totals
    expect(Object.values<number>(ofPlan).reduce((sum, count) => sum + count, 0)).toBe(278)
    expect([told.resources, resources.length, partial.length]).toEqual([278, 278, 0])
    expect([code, verdict]).toEqual(verdict === 'same' ? [0, 'same'] : [1, 'different'])
    expect([region, parameters.BaseDomain, parameters.RegistryImageTag]).toEqual([
      'us-east-1',
      'mycorp.click',
      'v1.0.7',
    ])
    expect(stderr).toBe('')
  })

  test('of a part of a plan ends with 5, says so first, and writes the page all the same', async () => {
    const page = join(folder, 'partial.md')
    const {code, stdout} = await run('--tf-plan', errored, '--markdown', page)
    expect(code).toBe(5)
    expect(stdout).toMatch(/^✖ THIS PLAN IS ONLY PART OF ONE\n {2}Planning failed before its end/)
    expect(stdout).toMatch(/✖ The plan is only part of one, so that this is no proof of parity; [^\n]*\n$/)
    expect(readFileSync(page, 'utf8')).toContain('**Only part of a plan.** Planning failed before its end')
  })

  test('with other templates names what they lack', async () => {
    const other = join(folder, 'other')
    mkdirSync(other)
    for (const name of ['main', 'network', 'data', 'compute', 'services']) {
      const text = readFileSync(join(root, 'cloudformation', `${name}-stack.yaml`), 'utf8')
      writeFileSync(
        join(other, `${name}-stack.yaml`),
        text.replace(/^ {2}S3Endpoint:\n(?: {4}.*\n|\n)+/m, ''),
      )
    }
    const {stdout} = await run('--tf-plan', plan, '--cfn', other, '--json')
    const {resources} = JSON.parse(stdout)
    const named = resources.filter((one: Document) => one.counterpart?.resource === 'network.S3Endpoint')
    expect(named.map(({address, verdict}: Document) => [address, verdict])).toEqual([
      ['aws_vpc_endpoint.s3', 'missing'],
    ])
  })

  test.each<[string, string, RegExp | string, string, RegExp]>([
    [
      'whose expressions fail',
      'network',
      'CidrBlock: !Ref VpcCidr',
      'CidrBlock: !Select [7, [a]]',
      /network-stack\.yaml:\d+/,
    ],
    [
      'without an output that another one reads',
      'network',
      /^Outputs:[\s\S]*/m,
      '',
      /main-stack\.yaml: NetworkStack has no output VpcId/,
    ],
    [
      'whose rule does not hold',
      'compute',
      "Assert: !Not [!Equals [!Ref HostedZoneId, '']]",
      "Assert: !Equals [!Ref HostedZoneId, '']",
      /BaseDomain is given/,
    ],
    [
      'of which one nests something else',
      'main',
      'services-stack.yaml',
      'x-stack.yaml',
      /main\.ServicesStack nests .*x-stack/,
    ],
  ])('with templates %s is refused by name', async (_, label, old, changed, says) => {
    const other = mkdtempSync(join(folder, 'cfn-'))
    for (const name of ['main', 'network', 'data', 'compute', 'services']) {
      const text = readFileSync(join(root, 'cloudformation', `${name}-stack.yaml`), 'utf8')
      writeFileSync(join(other, `${name}-stack.yaml`), name === label ? text.replace(old, changed) : text)
    }
    const {code, stdout} = await run('--tf-plan', plan, '--cfn', other, '--json')
    const {error} = JSON.parse(stdout)
    expect([code, error.code]).toEqual([2, 'INVALID_TEMPLATE'])
    expect(error.message).toMatch(says)
  })
})

describe('secrets', () => {
  test('of plan, state and parameters are in no output', async () => {
    const secrets = new Set<string>()
    const [secretPlan, secretState] = [
      planted(documentOf(plan), secrets),
      planted(documentOf(state), secrets),
    ]
    const [first] = secrets
    // Where nobody marks it: as it is, in a text, and as other things write it.
    const [vpc] = secretPlan.resource_changes.filter(({type}: Document) => type === 'aws_vpc')
    vpc.change.after.tags = {
      Plain: first,
      Longer: `before ${first} after`,
      Base64: Buffer.from(`${first}`).toString('base64'),
      Url: `https://x.example/?q=${encodeURIComponent(`${first}`)}`,
      [`Key ${first}`]: 'x',
    }
    const older = structuredClone(secretPlan)
    planted(older, secrets)
    older.variables.later = {value: 'x'}
    const files = [secretPlan, secretState, older].map((document, index) =>
      file(`secret-${index}.json`, JSON.stringify(document)),
    )
    const [planFile = '', stateFile = '', olderFile = ''] = files
    const given = 'Given-Canary-0123456789'
    const parameters = file(
      'parameters.yaml',
      `EmbeddingsApiKey: ${given}-2\nEmbeddingsProvider: litellm\nEmbeddingsModelName: openai/x\n`,
    )
    for (const secret of [given, `${given}-2`]) secrets.add(secret)
    const all = ['--tf-plan', planFile, '--tf-state', stateFile, '--against', olderFile]
    const more = ['--set', `KeycloakDatabasePassword=${given}`, '--parameters', parameters]
    const page = join(folder, 'secret.md')
    expect(secrets.size).toBeGreaterThan(10)
    const texts = [
      await run(...all, ...more, '--verbose', '--markdown', page),
      await run(...all, ...more, '--json'),
      await run(...all, ...more, '--set', `KeycloakAdminPassword=${given}\u00e9`),
      await run('--tf-plan', stateFile, '--verbose'),
      await run(
        '--tf-plan',
        planFile,
        '--tf-state',
        file('cut.json', JSON.stringify(secretState).slice(0, -20)),
        '--json',
      ),
    ].flatMap(({stdout, stderr}) => [stdout, stderr])
    const shown = [...texts, readFileSync(page, 'utf8')]
    expect(shown.join('').match(/\*{4}/g)?.length).toBeGreaterThan(5)
    for (const secret of secrets)
      for (const form of [
        secret,
        visible(secret),
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').slice(0, -4),
      ])
        for (const text of shown) expect(text.includes(form), `${form} in ${text.slice(0, 60)}`).toBe(false)
  })
})

/** The document with a secret of its own under every mask and in every sensitive variable. */
function planted(document: Document, secrets: Set<string>): Document {
  const fresh = () => {
    const secret = `Canary-${secrets.size}-ü:/?"${Math.trunc(1e6 + secrets.size * 7919)}`
    secrets.add(secret)
    return secret
  }
  const under = (values: Document, mask: Document): Document => {
    if (mask === true) return typeof values === 'string' ? fresh() : values
    if (typeof mask !== 'object' || mask === null || typeof values !== 'object' || values === null)
      return values
    for (const name of Object.keys(mask)) values[name] = under(values[name], mask[name])
    return values
  }
  for (const {change} of document.resource_changes ?? []) {
    under(change.after, change.after_sensitive)
    under(change.before, change.before_sensitive)
  }
  const modules = [document.values?.root_module, document.planned_values?.root_module].filter(Boolean)
  for (const module of modules) {
    for (const {values, sensitive_values} of module.resources ?? []) under(values, sensitive_values)
    modules.push(...(module.child_modules ?? []))
  }
  const declared = document.configuration?.root_module.variables ?? {}
  for (const [name, variable] of Object.entries<Document>(document.variables ?? {}))
    if (declared[name]?.sensitive && variable.value !== '') variable.value = fresh()
  return document
}
