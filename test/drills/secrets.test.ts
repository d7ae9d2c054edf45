import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {readProductTemplate, templateNames} from '../rehearsal/helpers/template-run.js'
import {DrillAccount} from './harness/account.js'
import {type Ended, runCommand} from './harness/command.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-secrets-'))
const parameters = join(folder, 'class.json')
const runs = join(folder, 'runs')
/** Every NoEcho parameter of the templates, each with a value of its own that has to be written in another way in JSON and URLs. */
const canaries = Object.fromEntries(
  [
    ...new Set(
      templateNames().flatMap(name =>
        Object.entries(readProductTemplate(name).parameters).flatMap(([parameter, {noEcho}]) =>
          noEcho ? [parameter] : [],
        ),
      ),
    ),
  ].map((name, index) => [
    name,
    `Canary-${index}%2Fsings+loudly=4711?${name === 'EmbeddingsApiKey' ? '"\\' : ''}`,
  ]),
)
const values = Object.values(canaries)
const embeddings = {EmbeddingsProvider: 'litellm', EmbeddingsModelName: 'text-embedding-3-small'}

let account: DrillAccount
const before = process.env.MCPGW_RUNS_DIR
beforeAll(async () => {
  writeFileSync(parameters, JSON.stringify({...canaries, ...embeddings}))
  process.env.MCPGW_RUNS_DIR = runs
  account = await DrillAccount.serve()
})
afterAll(async () => {
  process.env.MCPGW_RUNS_DIR = before
  await account.stop()
  rmSync(folder, {recursive: true, force: true})
})

/**
 * Whatever a run left that somebody else may read: the screen or the document, and the folder of the run.
 */
function leaks({stdout, stderr}: Ended): string[] {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .map(name => join(folder, name))
    .filter(file => file !== parameters && statSync(file).isFile())
    .map(file => readFileSync(file, 'utf8'))
  const texts = [stdout, stderr, ...files]
  const found = [...values, ...generated].flatMap(value => {
    const inJson = JSON.stringify(value).slice(1, -1)
    const forms = [value, inJson, encodeURIComponent(value), Buffer.from(value).toString('base64')]
    return forms.filter(form => texts.some(text => text.includes(form)))
  })
  return [...found, ...texts.flatMap(text => text.match(signedToken) ?? [])]
}

/** A token as Keycloak signs it: a header and a payload that are JSON, in Base64. */
const signedToken = /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*/g

/** Passwords and secrets that were made in the account, those of environments that are gone too. */
const generated = new Set<string>()

/** Keeps every value of every secret of the account, or of every member where it is a JSON object. */
async function keepGenerated(): Promise<void> {
  const found: string[] = []
  JSON.stringify(await account.state(), (_, member) => {
    if (member?.stages !== undefined && typeof member.value === 'string')
      found.push(...membersOf(member.value))
    return member
  })
  // Names of users and databases are in such secrets too.
  for (const value of found) if (value.length >= 12 && !value.startsWith('mcp-gateway')) generated.add(value)
}

function membersOf(text: string): string[] {
  if (!text.startsWith('{')) return [text]
  return Object.values(JSON.parse(text) as Record<string, unknown>).map(String)
}

const [echoed] = values
/** The cases in which AWS repeats it: there it must have been hidden, not missing. */
const repeating = /repeats the value|the same in JSON|explaining (it|that)/
const given = `--parameters ${parameters}`
test.each([
  [
    'a refusal of the value itself',
    [],
    `mcpgw deploy --set ${Object.keys(canaries)[0]}=x${echoed}/@ ${given}`,
    2,
  ],
  ['a preflight', [], `mcpgw preflight ${given}`, 0],
  [
    'a resource that fails and repeats the value',
    [`fail-create AWS::EC2::VPC message="The password ${echoed} is not welcome." once`],
    `mcpgw deploy --verbose --text ${given}`,
    1,
  ],
  [
    'the same in JSON',
    [`fail-create AWS::EC2::VPC message="No ${echoed}." once`],
    `mcpgw deploy ${given}`,
    1,
  ],
  ['explaining it', [], `mcpgw diagnose --verbose --text ${given}`, 0],
  ['explaining it in JSON', [], `mcpgw diagnose ${given}`, 0],
  ['a creation that is left alone', [], `mcpgw deploy --timeout 8m ${given}`, 4],
  [
    'watching what fails and repeats the value',
    [`fail-create AWS::CloudWatch::Alarm message="No ${echoed}."`],
    `mcpgw watch --verbose --text ${given}`,
    1,
  ],
  ['explaining that', [], `mcpgw diagnose --verbose --text ${given}`, 0],
  ['another creation that is left alone', [], `mcpgw deploy --timeout 8m ${given}`, 4],
  [
    'cancelling what fails and repeats the value',
    [`fail-delete AWS::EC2::VPC message="No ${echoed}." once`],
    `mcpgw cancel --verbose --text ${given}`,
    1,
  ],
  [
    'a refusal by AWS',
    ['deny cloudformation:CreateStack'],
    `mcpgw deploy --skip-check permissions ${given}`,
    1,
  ],
  ['a connection that is cut', ['reset s3:* times=3'], `mcpgw deploy --verbose --text ${given}`, 0],
  ['students', [], `mcpgw realm --verbose --text --students ada,grace ${given}`, 0],
  ['students, again, in JSON', [], `mcpgw realm --students 3 ${given}`, 0],
  ['an update', [], `mcpgw deploy --verbose --text --set TargetCpuUtilization=60 ${given}`, 0],
  ['a check', [], 'mcpgw verify --verbose --text', 0],
  ['who logs in where', [], 'mcpgw credentials --verbose --text', 0],
  ['watching', [], 'mcpgw watch --verbose --text', 0],
  ['explaining', [], 'mcpgw diagnose --verbose --text', 0],
  ['cancelling', [], 'mcpgw cancel --verbose --text', 3],
  [
    'a teardown that fails and repeats the value',
    [`fail-delete AWS::EC2::VPC message="No ${echoed}." once`],
    `mcpgw teardown --verbose --text ${given}`,
    1,
  ],
  ['a teardown', [], 'mcpgw teardown --verbose --text', 0],
] as const)('%s gives no secret away', async (name, faults, line, exitCode) => {
  await account.setFaults(faults)
  const ended = await runCommand(account, line)
  await account.clearFaults()
  expect([ended.exitCode, ended.stderr]).toEqual([exitCode, ended.stderr])
  // A fault is told as it was set.
  const told = {...ended, stderr: ended.stderr.replaceAll(/^Fault .*$/gm, '')}
  await keepGenerated()
  expect(leaks(told)).toEqual([])
  if (repeating.test(name)) expect(`${told.stdout}${told.stderr}`).toContain('****')
  expect(process.argv.filter(word => values.some(value => word.includes(value)))).toEqual([])
})

test('there were secrets to give away, and runs were kept', async () => {
  expect(values.length).toBeGreaterThan(2)
  expect(values.filter(value => encodeURIComponent(value) === value)).toEqual([])
  expect(readdirSync(runs).length).toBeGreaterThan(4)
  // Five students, beside what the templates generate.
  expect([...generated].filter(value => /^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/.test(value))).toHaveLength(5)
  expect(generated.size).toBeGreaterThan(9)
})
