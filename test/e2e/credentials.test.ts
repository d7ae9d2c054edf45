import {execFile} from 'node:child_process'
import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {existingStacksInProcess} from './existing-stacks.js'
import type {Finished, Rehearsal} from './mcpgw.js'

let rehearsal: Rehearsal
beforeAll(async () => {
  ;({rehearsal} = await existingStacksInProcess())
})
afterAll(() => rehearsal.remove())

/** Runs a line as somebody who pastes it into a shell, where mcpgw is on the path. */
async function paste(line: string): Promise<string> {
  const programs = join(rehearsal.folder, 'bin')
  mkdirSync(programs, {recursive: true})
  const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  try {
    symlinkSync(bin, join(programs, 'mcpgw'))
  } catch {
    // It lies there since the last line.
  }
  const env = {...rehearsal.env, PATH: `${programs}:${process.env.PATH}`}
  const {stdout} = await promisify(execFile)('sh', ['-c', line], {env})
  return stdout
}

/** Every file that runs leave. */
function writtenFiles(): string {
  const folder = join(rehearsal.folder, 'runs')
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
}

test('the commands in the summary of deploy print the bare passwords at once', async () => {
  const change = ['--set', 'TargetCpuUtilization=60', '--no-verify']
  const {stdout} = await rehearsal.run(['deploy', '--rehearse', '--yes', ...change])
  const lines = stdout.split('\n')
  const [registry = '', keycloak = ''] = lines
    .slice(lines.indexOf('PASSWORDS') + 1)
    .map(line => line.replace(/^\w+ +/, ''))
  const {regions} = await rehearsal.account()
  const secrets = Object.values<any>(regions['us-west-2'].resources).filter(
    ({type}) => type === 'AWS::SecretsManager::Secret',
  )
  expect(secrets.length).toBeGreaterThan(4)
  const passwords = [await paste(registry), await paste(keycloak)]
  for (const password of passwords) expect(password).toMatch(/^\S{16,}\n$/)
  expect(new Set(passwords).size).toBe(2)
  const document = (await rehearsal.rehearse('credentials', '--reveal')).json()
  const passwordOf = (name: string) => document.credentials.find((each: any) => each.name === name).password
  expect(passwords).toEqual([`${passwordOf('admin')}\n`, `${passwordOf('keycloak-admin')}\n`])
  expect(writtenFiles()).toContain('TargetCpuUtilization')
  for (const password of passwords) {
    expect(writtenFiles()).not.toContain(password.trim())
    expect(stdout).not.toContain(password.trim())
  }
})

test('nothing is revealed unasked, and nothing but the account of verify is left out', async () => {
  const document = (await rehearsal.rehearse('credentials')).json()
  expect(document.credentials.map((each: any) => [each.name, each.password])).toEqual([
    ['admin', null],
    ['keycloak-admin', null],
    ['mcp-gateway-m2m', null],
  ])
  const {stdout} = await rehearsal.run(['credentials', '--rehearse'])
  expect(stdout).toContain('REGISTRY  https://')
  expect(stdout).not.toContain('verify')
})

test('--open says that a rehearsal has no page, and is no failure', async () => {
  const {code, stdout, stderr} = await rehearsal.run(['credentials', '--rehearse', '--open'])
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/https:\S+ was not opened: the embedded account .*no page/),
  ])
  expect(stdout).toContain('REGISTRY')
  const opened: Finished = await rehearsal.rehearse('credentials', '--open')
  expect(opened.json().opened).toMatchObject({ok: false, reason: expect.stringContaining('no page')})
})

test('somebody who is not there is named, with who is', async () => {
  const {code, json} = await rehearsal.rehearse('credentials', '--user', 'student-01')
  expect([code, json().error.code]).toEqual([2, 'UNKNOWN_USER'])
})
